/**
 * A country's or city's rates, rules and fees as data: dated, split by authority, with their public source in the file.
 * The packs that come along are examples; a retailer answers for its own taxes and has to check or replace them. Rates
 * are millionths; a class without a rate on a day is known and untaxed.
 */
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { Currency, DataProblem } from '../../domain/index.ts';
import { compareTexts } from '../compare.ts';
import type { TieRule } from '../exact.ts';
import { isDate } from '../local-time.ts';
import type { DateRange } from '../local-time.ts';
import type { Funder } from '../promotion.ts';

export interface TaxRate extends DateRange {
  readonly taxClass: string;
  readonly authority: string;
  readonly perMillion: number;
}

/** All that is given has to hold. */
export interface RuleConditions {
  readonly isHot?: boolean | undefined;
  readonly volumeMlBelow?: number | undefined;
  /** Items of the class in the basket, packages counted by their pieces. */
  readonly piecesBelow?: number | undefined;
  /** What one unit costs after discounts. */
  readonly unitPriceMinorBelow?: number | undefined;
  /** What all of the class in the basket costs after discounts. */
  readonly classSumMinorMax?: number | undefined;
  readonly tender?: string | undefined;
}

/** Units of a class are taxed as another; the first rule of the class that fits counts, once. */
export interface ClassRule {
  readonly taxClass: string;
  readonly use: string;
  readonly when: RuleConditions;
}

/**
 * Whose money a fee is: a deposit is owed back to whoever returns the container, a levy is passed on to an authority, a
 * charge is the store's own revenue, such as the price of a bag.
 */
export type FeeKind = 'deposit' | 'levy' | 'charge';

/** By container, unit or bag; taxed as its class says. */
export interface FeeRule extends DateRange {
  readonly fee: string;
  readonly name: string;
  readonly kind: FeeKind;
  /** To whom a levy is owed, one of the pack's authorities; null for deposits and charges. */
  readonly authority: string | null;
  /**
   * 'product' comes with products that carry it, 'bag' with each bag, 'litre' with the volume of those products, 'ounce'
   * with the fluid ounces on their labels, which the product gives as its count: millilitres would round them.
   */
  readonly per: 'product' | 'bag' | 'litre' | 'ounce';
  readonly minor: number;
  readonly taxClass: string;
}

/** What has to be said at a price that was made for one shopper from their data, on the days that ask for it. */
export interface DisclosureRule extends DateRange {
  readonly text: string;
}

export interface TaxRounding {
  /** 'receipt' adds amounts under the same rates first, whatever their class; where a seller may choose, so may this. */
  readonly basis: 'line' | 'receipt';
  readonly tie: TieRule;
  /** Decimals of the currency that the tax is carried to, cut there, before it is rounded; null carries all. */
  readonly carriedDecimals: number | null;
}

export interface TaxPack {
  readonly place: string;
  readonly currency: Currency;
  readonly includesTax: boolean;
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly notice: string;
  readonly classes: readonly string[];
  readonly authorities: Readonly<Record<string, string>>;
  readonly rates: readonly TaxRate[];
  readonly rules: readonly ClassRule[];
  readonly fees: readonly FeeRule[];
  /** For personalised prices; empty where nothing has to be said. */
  readonly disclosures: readonly DisclosureRule[];
  /** Whether a discount makes the taxed amount smaller, by who bears it. */
  readonly lowersBase: Readonly<Record<Funder, boolean>>;
  readonly rounding: TaxRounding;
  readonly cashRounding: { readonly stepMinor: number; readonly tie: TieRule } | null;
}

const MILLION = 1_000_000;

function rangeFaults(name: string, { fromDate, untilDate }: DateRange): string[] {
  const areDates = [fromDate, untilDate].every((date) => date === null || isDate(date));
  const isOrdered = fromDate === null || untilDate === null || fromDate <= untilDate;
  return areDates && isOrdered ? [] : [`${name} holds from ${fromDate} until ${untilDate}`];
}

