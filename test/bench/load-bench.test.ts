/** The loads in small, so that they cannot rot; nothing here looks at how long anything took. */
import { expect, test } from 'vitest';
import * as engine from '../../src/engine/index.ts';
import { resultText } from '../../bench/load/load-text.ts';
import { SMALL_LOAD } from '../../bench/load/loads.ts';
import { runLoad } from '../../bench/load/run-load.ts';

const SMALL = { load: SMALL_LOAD, seed: 100, engine };

test('a load comes to the same receipts whether or not it is watched', () => {
  const watched: number[] = [];
  const plain = runLoad({ ...SMALL, withStages: false, watch: ({ untilS }) => watched.push(untilS) });
  const sampled = runLoad({ ...SMALL, withStages: true });
  expect(sampled.hash).toBe(plain.hash);
  expect(plain.receiptDelaysS.length).toBeGreaterThan(0);
  expect(plain.heldBytes.length).toBe(6);
  expect(watched).toEqual([5, 20, 35, 50, 65, 80, 95]);
  expect(plain.stages).toEqual([]);
  const sum = sampled.stages.reduce((total, { share }) => total + share, 0);
  expect(sum).toBeCloseTo(1, 9);
  expect(sampled.stages.map(({ stage }) => stage)).toContain('sensing');
  expect(resultText(SMALL_LOAD, sampled).at(-1)).toContain(plain.hash);
});
