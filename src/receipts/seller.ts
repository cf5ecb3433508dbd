/** Who sells: what a receipt has to say of the store, by the rules of its country. */

/** How a country calls the number that a seller is registered under for its tax on sales. */
export type TaxIdKind = 'vat' | 'abn' | 'gst-hst' | 'qst' | 'gst' | 'sales-tax-permit';

export interface TaxId {
  readonly kind: TaxIdKind;
  readonly value: string;
}

export interface Seller {
  /** As registered. */
  readonly legalName: string;
  /** Over the door, where that is another name. */
  readonly storeName: string | null;
  readonly addressLines: readonly string[];
  /** ISO 3166-1 alpha-2; what a receipt has to contain follows from it. */
  readonly country: string;
  readonly taxIds: readonly TaxId[];
  /** Where somebody may ask: a telephone number, an address, a page. */
  readonly contact: string | null;
}
