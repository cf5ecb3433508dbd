/** What a receipt asks and what it leaves out, for every way in which receipts are shown. */
import { questionWords } from '../decision/index.ts';
import type { QuestionWords } from '../decision/index.ts';
import { money, multiplyMoney } from '../domain/index.ts';
import type { Catalogue, Money, Receipt } from '../domain/index.ts';

/** The question in words, with the names of the catalogue; null where nothing is asked. */
export function questionOf({ question }: Receipt, catalogue: Catalogue): QuestionWords | null {
  return question && questionWords(question, (product) => catalogue.byId.get(product)?.name ?? product);
}

export interface LeftOut {
  readonly name: string;
  readonly quantity: number;
  readonly amount: Money;
}

/** Units that have a price and were told, but are not charged as things stand. */
export function leftOutOf({ lines, charge }: Receipt): LeftOut[] {
  const charged = new Map(charge.items.map(({ productId, quantity }) => [productId, quantity]));
  return lines.flatMap(({ productId, name, quantity, unitPrice }) => {
    const left = quantity - (charged.get(productId) ?? 0);
    return unitPrice && left > 0 ? [{ name, quantity: left, amount: multiplyMoney(unitPrice, left) }] : [];
  });
}

export function negated({ minor, currency }: Money): Money {
  return money(-minor, currency);
}

/** What `leftOutOf` hangs on: an answer, a look, or nothing any more. */
export const LEFT_OUT_WORDS = {
  charge: 'Not charged, in your favour',
  waive: 'Not charged, in your favour',
  ask: 'Not charged without an answer',
  review: 'Not charged without a look',
} as const;

export const CHARGED_WORDS = {
  charge: 'Charged',
  waive: 'Charged',
  ask: 'Charged without an answer',
  review: 'Charged without a look',
} as const;
