/**
 * Short runs that between them use every part of the twin, and the SHA-256 of what each tells. Pure, so that other
 * engines can tell them, too: `scripts/other-engine.ts`.
 */
import {
  generateStore,
  PLAIN_HABITS,
  planScenario,
  planScript,
  scenarioNamed,
} from '../../src/twin/index.ts';
import type { Scenario, TwinFault, TwinPlan, TwinStore, VisitScript } from '../../src/twin/index.ts';

/** One of every kind that can strike together; `process-killed` comes late, for it hides what arrives. */
export const ALL_FAULTS: readonly TwinFault[] = [
  { kind: 'plate-dead', share: 0.05, fromS: 2 },
  { kind: 'plate-stuck', share: 0.05, fromS: 5 },
  { kind: 'plate-drifting', share: 0.2, gramsPerHour: 600, fromS: 0 },
  { kind: 'plate-miscalibrated', share: 0.1, factor: 1.06, fromS: 0 },
  { kind: 'camera-dark', fromS: 12, untilS: 15 },
  { kind: 'track-ids-renewed', perMinute: 4, fromS: 0 },
  { kind: 'track-ids-swapped', withinM: 0.7, share: 0.5, fromS: 0 },
  { kind: 'fixture-offline', share: 0.2, fromS: 8, untilS: 20 },
  { kind: 'batches-late', share: 0.1, lateMsMax: 500, fromS: 0 },
  { kind: 'batches-lost', share: 0.03, fromS: 0 },
  { kind: 'batches-duplicated', share: 0.05, fromS: 0 },
  { kind: 'batches-shuffled', withinMs: 150, fromS: 0 },
  { kind: 'clock-skew', offsetMsMax: 150, ppmMax: 100, fromS: 0 },
  { kind: 'clock-step', stepMs: 4000, share: 0.3, fromS: 18 },
  { kind: 'broker-restart', fromS: 22, untilS: 24 },
  { kind: 'process-killed', fromS: 30, untilS: 33 },
];

function named(name: string): Scenario {
  return scenarioNamed(name)!;
}

function secondsOf(seconds: number, scenario: Scenario, seed: number): TwinPlan {
  return { ...planScenario({ scenario, seed }), durationMsMax: seconds * 1000 };
}

/** Four who make it hard on purpose and push carts, and everything fails that can. */
function faultyPlan(seed: number): TwinPlan {
  const habits = { ...PLAIN_HABITS, adversarialShare: 0.5, cartShare: 1 };
  return secondsOf(40, { ...named('squeeze-4'), habits, cartCount: 3, faults: ALL_FAULTS }, seed);
}

/** Takes, puts back, puts elsewhere, gives, leans and bumps: whatever a script can say. */
export function everyActionScript(store: TwinStore): VisitScript {
  const [one, other, third] = store.model.planogram.facings;
  const plateId = third!.plateIds[0]!;
  return {
    name: 'every-action',
    where: 'every-action.json',
    visits: [
      {
        person: 'a',
        entersAtS: 1,
        actions: [
          { kind: 'take', atS: 9, productId: one!.productId, count: 2 },
          { kind: 'put-back', atS: 15, productId: one!.productId },
          { kind: 'give', atS: 20, productId: one!.productId, to: 'b' },
        ],
      },
      {
        person: 'b',
        entersAtS: 3,
        actions: [
          { kind: 'lean', atS: 10, plateId, grams: 900, forS: 2 },
          { kind: 'bump', atS: 14, plateId, peakGrams: 70 },
          { kind: 'take', atS: 16, productId: other!.productId },
          { kind: 'put-back', atS: 32, productId: other!.productId, plateIds: [plateId] },
        ],
      },
    ],
  };
}

function scriptPlan(seed: number): TwinPlan {
  const store = generateStore({ kind: 'nano', seed });
  return planScript({ script: everyActionScript(store), store, seed }).plan;
}

export interface GoldenRun {
  readonly name: string;
  readonly seed: number;
  readonly planOf: (seed: number) => TwinPlan;
  /** SHA-256 of the lines of `outputLine`, each with a line feed, in hexadecimal. */
  readonly sha256: string;
}

export const GOLDEN_RUNS: readonly GoldenRun[] = [
  {
    name: 'crowd-2',
    seed: 11,
    planOf: (seed) => secondsOf(30, named('crowd-2'), seed),
    sha256: 'bbcb885beb246677b4fa11d2bd4253da7f0d16d5962f08821eb96c0f089e3d5e',
  },
  {
    name: 'squeeze-4 with every fault',
    seed: 12,
    planOf: faultyPlan,
    sha256: 'c95f4e85d9b5b125bce159357fc137a124e733f05b3194bed2c3b134eb9be7f1',
  },
  {
    name: 'stadium',
    seed: 13,
    planOf: (seed) => secondsOf(60, named('stadium'), seed),
    sha256: '7dfa8e3548f3151fd52cfeeec503e7b3198c20c56d3f4d3e4e4a426ad7dea0af',
  },
  {
    name: 'every action of a script',
    seed: 14,
    planOf: scriptPlan,
    sha256: '4d9efe0b43fa533a6e0327c7811bf3df626b4614ffbc2bf65fe91ada59d94ea4',
  },
];
