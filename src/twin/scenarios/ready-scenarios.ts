/** The scenarios that have a name. Easy ones first; the benchmark's families are made of the same parts. */
import type { TwinFault } from '../words/index.ts';
import { PLAIN_HABITS } from './scenario.ts';
import type { Difficulty, Scenario, StoreSpec } from './scenario.ts';

const NANO: StoreSpec = { kind: 'nano' };
const CONVENIENCE: StoreSpec = { kind: 'convenience' };

const PLAIN: Scenario = {
  name: 'plain',
  words: 'Two shoppers at a time in a shop of 20 m², nothing goes wrong',
  store: NANO,
  people: { kind: 'steady', count: 2 },
  habits: PLAIN_HABITS,
  faults: [],
  minutes: 5,
  cartCount: 0,
  trackLatency: 'usual',
};

/** A floor that gives everybody at least this many square metres. */
const FITTING_M2_PER_HEAD = 5;
const CONVENIENCE_M2_MIN = 90;

function crowd(count: number): Scenario {
  const areaM2 = Math.max(CONVENIENCE_M2_MIN, count * FITTING_M2_PER_HEAD);
  return {
    ...PLAIN,
    name: `crowd-${count}`,
    words: `${count === 1 ? 'One shopper' : `${count} shoppers at once`} in a shop of ${areaM2} m²`,
    store: { ...CONVENIENCE, areaM2 },
    people: { kind: 'crowd', count },
  };
}

function squeeze(count: number): Scenario {
  return {
    ...PLAIN,
    name: `squeeze-${count}`,
    words: `${count} shoppers at once in a shop of 20 m², in each other’s way`,
    people: { kind: 'crowd', count },
  };
}

function pairs(difficulty: Difficulty, words: string): Scenario {
  return { ...PLAIN, name: difficulty, words, people: { kind: 'pairs', difficulty, rounds: 3 } };
}

function fault(name: string, words: string, faults: readonly TwinFault[]): Scenario {
  return { ...PLAIN, name: `fault-${name}`, words, people: { kind: 'crowd', count: 3 }, faults };
}

const FAULTS: readonly Scenario[] = [
  fault('none', 'Three shoppers, nothing at fault: what the faults below are measured against', []),
  fault('plates-dead', 'Three shoppers, 8 % of the plates dead', [
    { kind: 'plate-dead', share: 0.08, fromS: 0 },
  ]),
  fault('plates-stuck', 'Three shoppers, 8 % of the plates stuck from the twentieth second', [
    { kind: 'plate-stuck', share: 0.08, fromS: 20 },
  ]),
  fault('plates-drifting', 'Three shoppers, every fifth plate drifts by 600 g an hour', [
    { kind: 'plate-drifting', share: 0.2, gramsPerHour: 600, fromS: 0 },
  ]),
  fault('plates-miscalibrated', 'Three shoppers, every tenth plate shows 6 % too much', [
    { kind: 'plate-miscalibrated', share: 0.1, factor: 1.06, fromS: 0 },
  ]),
  fault('fixture-offline', 'Three shoppers, one fixture silent for a minute', [
    { kind: 'fixture-offline', share: 0.2, fromS: 25, untilS: 85 },
  ]),
  fault('network', 'Three shoppers, messages late, lost, doubled and shuffled', [
    { kind: 'batches-late', share: 0.05, lateMsMax: 400, fromS: 0 },
    { kind: 'batches-lost', share: 0.01, fromS: 0 },
    { kind: 'batches-duplicated', share: 0.05, fromS: 0 },
    { kind: 'batches-shuffled', withinMs: 150, fromS: 0 },
  ]),
  fault('clocks', 'Three shoppers, clocks up to 150 ms off, and one in five jumps by 8 s', [
    { kind: 'clock-skew', offsetMsMax: 150, ppmMax: 100, fromS: 0 },
    { kind: 'clock-step', stepMs: 8000, share: 0.2, fromS: 40 },
  ]),
  fault('camera-dark', 'Three shoppers, the cameras dark for eight seconds', [
    { kind: 'camera-dark', fromS: 35, untilS: 43 },
  ]),
  fault('ids-renewed', 'Three shoppers, each body gets a new track id every minute', [
    { kind: 'track-ids-renewed', perMinute: 1, fromS: 0 },
  ]),
  fault('ids-swapped', 'Three shoppers, track ids change over when two meet', [
    { kind: 'track-ids-swapped', withinM: 0.6, share: 0.5, fromS: 0 },
  ]),
  fault('broker-restart', 'Three shoppers, the broker is gone for five seconds', [
    { kind: 'broker-restart', fromS: 40, untilS: 45 },
  ]),
  fault('process-killed', 'Three shoppers, the shop’s process is killed and back after four seconds', [
    { kind: 'process-killed', fromS: 45, untilS: 49 },
  ]),
];

