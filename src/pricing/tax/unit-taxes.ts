/** Tax down to the single unit, so that a unit that comes back takes exactly its part along. */
import { splitByWeight } from '../exact.ts';
import type { TaxAmount } from './tax.ts';

export interface UnitTax {
  readonly authority: string;
  readonly taxClass: string;
  readonly perMillion: number;
  readonly baseMinor: number;
  readonly minor: number;
}

/** Each tax in parts by what it is taken on, by largest remainder: one list per base. */
export function unitTaxes(taxes: readonly TaxAmount[], bases: readonly number[]): UnitTax[][] {
  const split = taxes.map(({ authority, taxClass, perMillion, minor }) =>
    splitByWeight(minor, bases).map((part, index) => {
      return { authority, taxClass, perMillion, baseMinor: bases[index]!, minor: part };
    }),
  );
  return bases.map((_, index) => split.map((parts) => parts[index]!));
}
