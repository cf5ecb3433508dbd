/** Deposits, bags, sugar and containers: what is charged beside the goods, each fee a line of its own. */
import type { TaxFacts } from '../price-book.ts';
import { shareOf } from '../exact.ts';
import { isWithin } from '../local-time.ts';
import type { FeeRule, TaxPack } from './tax-pack.ts';

export interface FeeLine {
  readonly fee: string;
  readonly name: string;
  /** Containers, bags or packages. */
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

function countOf(rule: FeeRule, { units, bags }: FeeBasis): { count: number; amountMinor: number } {
  if (rule.per === 'bag') return { count: bags, amountMinor: bags * rule.minor };
  let count = 0;
  let volumeMl = 0;
  for (const { fees, volumeMl: each } of units)
    for (const carried of fees) {
      if (carried.fee !== rule.fee) continue;
      count += carried.count;
      volumeMl += carried.count * (each ?? 0);
    }
  if (rule.per === 'product') return { count, amountMinor: count * rule.minor };
  return { count, amountMinor: shareOf(rule.minor, { share: volumeMl, divisor: ML_PER_LITRE }, 'half-up') };
}

export function feeLines(pack: TaxPack, basis: FeeBasis): FeeLine[] {
  return pack.fees
    .filter((rule) => isWithin(rule, basis.date))
    .map((rule) => ({ fee: rule.fee, name: rule.name, taxClass: rule.taxClass, ...countOf(rule, basis) }))
    .filter(({ amountMinor }) => amountMinor > 0);
}
