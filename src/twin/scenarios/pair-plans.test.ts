/** Whether two people who are to show a difficulty truly show it. */
import { expect, test } from 'vitest';
import { apartM, createScene, stepPeople } from '../people/index.ts';
import type { Person, Scene } from '../people/index.ts';
import { isPassage } from '../words/index.ts';
import type { Deed } from '../words/index.ts';
import { generateStore } from '../worlds/index.ts';
import { isOver, letIn } from './arrivals.ts';
import type { Difficulty } from './scenario.ts';
import { planScenario } from './scenario-run.ts';
import { scenarioNamed } from './ready-scenarios.ts';

const SEEDS = 20;
const ROUNDS = 3;

interface Pair {
  readonly first: Person;
  readonly second: Person;
  readonly nowTrueMs: number;
}

interface Round {
  /** Whether it was ever so while both were inside. */
  wasSeen: boolean;
  longestHandMs: number;
  readonly deeds: Deed[];
}

function handInShelf({ reach }: Person, nowTrueMs: number): boolean {
  return reach !== null && reach.touchesTrueMs <= nowTrueMs && nowTrueMs <= reach.letsGoTrueMs;
}

function watch(scene: Scene, rounds: readonly Round[], isSo: (pair: Pair) => boolean): void {
  rounds.forEach((round, index) => {
    const first = scene.people.get(2 * index);
    const second = scene.people.get(2 * index + 1);
    if (first && second) round.wasSeen ||= isSo({ first, second, nowTrueMs: scene.nowTrueMs });
    for (const { reach } of [first, second].flatMap((person) => person ?? []))
      if (reach)
        round.longestHandMs = Math.max(round.longestHandMs, reach.letsGoTrueMs - reach.touchesTrueMs);
  });
}

/** All rounds of some seeds. */
function roundsOf(difficulty: Difficulty, isSo: (pair: Pair) => boolean): Round[] {
  return Array.from({ length: SEEDS }, (_, seed) => {
    const plan = planScenario({ scenario: scenarioNamed(difficulty)!, seed });
    const scene = createScene(plan.store, seed);
    const rounds = Array.from({ length: ROUNDS }, (): Round => ({
      wasSeen: false,
      longestHandMs: 0,
      deeds: [],
    }));
    while (!isOver(plan.arrivals, scene)) {
      letIn(plan.arrivals, scene);
      stepPeople(scene);
      watch(scene, rounds, isSo);
      for (const event of scene.told.splice(0))
        if (!isPassage(event)) rounds[Math.floor(event.personNumber / 2)]!.deeds.push(event);
    }
    expect(scene.peopleCount).toBe(2 * ROUNDS);
    return rounds;
  }).flat();
}

function shareOf(rounds: readonly Round[], isSo: (round: Round) => boolean): number {
  return rounds.filter(isSo).length / rounds.length;
}

test('two who take from one shelf have their hands in it at once', () => {
  const rounds = roundsOf(
    'same-shelf',
    ({ first, second, nowTrueMs }) => handInShelf(first, nowTrueMs) && handInShelf(second, nowTrueMs),
  );
  expect(shareOf(rounds, ({ wasSeen }) => wasSeen)).toBeGreaterThan(0.9);
  const isOneShelf = shareOf(rounds, ({ deeds }) => {
    const shelves = deeds.map(({ plateIds }) => plateIds[0]!.split('/').slice(0, 2).join('/'));
    return new Set(shelves).size <= 2;
  });
  expect(isOneShelf).toBe(1);
});

test('two who stand side by side take while they are within 0.6 m of each other', () => {
  const isReaching = ({ first, second }: Pair): boolean => first.reach !== null || second.reach !== null;
  const within = (limitM: number): Round[] =>
    roundsOf(
      'side-by-side',
      (pair) => isReaching(pair) && apartM(pair.first.here, pair.second.here) <= limitM,
    );
  expect(shareOf(within(0.6), ({ wasSeen }) => wasSeen)).toBeGreaterThan(0.7);
  expect(shareOf(within(0.8), ({ wasSeen }) => wasSeen)).toBe(1);
});

test('what one leaves elsewhere the other buys there', () => {
  const rounds = roundsOf('misplaced-then-bought', () => true);
  const isBought = ({ deeds }: Round): boolean => {
    const left = deeds.find(({ kind }) => kind === 'misplace');
    const bought = deeds.find(
      ({ kind, unitNumbers, personNumber }) =>
        kind === 'pick' && unitNumbers[0] === left?.unitNumbers[0] && personNumber !== left?.personNumber,
    );
    return left !== undefined && bought !== undefined && bought.atTrueMs > left.atTrueMs;
  };
  expect(shareOf(rounds, isBought)).toBeGreaterThan(0.9);
});

test('what one takes the other carries out', () => {
  const rounds = roundsOf('hand-over', () => true);
  const isGiven = ({ deeds }: Round): boolean => {
    const gift = deeds.find(({ kind }) => kind === 'hand-over');
    const pick = deeds.find(
      ({ kind, unitNumbers }) => kind === 'pick' && unitNumbers[0] === gift?.unitNumbers[0],
    );
    return gift?.toPersonNumber === gift!.personNumber + 1 && pick?.personNumber === gift?.personNumber;
  };
  expect(shareOf(rounds, isGiven)).toBeGreaterThan(0.9);
});

test('a hand that stays long in the shelf stays ten seconds and more', () => {
  const rounds = roundsOf('long-hold', () => true);
  expect(Math.min(...rounds.map(({ longestHandMs }) => longestHandMs))).toBeGreaterThanOrEqual(10_000);
});

test('pairs meet in a shop with one thing to buy, too', () => {
  const store = generateStore({ kind: 'nano', seed: 1 });
  const { model } = store;
  const facings = model.planogram.facings.slice(0, 1);
  const alone = { ...store, model: { ...model, planogram: { ...model.planogram, facings } } };
  for (const difficulty of ['same-shelf', 'side-by-side', 'misplaced-then-bought', 'hand-over'] as const) {
    const { arrivals } = planScenario({ scenario: scenarioNamed(difficulty)!, seed: 1, store: alone });
    const wanted = arrivals.planned.flatMap(({ tasks }) =>
      tasks.flatMap((task) => ('productId' in task ? [task.productId] : [])),
    );
    expect(new Set(wanted)).toEqual(new Set([facings[0]!.productId]));
  }
});
