/**
 * The letter that ties an item to its row of the taxes. Where the place has one sign for whatever is taxed, that sign
 * serves as long as there is one class of tax; else classes get letters in the order of the receipt, and what is not
 * taxed the letter after them where the taxes list it.
 */
import type { ReceiptContent, ReceiptUnit, TaxShare } from '../receipt-content.ts';
import type { CountryContent } from './countries/index.ts';

export interface TaxMarks {
  /** Empty where nothing stands for it. */
  ofClass(taxClass: string): string;
  /** Of a thing with these taxes. */
  ofTaxes(taxes: readonly TaxShare[]): string;
  /** Several where units of one line are taxed as different classes. */
  ofUnits(units: readonly ReceiptUnit[]): string;
  readonly untaxed: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function taxClassesOf({ sums, lines, fees }: ReceiptContent): string[] {
  const units = lines.flatMap((line) => line.units);
  const shares = [
    ...sums.taxes,
    ...units.flatMap(({ taxes }) => taxes),
    ...units.flatMap((unit) => unit.fees.flatMap(({ taxes }) => taxes)),
    ...fees.flatMap(({ loose }) => loose.flatMap(({ taxes }) => taxes)),
  ];
  return [...new Set(shares.map(({ taxClass }) => taxClass))];
}

export function taxMarksOf(content: ReceiptContent, country: CountryContent): TaxMarks {
  const classes = taxClassesOf(content);
  const sign = classes.length === 1 ? country.taxedMark : null;
  const letter = (index: number): string => LETTERS[index] ?? `${index + 1}`;
  const untaxed = country.taxes === 'by-rate' ? letter(classes.length) : '';
  const ofClass = (taxClass: string): string => {
    const index = classes.indexOf(taxClass);
    return index < 0 ? '' : (sign ?? letter(index));
  };
  const ofTaxes = (taxes: readonly TaxShare[]): string =>
    taxes[0] === undefined ? untaxed : ofClass(taxes[0].taxClass);
  return {
    ofClass,
    ofTaxes,
    ofUnits: (units) => [...new Set(units.map(({ taxes }) => ofTaxes(taxes)))].join(' ').trim(),
    untaxed,
  };
}