function rateFaults(pack: TaxPack): string[] {
  return pack.rates.flatMap((rate) => {
    const name = `the rate of ${rate.authority} on ${rate.taxClass}`;
    const faults = rangeFaults(name, rate);
    if (!Number.isSafeInteger(rate.perMillion) || rate.perMillion < 0 || rate.perMillion > MILLION)
      faults.push(`${name} is ${rate.perMillion} millionths`);
    if (!Object.hasOwn(pack.authorities, rate.authority))
      faults.push(`${name} has an authority without a name`);
    return faults;
  });
}

function overlapFaults({ rates }: TaxPack): string[] {
  const byKey = Map.groupBy(rates, ({ taxClass, authority }) => `${authority} on ${taxClass}`);
  return [...byKey].flatMap(([key, same]) => {
    const sorted = same.toSorted((a, b) => compareTexts(a.fromDate ?? '', b.fromDate ?? ''));
    const clashes = sorted.some((rate, index) => {
      const earlier = sorted[index - 1];
      return (
        earlier &&
        (earlier.untilDate === null || rate.fromDate === null || earlier.untilDate >= rate.fromDate)
      );
    });
    return clashes ? [`two rates of ${key} hold on one day`] : [];
  });
}

function nameFaults(pack: TaxPack): string[] {
  const known = new Set(pack.classes);
  const used = [
    ...pack.rates.map(({ taxClass }) => taxClass),
    ...pack.rules.flatMap(({ taxClass, use }) => [taxClass, use]),
    ...pack.fees.map(({ taxClass }) => taxClass),
  ];
  return [...new Set(used)]
    .filter((name) => !known.has(name))
    .map((name) => `the class ${name} is not listed`);
}

function owedFaults({ fee, kind, authority }: FeeRule, authorities: TaxPack['authorities']): string[] {
  if (kind !== 'levy') return authority === null ? [] : [`the ${kind} ${fee} is owed to ${authority}`];
  if (authority === null) return [`the levy ${fee} is owed to no authority`];
  return Object.hasOwn(authorities, authority) ? [] : [`the levy ${fee} has an authority without a name`];
}

function feeFaults({ fees, cashRounding, authorities }: TaxPack): string[] {
  const faults = fees.flatMap((fee) => [
    ...owedFaults(fee, authorities),
    ...rangeFaults(`the fee ${fee.fee}`, fee),
    ...(Number.isSafeInteger(fee.minor) && fee.minor > 0
      ? []
      : [`the fee ${fee.fee} is ${fee.minor} minor units`]),
  ]);
  const names = fees.map(({ fee }) => fee);
  if (new Set(names).size < names.length) faults.push('two fees share a name');
  if (cashRounding && !(Number.isSafeInteger(cashRounding.stepMinor) && cashRounding.stepMinor > 0))
    faults.push(`cash is rounded to ${cashRounding.stepMinor} minor units`);
  return faults;
}

function disclosureFaults({ disclosures }: TaxPack): string[] {
  return disclosures.flatMap((rule) => [
    ...rangeFaults(`the disclosure ${JSON.stringify(rule.text)}`, rule),
    ...(rule.text.trim() === '' ? ['a disclosure says nothing'] : []),
  ]);
}

/** @param where the file the pack came from. */
export function buildTaxPack(pack: TaxPack, where: string): Result<TaxPack, readonly DataProblem[]> {
  const faults = [
    ...rateFaults(pack),
    ...overlapFaults(pack),
    ...nameFaults(pack),
    ...feeFaults(pack),
    ...disclosureFaults(pack),
  ];
  if (faults.length === 0) return ok(pack);
  const remedy =
    'Correct the file; dates are 2026-03-14, rates millionths, every class is listed, levies alone name an authority.';
  return refused(faults.map((what) => ({ code: 'TAX_PACK_INVALID', where, what, remedy })));
}
