import { expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { createReachSpread, learnSpread } from './reach-spread.ts';
import type { ReachMiss, ReachSpread } from './reach-spread.ts';

function after(reaches: number, missOf: (round: number) => ReachMiss): ReachSpread {
  let spread = createReachSpread();
  for (let round = 0; round < reaches; round++) spread = learnSpread(spread, missOf(round));
  return spread;
}

test('a spread comes to be what reaches miss by', () => {
  const random = seededRandom(3);
  const { alongM, facingRad } = after(300, () => ({
    alongM: 0.08 * random.normal(),
    facingRad: 0.25 * random.normal(),
  }));
  expect(alongM.sigma).toBeGreaterThan(0.06);
  expect(alongM.sigma).toBeLessThan(0.1);
  expect(facingRad.sigma).toBeGreaterThan(0.2);
  expect(facingRad.sigma).toBeLessThan(0.3);
});

test('it stays within what people and trackers are', () => {
  const exact = after(500, () => ({ alongM: 0, facingRad: 0 }));
  expect([exact.alongM.sigma, exact.facingRad.sigma]).toEqual([0.03, 0.12]);
  let wide = createReachSpread();
  for (let round = 0; round < 500; round++)
    wide = learnSpread(wide, { alongM: 2 * wide.alongM.sigma, facingRad: 2 * wide.facingRad.sigma });
  expect([wide.alongM.sigma, wide.facingRad.sigma]).toEqual([0.12, 0.8]);
});

test('a hand far off the mark is a stray and teaches next to nothing; what was not seen teaches nothing', () => {
  const prior = createReachSpread();
  const strayed = learnSpread(prior, { alongM: 1, facingRad: Math.PI });
  expect(strayed.alongM.sigma).toBeCloseTo(prior.alongM.sigma, 3);
  expect(strayed.facingRad.sigma).toBeCloseTo(prior.facingRad.sigma, 3);
  expect(learnSpread(prior, { alongM: null, facingRad: null })).toEqual(prior);
});

test('it follows a tracker that is set anew', () => {
  let spread = after(1000, () => ({ alongM: 0.02, facingRad: 0.1 }));
  for (let round = 0; round < 400; round++) spread = learnSpread(spread, { alongM: 0.06, facingRad: 0.25 });
  expect(spread.alongM.sigma).toBeGreaterThan(0.05);
  expect(spread.facingRad.sigma).toBeGreaterThan(0.2);
});
