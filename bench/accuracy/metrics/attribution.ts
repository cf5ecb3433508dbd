/**
 * Person attribution: of the units that truly were carried out and that stand on anybody's receipt of the same run,
 * the share that stands on the receipt of whoever carried them. Units of one product cannot be told apart, so per
 * product min(carried, billed) is summed over visits, over min(all carried, all billed): what was never billed to
 * anybody, or billed beyond what was carried, says nothing about people.
 */
import type { ProductId } from '../../../src/domain/index.ts';
import type { JudgedRun } from './judge-visits.ts';
import type { Count } from './intervals.ts';

interface Units {
  carried: number;
  billed: number;
  right: number;
}

function unitsByProduct(run: JudgedRun): Units[] {
  const byProduct = new Map<ProductId, Units>();
  for (const { told, real } of run.visits)
    for (const productId of new Set([...told.keys(), ...real.keys()])) {
      const units = byProduct.get(productId) ?? { carried: 0, billed: 0, right: 0 };
      const carried = real.get(productId) ?? 0;
      const billed = told.get(productId) ?? 0;
      units.carried += carried;
      units.billed += billed;
      units.right += Math.min(carried, billed);
      byProduct.set(productId, units);
    }
  return [...byProduct.values()];
}

export function attributedUnits(runs: readonly JudgedRun[]): Count {
  let hits = 0;
  let trials = 0;
  for (const { right, carried, billed } of runs.flatMap(unitsByProduct)) {
    hits += right;
    trials += Math.min(carried, billed);
  }
  return { hits, trials };
}
