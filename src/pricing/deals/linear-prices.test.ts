/** Prices of the linear programme: nothing is worth more than its units, and the bound is as tight as parts allow. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { linearSolution } from './linear-prices.ts';

const PROBLEMS = 500;

test('no choice gains more than its units are priced at, and choices in parts reach the bound', () => {
  const random = seededRandom(5);
  for (let problem = 0; problem < PROBLEMS; problem++) {
    const counts = Array.from({ length: 1 + random.below(8) }, () => 1 + random.below(5));
    const choices = Array.from({ length: 1 + random.below(30) }, () => {
      const takes = counts.flatMap((_, classIndex) =>
        random.below(3) === 0 ? [{ classIndex, units: 1 + random.below(2) }] : [],
      );
      return {
        takes: takes.length > 0 ? takes : [{ classIndex: 0, units: 1 }],
        gain: 1 + random.below(1e12),
      };
    });
    const { prices, times } = linearSolution(counts, choices);
    for (const { takes, gain } of choices)
      expect(
        takes.reduce((sum, { classIndex, units }) => sum + units * prices[classIndex]!, 0),
      ).toBeGreaterThanOrEqual(gain);
    const used = counts.map(() => 0);
    for (const [index, { takes }] of choices.entries())
      for (const { classIndex, units } of takes) used[classIndex]! += times[index]! * units;
    for (const [c, count] of counts.entries()) expect(used[c]).toBeLessThanOrEqual(count + 1e-6);
    const reached = choices.reduce((sum, { gain }, index) => sum + gain * times[index]!, 0);
    const bound = counts.reduce((sum, count, c) => sum + count * prices[c]!, 0);
    expect(bound / reached).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(bound / reached).toBeLessThan(1 + 1e-6);
  }
});
