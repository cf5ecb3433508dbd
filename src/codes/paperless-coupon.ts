/**
 * The paperless coupon of AI 8112: it only names an offer and its serial number; what it is worth stands in the
 * positive offer file, which the till asks over the network. Source: the `couponposoffer` checks of the GS1 Barcode
 * Syntax Dictionary. Bundles and fetch codes, which also begin with 8112, are not of this form and are refused.
 */
import { ok } from '../base/index.ts';
import type { Read } from './code-problem.ts';
import { couponDigits } from './coupon.ts';
import { DigitReader } from './digit-reader.ts';

export interface PaperlessCoupon {
  /** 0 or 1, as it stands: what it tells apart is not confirmed. */
  readonly format: string;
  readonly funderId: string;
  readonly offerCode: string;
  readonly serial: string;
}

export function readPaperlessCoupon(text: string): Read<PaperlessCoupon> {
  const digits = couponDigits(text, '8112');
  if (!digits.ok) return digits;
  const reader = new DigitReader(digits.value);
  const format = reader.takeOneOf('01', 'coupon format');
  const funderId = reader.takeSized('0123456', 'funder', 6);
  const offerCode = reader.take(6, 'offer code');
  const serial = reader.takeSized('0123456789', 'serial number', 6);
  reader.finish();
  return reader.problem ?? ok({ format, funderId, offerCode, serial });
}
