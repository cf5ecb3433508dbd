import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { isOver, letIn, planScenario, scenarioNamed } from '../scenarios/index.ts';
import { drawMs, HUMAN_TIMES } from './human-times.ts';
import { createScene, stepPeople } from './index.ts';
import type { Reach } from './person.ts';

/** Seconds: the median and the 95th percentile of shoppers filmed before shelves. */
const FILMED = [
  ['reach', 1.1, 1.85],
  ['handInShelf', 1.3, 6.5],
  ['inspectProduct', 2.7, 10.8],
  ['inspectShelf', 3.3, 11.2],
] as const;

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]!;
}

describe.each(FILMED)('%s', (name, medianS, p95S) => {
  test('is drawn as it was filmed, within a twentieth, and without end for nobody', () => {
    const random = seededRandom(5);
    const drawn = Array.from({ length: 20_000 }, () => drawMs(random, HUMAN_TIMES[name]) / 1000);
    expect(Math.abs(quantile(drawn, 0.5) / medianS - 1)).toBeLessThan(0.05);
    expect(Math.abs(quantile(drawn, 0.95) / p95S - 1)).toBeLessThan(0.05);
    expect(Math.max(...drawn)).toBeLessThan(p95S * 3);
  });
});

test('reaches of whole visits take as long as filmed ones, within a tenth', () => {
  const reaches = new Set<Reach>();
  for (let seed = 0; seed < 40; seed++) {
    const plan = planScenario({ scenario: scenarioNamed('plain')!, seed });
    const scene = createScene(plan.store, seed);
    while (!(scene.nowTrueMs > 0 && isOver(plan.arrivals, scene))) {
      letIn(plan.arrivals, scene);
      stepPeople(scene);
      for (const { reach, pending } of scene.people.values())
        if (reach && pending.length === 1) reaches.add(reach);
    }
  }
  expect(reaches.size).toBeGreaterThan(1000);
  const outS = [...reaches].map((reach) => (reach.touchesTrueMs - reach.startsTrueMs) / 1000);
  const handS = [...reaches].map((reach) => (reach.letsGoTrueMs - reach.touchesTrueMs) / 1000);
  const found = [outS, handS].flatMap((values) => [quantile(values, 0.5), quantile(values, 0.95)]);
  [1.1, 1.85, 1.3, 6.5].forEach((filmedS, index) =>
    expect(Math.abs(found[index]! / filmedS - 1)).toBeLessThan(0.1),
  );
});
