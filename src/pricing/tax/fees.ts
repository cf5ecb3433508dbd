/**
 * Deposits, bags, sugar and containers: what is charged beside the goods, each fee a line of its own, and split to the
 * units that carry it.
 */
import type { TaxFacts } from '../price-book.ts';
import { shareOf, splitByWeight } from '../exact.ts';
import { isWithin } from '../local-time.ts';
import { unitTaxes } from './unit-taxes.ts';
import type { UnitTax } from './unit-taxes.ts';
import type { TaxAmount } from './tax.ts';
import type { FeeKind, FeeRule, TaxPack } from './tax-pack.ts';

export interface FeeLine {
  readonly fee: string;
  readonly name: string;
  readonly kind: FeeKind;
  /** To whom a levy is owed; null for deposits and charges. */
  readonly authority: string | null;
  /** Containers, bags, packages or fluid ounces. */
  readonly count: number;
  readonly amountMinor: number;
  readonly taxClass: string;
}

export interface FeeBasis {
  /** One entry per unit of the basket. */
  readonly units: readonly TaxFacts[];
  readonly bags: number;
  readonly date: string;
}

const ML_PER_LITRE = 1000;

/** How many of a fee a unit carries. */
function carriedBy({ fees }: TaxFacts, { fee }: FeeRule): number {
  return fees.reduce((sum, carried) => sum + (carried.fee === fee ? carried.count : 0), 0);
}

/** What a unit's share of a fee is measured by: containers, ounces or millilitres. Bags belong to no unit. */
function weightOf(tax: TaxFacts, rule: FeeRule): number {
  if (rule.per === 'bag') return 0;
  return carriedBy(tax, rule) * (rule.per === 'litre' ? (tax.volumeMl ?? 0) : 1);
}

function countOf(rule: FeeRule, { units, bags }: FeeBasis): { count: number; amountMinor: number } {
  if (rule.per === 'bag') return { count: bags, amountMinor: bags * rule.minor };
  const count = units.reduce((sum, tax) => sum + carriedBy(tax, rule), 0);
  if (rule.per !== 'litre') return { count, amountMinor: count * rule.minor };
  const volumeMl = units.reduce((sum, tax) => sum + weightOf(tax, rule), 0);
  return { count, amountMinor: shareOf(rule.minor, { share: volumeMl, divisor: ML_PER_LITRE }, 'half-up') };
}

export function feeLines(pack: TaxPack, basis: FeeBasis): FeeLine[] {
  return pack.fees
    .filter((rule) => isWithin(rule, basis.date))
    .map((rule) => {
      const { fee, name, kind, authority, taxClass } = rule;
      return { fee, name, kind, authority, taxClass, ...countOf(rule, basis) };
    })
    .filter(({ amountMinor }) => amountMinor > 0);
}

export interface UnitFee {
  readonly fee: string;
  readonly minor: number;
  readonly taxes: readonly UnitTax[];
}

type TaxedFee = FeeLine & { readonly taxes: readonly TaxAmount[] };

/** Each unit's part of each fee and of the tax on it, in the order of units; parts sum to the fee. */
export function unitFees(pack: TaxPack, fees: readonly TaxedFee[], units: readonly TaxFacts[]): UnitFee[][] {
  const byUnit: UnitFee[][] = units.map(() => []);
  for (const { fee, amountMinor, taxes } of fees) {
    const rule = pack.fees.find((each) => each.fee === fee);
    const shares = units.flatMap((tax, place) => {
      const weight = rule ? weightOf(tax, rule) : 0;
      return weight > 0 ? [{ place, weight }] : [];
    });
    const weights = shares.map(({ weight }) => weight);
    const amounts = splitByWeight(amountMinor, weights);
    const parts = unitTaxes(taxes, amounts);
    for (const [index, { place }] of shares.entries())
      byUnit[place]!.push({ fee, minor: amounts[index]!, taxes: parts[index]! });
  }
  return byUnit;
}
