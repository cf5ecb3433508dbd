/** Whatever comes in, the loop goes on: no exception, and a receipt for everybody who came in. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import type { Receipt } from '../../src/domain/index.ts';
import { openShop } from '../../src/engine/index.ts';
import { plainFacings, scriptedShop, scriptRecording, withDevices } from '../builders/index.ts';
import type { ScriptedPerson } from '../builders/index.ts';
import { runShop } from './run-shop.ts';
import { spoiltStream } from './spoilt-streams.ts';

/** More for a long night: every stream has its own seed. */
const STREAMS = 300;

const store = scriptedShop({ seed: 7, fixtures: 1, shelvesPerFixture: 2, hasGate: true });
const facings = plainFacings(store);
const somebody = (personName: string, first: number): ScriptedPerson => ({
  personName,
  entersAtMs: 500 + first * 300,
  actions: [
    { kind: 'pick', productId: facings[first]!.productId },
    { kind: 'pick', productId: facings[first + 2]!.productId },
    { kind: 'put-back', productId: facings[first]!.productId },
    { kind: 'leave' },
  ],
});
const recording = scriptRecording(
  store,
  { people: [somebody('first', 1), somebody('second', 4)] },
  { seed: 7 },
);
const observations = [...withDevices(recording.observations())];

function expectSound(receipt: Receipt): void {
  expect(receipt.trackIds.length).toBeGreaterThan(0);
  expect(receipt.probabilityAllRight).toBeGreaterThanOrEqual(0);
  expect(receipt.probabilityAllRight).toBeLessThanOrEqual(1);
  expect(Number.isSafeInteger(receipt.total.minor)).toBe(true);
  for (const line of [...receipt.lines, ...receipt.unlikely]) {
    expect(line.quantity).toBeGreaterThanOrEqual(1);
    expect(line.probability).toBeGreaterThanOrEqual(0);
    expect(line.probability).toBeLessThanOrEqual(1);
  }
}

test.each([0.002, 0.02, 0.1, 0.5])('streams of which a share of %d is spoilt', (share) => {
  for (let seed = 0; seed < STREAMS / 4; seed++) {
    const random = seededRandom(seed * 1000 + Math.round(share * 1000));
    const { events, receipts } = runShop(openShop(store), spoiltStream(observations, random, share));
    const entered = events.flatMap((event) => (event.kind === 'visit-entered' ? [event.visit.visitId] : []));
    const where = `seed ${seed}, share ${share}`;
    expect(receipts.map((receipt) => receipt.visitId).toSorted(), where).toEqual(entered.toSorted());
    expect(new Set(entered).size, where).toBe(entered.length);
    const ids = receipts.flatMap((receipt) => receipt.trackIds.map(String));
    for (const person of recording.people) expect(ids, where).toContain(person.trackIds[0]);
    receipts.forEach(expectSound);
    expect(JSON.stringify(events).length).toBeGreaterThan(0);
  }
});
