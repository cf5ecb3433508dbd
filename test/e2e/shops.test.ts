/** Whole shops, scripted, from the first sample to the last receipt. The figures are of simulated people. */
import { describe, expect, test } from 'vitest';
import { busyShopScript, firstVisitScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording } from '../builders/index.ts';
import { f1Of, isRight, mistakeText, receiptOf, runScript, wronglyCharged } from './run-shop.ts';
import type { ShopRun } from './run-shop.ts';

const FIRST_SEED = 1000;
const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => FIRST_SEED + index);

interface Told {
  readonly recording: ScriptedRecording;
  readonly run: ShopRun;
}

function meanF1(told: readonly Told[]): number {
  const scores = told.flatMap(({ recording, run }) =>
    recording.people.map((person) => f1Of(receiptOf(run, person), person)),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Receipts that are wrong and surer of themselves than `sureFrom`, whatever is decided about them. */
function sureAndWrong(told: readonly Told[], sureFrom: number): string[] {
  return told.flatMap(({ recording, run }) =>
    recording.people.flatMap((person) => {
      const receipt = receiptOf(run, person);
      const isSure = receipt.probabilityAllRight > sureFrom;
      return isSure && !isRight(receipt, person) ? [mistakeText(receipt, person)] : [];
    }),
  );
}

describe('one shopper: two of one, one of another, a third looked at', () => {
  const told = seeds(20).map((seed): Told => {
    const shop = scriptedShop({ seed });
    const recording = scriptRecording(shop, firstVisitScript(shop), { seed });
    return { recording, run: runScript(recording) };
  });

  test('everybody has exactly one receipt, and nothing was refused', () => {
    for (const { run } of told) {
      expect(run.receipts).toHaveLength(1);
      expect(run.shop.door.counts.size).toBe(0);
      expect(run.receipts[0]!.leftAtMs).toBeGreaterThan(run.receipts[0]!.enteredAtMs);
    }
  });

  test('the receipts are right, and know when they may not be', () => {
    expect(meanF1(told)).toBeGreaterThanOrEqual(0.95);
    expect(sureAndWrong(told, 0.99)).toEqual([]);
  });

  test('a receipt that is sure stands on sure lines with evidence', () => {
    for (const { run } of told) {
      const issued = run.events.find((event) => event.kind === 'receipt-issued');
      const lines = issued?.receipt.lines.map((line) => line.productId) ?? [];
      const explained = issued?.evidence.flatMap((each) => each.candidates.flatMap((one) => one.moves)) ?? [];
      const named = new Set(explained.flatMap((move) => move.items.map((item) => item.productId)));
      for (const product of lines) expect(named).toContain(product);
    }
  });
});

describe('a busy shop: four shoppers at once', () => {
  const told = seeds(10).map((seed): Told => {
    const shop = scriptedShop({ seed });
    const recording = scriptRecording(shop, busyShopScript(shop, seed), { seed });
    return { recording, run: runScript(recording) };
  });

  test('each has a receipt, and ids that a body got later are linked back', () => {
    for (const { recording, run } of told) {
      expect(run.receipts).toHaveLength(recording.people.length);
      for (const person of recording.people) expect(receiptOf(run, person).trackIds).toEqual(person.trackIds);
    }
    const switched = told.filter(({ recording }) =>
      recording.people.some((each) => each.trackIds.length > 1),
    );
    expect(switched.length).toBe(told.length);
  });

  test('the receipts are right, and know when they may not be', () => {
    expect(meanF1(told)).toBeGreaterThanOrEqual(0.88);
    expect(sureAndWrong(told, 0.999)).toEqual([]);
    for (const { recording, run } of told) expect(wronglyCharged(run, recording)).toEqual([]);
  });

  test('goods are conserved: what receipts hold was taken from shelves', () => {
    for (const { recording, run } of told) {
      const taken = new Map<string, number>();
      for (const move of recording.moves)
        taken.set(
          move.productId,
          (taken.get(move.productId) ?? 0) + (move.kind === 'pick' ? move.count : -move.count),
        );
      const sure = run.receipts.filter((receipt) => receipt.probabilityAllRight > 0.95);
      for (const line of sure.flatMap((receipt) => receipt.lines))
        expect(taken.get(line.productId) ?? 0).toBeGreaterThanOrEqual(line.quantity);
    }
  });
});
