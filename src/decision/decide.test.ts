import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import type { Decision } from '../domain/index.ts';
import { decide, DECISION_COSTS } from './decide.ts';
import type { DecisionCosts } from './decide.ts';

/** The cost of each decision, written out from the formulas of the module's header. */
function costs(totalMinor: number, p: number, of: DecisionCosts): Record<Decision, number> {
  const wrong = (1 - p) * of.wrongChargeMinor;
  return {
    charge: wrong,
    ask: of.askMinor + of.askMissesShare * wrong,
    review: of.reviewMinor + of.reviewMissesShare * wrong,
    waive: totalMinor > 0 ? totalMinor : Infinity,
  };
}

describe('decide', () => {
  test('takes the cheapest everywhere', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 5000; round++) {
      const totalMinor = random.below(4) === 0 ? random.below(200) : random.below(20_000);
      const probabilityAllRight = random.below(2) === 0 ? random.uniform() : 1 - random.uniform() ** 6;
      const cost = costs(totalMinor, probabilityAllRight, DECISION_COSTS);
      const chosen = decide({ totalMinor, probabilityAllRight });
      expect(cost[chosen]).toBe(Math.min(...Object.values(cost)));
    }
  });

  test.each<[Decision, number, number]>([
    ['charge', 2000, 1],
    ['charge', 2000, 0.99],
    ['ask', 2000, 0.97],
    ['ask', 2000, 0.85],
    ['review', 2000, 0.6],
    ['review', 2000, 0],
    ['waive', 20, 0.9],
    ['waive', 100, 0],
  ])('%s: %i minor units, all right with %d', (decision, totalMinor, probabilityAllRight) => {
    expect(decide({ totalMinor, probabilityAllRight })).toBe(decision);
  });

  test('never charges what is certainly wrong, and never waives an empty receipt', () => {
    for (let totalMinor = 0; totalMinor < 3000; totalMinor += 7)
      expect(decide({ totalMinor, probabilityAllRight: 0 })).not.toBe('charge');
    for (let p = 0; p <= 1; p += 0.01)
      expect(decide({ totalMinor: 0, probabilityAllRight: p })).not.toBe('waive');
  });

  test('more certainty never leads back to people', () => {
    const order: readonly Decision[] = ['review', 'ask', 'charge'];
    let reached = 0;
    for (let p = 0; p <= 1; p += 0.001) {
      const now = order.indexOf(decide({ totalMinor: 5000, probabilityAllRight: p }));
      expect(now).toBeGreaterThanOrEqual(reached);
      reached = now;
    }
    expect(order[reached]).toBe('charge');
  });

  test('equal costs fall to the earlier choice', () => {
    const same = {
      wrongChargeMinor: 50,
      askMinor: 50,
      askMissesShare: 0,
      reviewMinor: 50,
      reviewMissesShare: 0,
    };
    expect(decide({ totalMinor: 50, probabilityAllRight: 0 }, same)).toBe('charge');
    expect(decide({ totalMinor: 50, probabilityAllRight: 0 }, { ...same, wrongChargeMinor: 51 })).toBe('ask');
  });
});
