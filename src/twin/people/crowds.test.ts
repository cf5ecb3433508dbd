/** What holds for everybody in every crowd: laws of bodies, of time and of goods, whatever they mean to do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditTruth, createAuditor } from '../auditor/index.ts';
import { isOver, letIn, planScenario, scenarioNamed } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/index.ts';
import type { Disturbance } from '../words/index.ts';
import { apartM } from './floor-vectors.ts';
import { createScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { stepPeople } from './index.ts';

const SPEED_M_PER_S_MAX = 1.8;
const TOO_CLOSE_M = 0.2;
/** With everybody at the door at once, a minute of giving up and a minute and a half of waiting for a child. */
const STAY_MS_MAX = 240_000;
const RUNS = 30;
const SCENES = [
  ...['plain', 'crowd-1', 'crowd-8', 'crowd-16', 'squeeze-4', 'squeeze-8', 'squeeze-16', 'adversarial'],
  ...['same-shelf', 'side-by-side', 'misplaced-then-bought', 'hand-over', 'long-hold'],
  ...['same-weight', 'hidden-hands', 'convenience', 'stadium'],
];

function beginsAtTrueMs(disturbance: Disturbance): number {
  if (disturbance.kind === 'press') return disturbance.fromTrueMs;
  if (disturbance.kind === 'bump' || !disturbance.hand) return disturbance.atTrueMs;
  return Math.min(disturbance.hand.touchesTrueMs, disturbance.atTrueMs);
}

interface Seen {
  /** In words; empty where all laws held. */
  readonly broken: Set<string>;
  pairMoments: number;
  closePairMoments: number;
  readonly scene: Scene;
}

/** Laws of bodies at one moment. */
function look(seen: Seen): void {
  const { scene, broken } = seen;
  const people = [...scene.people.values()];
  people.forEach((person, index) => {
    if (!scene.store.floor.isFree(person.here)) broken.add('somebody stands in a shelf or wall');
    const speed = apartM(person.here, person.before) / (scene.tickMs / 1000);
    if (speed > SPEED_M_PER_S_MAX) broken.add('somebody runs');
    if (scene.nowTrueMs - person.enteredAtTrueMs > STAY_MS_MAX) broken.add('somebody does not get out');
    for (const other of people.slice(0, index)) {
      seen.pairMoments++;
      if (apartM(person.here, other.here) < TOO_CLOSE_M) seen.closePairMoments++;
    }
  });
}

function actOut(scenario: Scenario, seed: number): Seen {
  const plan = planScenario({ scenario, seed });
  const scene = createScene(plan.store, seed);
  const auditor = createAuditor(plan.store.model.catalogue);
  const seen: Seen = { broken: new Set(), pairMoments: 0, closePairMoments: 0, scene };
  let lastTrueMs = 0;
  while (scene.nowTrueMs < plan.durationMsMax && !(scene.nowTrueMs > 0 && isOver(plan.arrivals, scene))) {
    const beforeTrueMs = scene.nowTrueMs;
    letIn(plan.arrivals, scene);
    stepPeople(scene);
    look(seen);
    if (scene.disturbances.splice(0).some((each) => beginsAtTrueMs(each) < beforeTrueMs))
      seen.broken.add('plates are told of a time that was read');
    for (const event of scene.told.splice(0).sort((a, b) => a.atTrueMs - b.atTrueMs)) {
      if (event.atTrueMs < lastTrueMs) seen.broken.add('the truth is told out of order');
      lastTrueMs = event.atTrueMs;
      auditTruth(auditor, event);
    }
    scene.passages.length = 0;
  }
  if (scene.people.size > 0) seen.broken.add('the shop is not empty at the end');
  for (const { what } of auditor.findings) seen.broken.add(what);
  return seen;
}

describe.each(SCENES)('in %s', (name) => {
  const scenario = scenarioNamed(name)!;

  test('nobody is in a wall, runs, stays for ever, acts in the past, or makes goods from nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { broken, scene } = actOut(scenario, seed);
        expect([...broken]).toEqual([]);
        expect(scene.peopleCount).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Knots are undone by pushing, so that for moments two stand where one can. */
test.each([
  ['crowd-16', 0.002],
  ['squeeze-16', 0.005],
  ['stadium', 0.003],
  ['convenience', 0.002],
])('in %s bodies are closer than 0.2 m in less than %s of the moments', (name, shareMax) => {
  let [pairMoments, closePairMoments] = [0, 0];
  for (let seed = 0; seed < 10; seed++) {
    const seen = actOut(scenarioNamed(name)!, seed);
    pairMoments += seen.pairMoments;
    closePairMoments += seen.closePairMoments;
  }
  expect(pairMoments).toBeGreaterThan(50_000);
  expect(closePairMoments / pairMoments).toBeLessThan(shareMax);
});

test('what could not be done is counted and rare', () => {
  const counts = Array.from({ length: 20 }, (_, seed) => {
    const { scene } = actOut(scenarioNamed('convenience')!, seed);
    return { ...scene.counts, peopleCount: scene.peopleCount };
  });
  const sum = (of: (count: (typeof counts)[number]) => number): number =>
    counts.reduce((total, count) => total + of(count), 0);
  const undone = sum(({ tasksGivenUp, goodsMissing }) => tasksGivenUp + goodsMissing);
  expect(undone / sum(({ peopleCount }) => peopleCount)).toBeLessThan(0.05);
});
