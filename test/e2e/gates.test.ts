/** Shops with a gate: receipts come at once, and are as right as those that had fifteen seconds to think. */
import { describe, expect, test } from 'vitest';
import { present } from '../../src/base/index.ts';
import type { Observation } from '../../src/domain/index.ts';
import { accept, closeShop, openShop } from '../../src/engine/index.ts';
import type { ShopEvent } from '../../src/engine/index.ts';
import { busyShopScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording, ScriptFault } from '../builders/index.ts';
import { f1Of, receiptOf, runShop, wronglyCharged } from './run-shop.ts';

const SEEDS = Array.from({ length: 8 }, (_, index) => 1000 + index);

function busy(seed: number, trackLatencyMs: number, faults: readonly ScriptFault[] = []): ScriptedRecording {
  const shop = scriptedShop({ seed, hasGate: true });
  return scriptRecording(shop, busyShopScript(shop, seed), { seed, trackLatencyMs, faults });
}

/** By person: milliseconds from the true exit to the receive time of the observation that issued the receipt. */
function delaysOf(recording: ScriptedRecording, observations: Iterable<Observation>): number[] {
  const shop = openShop(recording.store);
  const issued = new Map<string, number>();
  const hear = (events: readonly ShopEvent[], atMs: number): void => {
    for (const event of events)
      if (event.kind === 'receipt-issued') issued.set(present(event.receipt.trackIds[0], 'NO_TRACK'), atMs);
  };
  let nowMs = 0;
  for (const observation of observations) {
    nowMs = observation.receivedAtMs;
    hear(accept(shop, observation), nowMs);
  }
  hear(closeShop(shop), nowMs);
  return recording.people.map(
    (person) => present(issued.get(person.trackIds[0]!), 'NO_RECEIPT') - present(person.leftAtMs, 'STAYS'),
  );
}

describe.each([
  { trackLatencyMs: 120, delayMsMax: 2500 },
  { trackLatencyMs: 2300, delayMsMax: 5200 },
])('four shoppers at once, frames $trackLatencyMs ms late', ({ trackLatencyMs, delayMsMax }) => {
  test('each has a receipt soon after the exit', () => {
    for (const seed of SEEDS) {
      const recording = busy(seed, trackLatencyMs);
      for (const delayMs of delaysOf(recording, recording.observations()))
        expect(delayMs).toBeLessThanOrEqual(delayMsMax);
    }
  });

  test('the receipts are as right as those of cameras alone', () => {
    let withGate = 0;
    let without = 0;
    for (const seed of SEEDS) {
      const recording = busy(seed, trackLatencyMs);
      const run = runShop(openShop(recording.store), recording.observations());
      const cameras = [...recording.observations()].filter(({ kind }) => kind !== 'gate');
      const slow = runShop(openShop(recording.store), cameras);
      expect(run.receipts).toHaveLength(recording.people.length);
      expect(wronglyCharged(run, recording)).toEqual([]);
      for (const person of recording.people) {
        withGate += f1Of(receiptOf(run, person), person);
        without += f1Of(receiptOf(slow, person), person);
      }
    }
    const people = SEEDS.length * 4;
    expect(withGate / people).toBeGreaterThanOrEqual(without / people - 0.01);
  });
});

test('lost, repeated and shuffled gate messages cost time, never a receipt', () => {
  const faults: ScriptFault[] = [
    { kind: 'lost', source: 'gates', share: 0.3 },
    { kind: 'duplicated', source: 'gates', share: 1, copies: 4 },
    { kind: 'shuffled', source: 'gates', share: 0.5, delayMs: 400 },
  ];
  for (const seed of SEEDS.slice(0, 4)) {
    const recording = busy(seed, 120, faults);
    const run = runShop(openShop(recording.store), recording.observations());
    expect(run.receipts).toHaveLength(recording.people.length);
    for (const person of recording.people) expect(receiptOf(run, person).trackIds).toEqual(person.trackIds);
  }
});
