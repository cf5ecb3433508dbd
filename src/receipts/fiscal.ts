/**
 * The port to a fiscal device: in some countries a certified one has to see each receipt before it is handed out, and
 * give it a mark. A receipt waits for it, bounded; where the device fails, the receipt says so, as those countries
 * want it, rather than keep the shopper waiting. Everywhere else the default needs nothing and answers at once.
 */
import type { Currency } from '../domain/index.ts';
import type { ReceiptId } from './receipt-id.ts';

export interface FiscalRequest {
  /** The same however often it is sent: `store/series/000017#2`. */
  readonly fiscalId: string;
  readonly receiptId: ReceiptId;
  readonly revision: number;
  /** What this revision adds to the day's takings; below zero where it gives back. */
  readonly deltaMinor: number;
  readonly currency: Currency;
  readonly taxes: readonly {
    readonly authority: string;
    readonly taxClass: string;
    readonly minor: number;
  }[];
}

export type FiscalMark =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'marked'; readonly deviceId: string; readonly text: string; readonly qr: string | null }
  | { readonly kind: 'device-failed' };

export type FiscalReply = FiscalMark | { readonly kind: 'unknown' };

/** Implemented by adapters. `answer` may be called late, more than once, or never. */
export interface FiscalDevice {
  readonly isNeeded: boolean;
  register(request: FiscalRequest, answer: (reply: FiscalReply) => void): void;
}

/** Where no law asks for a device. */
export const NO_FISCAL_DEVICE: FiscalDevice = {
  isNeeded: false,
  register: (_request, answer) => answer({ kind: 'not-needed' }),
};
