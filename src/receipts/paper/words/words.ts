/**
 * All that a receipt can say. A language is a total table of this type: a word that is missing does not compile. What
 * stands in braces is filled in; a test holds that every language fills in the same. Reasons tell of goods and prices
 * and accuse nobody, neither the shopper nor the staff.
 */
import type { CorrectionReason } from '../../reasons.ts';
import type { EvidenceLink, ReceiptTender } from '../../receipt-content.ts';
import type { TaxIdKind } from '../../seller.ts';

export type TitleKind = 'receipt' | 'tax-invoice' | 'vat-receipt' | 'simplified-invoice';
/** What the tax on sales is called. */
export type TaxName = 'vat' | 'gst' | 'tax';

export interface Words {
  readonly titles: Readonly<Record<TitleKind, string>>;
  readonly taxNames: Readonly<Record<TaxName, string>>;
  /** `{value}` */
  readonly taxIds: Readonly<Record<TaxIdKind, string>>;
  readonly receiptNumber: string;
  readonly revision: string;
  readonly date: string;
  readonly revisedOn: string;
  readonly sealed: string;
  readonly item: string;
  readonly taxMark: string;
  readonly amount: string;
  /** `{count}` `{price}` */
  readonly counted: string;
  /** `{weight}` `{price}` */
  readonly weighed: string;
  readonly reductions: Readonly<Record<'label' | 'loyalty-price' | 'other' | CorrectionReason, string>>;
  /** `{price}` */
  readonly lowestPrice: string;
  /** `{percent}` */
  readonly sure: string;
  /** `{revision}` `{count}` `{price}` */
  readonly givenBack: string;
  /** `{authority}` */
  readonly owedTo: string;
  readonly evidenceTitle: string;
  readonly evidence: Readonly<Record<EvidenceLink['kind'], string>>;
  readonly atListPrices: string;
  readonly saved: string;
  readonly goods: string;
  readonly fees: string;
  readonly total: string;
  readonly cashRounding: string;
  readonly toPay: string;
  /** `{tax}` */
  readonly taxesTitle: string;
  readonly rate: string;
  readonly authority: string;
  readonly taxBase: string;
  readonly net: string;
  readonly gross: string;
  /** `{tax}` */
  readonly untaxed: string;
  /** `{tax}` `{amount}` */
  readonly includesTax: string;
  /** `{mark}` `{tax}` */
  readonly taxableMark: string;
  readonly buyerNeeded: string;
  readonly paymentTitle: string;
  readonly tenders: Readonly<Record<ReceiptTender['kind'], string>>;
  /** `{revision}` */
  readonly changeTitle: string;
  readonly reasons: Readonly<Record<CorrectionReason, string>>;
  readonly changeGivenBack: string;
  readonly changeAdded: string;
  readonly changeNothing: string;
  /** `{revision}` */
  readonly replaces: string;
  readonly fiscalTitle: string;
  readonly fiscalDevice: string;
  readonly fiscalCode: string;
  readonly fiscalFailed: string;
  readonly questionsTitle: string;
  /** `{contact}` */
  readonly ask: string;
  readonly askInStore: string;
  readonly receiptCode: string;
  /** `{mark}` */
  readonly replaced: string;
}