/** Parties an hour against the day's mean, from midnight: a rush before work, at noon and behind five o'clock. */
const DAY_FACTORS: readonly number[] = [
  0.1, 0.05, 0.05, 0.05, 0.1, 0.4, 1.1, 2.1, 1.6, 0.9, 0.8, 1.4, 2.4, 1.7, 0.9, 0.9, 1.3, 2.3, 2.1, 1.4, 1,
  0.7, 0.4, 0.25,
];

const SHOPS: readonly Scenario[] = [
  {
    ...PLAIN,
    name: 'convenience',
    words: 'A convenience store, 60 parties an hour, families and an associate among them',
    store: CONVENIENCE,
    people: { kind: 'stream', perHour: 60, partyShare: 0.15, associates: 2 },
    minutes: 20,
  },
  {
    ...PLAIN,
    name: 'convenience-day',
    words:
      'The same through a day and a night: 25 parties an hour on average, with the rushes of a working day',
    store: CONVENIENCE,
    people: { kind: 'stream', perHour: 25, byHour: DAY_FACTORS, partyShare: 0.15, associates: 8 },
    minutes: 24 * 60,
  },
  {
    ...PLAIN,
    name: 'stadium',
    words: 'A stadium stand in the break: 400 parties an hour, each takes little',
    store: { kind: 'stadium' },
    people: { kind: 'stream', perHour: 400, partyShare: 0.3, associates: 1 },
    habits: { ...PLAIN_HABITS, itemsMin: 1, itemsMax: 3 },
    minutes: 10,
  },
  {
    ...PLAIN,
    name: 'supermarket',
    words: 'A supermarket of 1,200 m² and some 20,000 plates, 240 parties an hour',
    store: { kind: 'supermarket' },
    people: { kind: 'stream', perHour: 240, partyShare: 0.25, associates: 6 },
    habits: { ...PLAIN_HABITS, itemsMin: 5, itemsMax: 25, cartShare: 0.6 },
    minutes: 30,
    cartCount: 25,
  },
  {
    ...PLAIN,
    name: 'nano-hour',
    words: 'Eight people inside at any time for an hour, in a shop of 20 m²',
    people: { kind: 'steady', count: 8 },
    minutes: 60,
  },
];

export const SCENARIOS: readonly Scenario[] = [
  PLAIN,
  ...[1, 2, 4, 8, 16].map(crowd),
  ...[2, 4, 8, 16].map(squeeze),
  {
    ...PLAIN,
    name: 'late-cameras',
    words: 'Three shoppers, and the cameras are 2.3 s late, as in the public recording',
    people: { kind: 'crowd', count: 3 },
    trackLatency: 'recorded',
  },
  {
    ...PLAIN,
    name: 'adversarial',
    words: 'Three shoppers who make it hard on purpose in 40 % of what they do',
    people: { kind: 'crowd', count: 3 },
    habits: { ...PLAIN_HABITS, adversarialShare: 0.4 },
  },
  {
    ...PLAIN,
    name: 'same-weight',
    words: 'Three shoppers, and whatever they take lies near something of the same weight',
    store: { ...NANO, sameWeightShare: 0.8 },
    people: { kind: 'crowd', count: 3 },
    habits: { ...PLAIN_HABITS, isSameWeightOnly: true },
  },
  {
    ...PLAIN,
    name: 'hidden-hands',
    words: 'Three shoppers whose arms the cameras mostly miss',
    people: { kind: 'crowd', count: 3 },
    habits: { ...PLAIN_HABITS, hiddenHandShare: 0.7 },
  },
  {
    ...PLAIN,
    name: 'families',
    words: 'Families at 90 an hour: children take things and give most of them to whom they came with',
    store: CONVENIENCE,
    people: { kind: 'stream', perHour: 90, partyShare: 1, associates: 0 },
    minutes: 3,
  },
  pairs('same-shelf', 'Two people take from one shelf at the same moment'),
  pairs('side-by-side', 'Two people shoulder to shoulder before one shelf'),
  pairs('misplaced-then-bought', 'One leaves something elsewhere, another buys it there'),
  pairs('hand-over', 'One takes something and gives it to another'),
  pairs('long-hold', 'A hand stays in the shelf for half a minute, then takes'),
  ...FAULTS,
  ...SHOPS,
];

export function scenarioNamed(name: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.name === name) ?? null;
}
