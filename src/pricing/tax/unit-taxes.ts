/** Tax down to the single unit, so that a unit that comes back takes exactly its part along. */
import { splitByWeight } from '../exact.ts';
import type { TaxAmount } from './tax.ts';

export interface UnitTax {
  readonly authority: string;
  readonly taxClass: string;
  readonly perMillion: number;
  readonly minor: number;
}

/** Each tax in parts by weight, by largest remainder: one list per weight. */
export function unitTaxes(taxes: readonly TaxAmount[], weights: readonly number[]): UnitTax[][] {
  const split = taxes.map(({ authority, taxClass, perMillion, minor }) =>
    splitByWeight(minor, weights).map((part) => ({ authority, taxClass, perMillion, minor: part })),
  );
  return weights.map((_, index) => split.map((parts) => parts[index]!));
}
