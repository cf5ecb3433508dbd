/** AiFi's public benchmark recording, which is no part of this repository: one shopper, one item. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { call } from './command-line.ts';

const BESIDE = fileURLToPath(new URL('../../../shared/data/aifi', import.meta.url));
const RECORDING = join(BESIDE, 'benchmark-1');
const STORE = join(BESIDE, 'store');
const REASON_ABSENT = 'the real recording is not beside this checkout (shared/data/aifi)';

interface Step {
  readonly plate: string;
  readonly deltaGrams: number;
  readonly sigmaGrams: number;
}

interface Line {
  readonly receipts: readonly {
    readonly targetId: string;
    readonly products: readonly unknown[];
    readonly probabilityAllRight: number;
    readonly decision: string;
  }[];
  readonly interactions: readonly {
    readonly steps: readonly Step[];
    readonly attributions: readonly unknown[];
  }[];
}

test('one visit, one product, one step, and no other event on any plate', async ({ skip }) => {
  skip(!existsSync(RECORDING) || !existsSync(STORE), REASON_ABSENT);
  const { code, out } = await call('replay', RECORDING, '--store', STORE, '--json');
  expect(code).toBe(0);
  const { receipts, interactions } = JSON.parse(out) as Line;
  expect(receipts).toHaveLength(1);
  expect(receipts[0]).toMatchObject({
    targetId: '3325379692103139202',
    products: [{ barcode: '071142008582', quantity: 1 }],
  });
  expect(receipts[0]!.products).toHaveLength(1);
  expect(interactions).toHaveLength(1);
  const [interaction] = interactions;
  expect(interaction!.steps.map((step) => step.plate)).toEqual(['1/5/11']);
  const [step] = interaction!.steps;
  expect(Math.abs(step!.deltaGrams + 623)).toBeLessThanOrEqual(3);
  expect(step!.sigmaGrams).toBeGreaterThan(0.5);
  expect(step!.sigmaGrams).toBeLessThan(5);
  expect(interaction!.attributions).toHaveLength(1);
});
