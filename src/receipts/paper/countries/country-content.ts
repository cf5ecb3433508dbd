/**
 * What a country wants a receipt to contain, as data with its sources. It holds for shops and their receipts, no more:
 * it is no advice, and whoever sells answers for it. What all receipts here have anyway (date, number, what was bought,
 * quantity, total) is not repeated.
 */
import type { Currency } from '../../../domain/index.ts';
import type { TaxIdKind } from '../../seller.ts';
import type { TaxName, TitleKind } from '../words/index.ts';

export interface Source {
  readonly url: string;
  /** Where on that page; null where the page is about nothing else. */
  readonly place: string | null;
  /** What it says, in our words. */
  readonly says: string;
}

/** An amount of the whole receipt, tax included, in the country's currency. */
export interface Threshold {
  readonly minor: number;
  /** Whether the amount itself is already beyond it. */
  readonly isReachedAt: boolean;
}

export interface NeededId {
  /** One of these. */
  readonly kinds: readonly TaxIdKind[];
  /** Needed beyond this; null is always. It is needed only where tax was charged. */
  readonly beyond: Threshold | null;
  /** How such a number is written, spaces apart. */
  readonly form: RegExp;
  /** The same for people. */
  readonly formText: string;
}

export interface CountryContent {
  readonly country: string;
  readonly currency: Currency;
  readonly asOf: string;
  readonly sources: readonly Source[];
  /** How the receipt is titled where tax was charged, and the buyer need not be named. */
  readonly title: TitleKind;
  readonly taxName: TaxName;
  readonly ids: readonly NeededId[];
  readonly isAddressNeeded: boolean;
  /** Beyond it the buyer has to be named, which a receipt cannot: it says where to get an invoice. */
  readonly buyerNeeded: Threshold | null;
  /**
   * By rate with net, tax and gross; by authority with what is taxed; or one statement of the tax inside, for as long
   * as there is one rate.
   */
  readonly taxes: 'by-rate' | 'by-authority' | 'statement';
  /** Marks what is taxed where there is one class of tax; null always uses letters. */
  readonly taxedMark: string | null;
}
