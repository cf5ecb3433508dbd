import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { interactionId, productId, visitId } from '../../domain/index.ts';
import type { VisitId } from '../../domain/index.ts';
import {
  addEvent,
  heldBy,
  holdingKey,
  mergeGroups,
  newGroup,
  optionProbabilities,
  withoutMember,
  withoutOldestEvent,
} from './stories.ts';
import type { FusedEvent, Group, Option } from './story.ts';

const FIRST = visitId('first');
const SECOND = visitId('second');
const CYD = visitId('cyd');
const PRODUCTS = ['tea', 'jam', 'oil'];
/** No pruning at all. */
const MANY = 100_000;

/** `count` > 0: taken; < 0: put back; 0: nothing happened. */
type Choice = [person: VisitId | null, product: string, count: number, probability: number];

function event(choices: readonly Choice[]): FusedEvent {
  const options = choices.map(([person, product, count, probability]): Option => {
    const logLikelihood = Math.log(probability);
    const items = count === 0 ? [] : [{ productId: productId(product), count }];
    const kind = count === 0 ? 'nothing' : count > 0 ? 'taken' : 'returned';
    const outcome = { kind, items, logLikelihood, isMisplaced: false, thing: null } as const;
    const deeds =
      count === 0 ? [] : [{ visitId: person, items, kind: count > 0 ? 'pick' : 'put-back' } as const];
    return { outcome, deeds, logLikelihood };
  });
  const moment = { interactionId: interactionId('1/1#1'), leftAtMs: 0, settledAtMs: 1, plates: [] };
  return { moment, options };
}

const NOTHING: Choice = [null, 'tea', 0, 0.01];

function groupOf(members: readonly VisitId[], events: readonly FusedEvent[], most = MANY): Group {
  const [first, ...others] = members.map((member) => newGroup(member));
  let group = present(first, 'NO_MEMBER');
  for (const other of others) group = mergeGroups(group, other, most);
  for (const each of events) group = addEvent(group, each, most);
  return group;
}

const total = (group: Group): number =>
  group.stories.reduce((sum, story) => sum + Math.exp(story.logProb), 0);

function stateText(holdings: Iterable<readonly [string, number]>): string {
  return [...holdings]
    .map(([key, count]) => `${key}=${count}`)
    .sort()
    .join('; ');
}

/** P(state of the given members), by name of the state. */
function states(group: Group, members: readonly VisitId[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const story of group.stories) {
    const kept = [...story.holdings].filter(([key]) => members.some((member) => key.startsWith(member)));
    const name = stateText(kept);
    found.set(name, (found.get(name) ?? 0) + Math.exp(story.logProb));
  }
  return found;
}

/** The slow, obvious way: every sequence of options that is possible, weighed and summed. */
function bruteForce(events: readonly FusedEvent[], members: readonly VisitId[]): Map<string, number> {
  let stories = [{ weight: 1, held: new Map<string, number>() }];
  for (const { options } of events) {
    stories = stories.flatMap(({ weight, held }) =>
      options.flatMap((option) => {
        const next = new Map(held);
        for (const { visitId: person, items } of option.deeds) {
          for (const { productId: product, count } of person === null ? [] : items) {
            const key = holdingKey(person!, product);
            next.set(key, (next.get(key) ?? 0) + count);
            if (next.get(key)! < 0) return [];
            if (next.get(key) === 0) next.delete(key);
          }
        }
        return [{ weight: weight * Math.exp(option.logLikelihood), held: next }];
      }),
    );
  }
  const all = stories.reduce((sum, { weight }) => sum + weight, 0);
  const found = new Map<string, number>();
  for (const { weight, held } of stories) {
    const name = stateText([...held].filter(([key]) => members.some((member) => key.startsWith(member))));
    found.set(name, (found.get(name) ?? 0) + weight / all);
  }
  return found;
}

function randomEvent(random: Random, members: readonly VisitId[]): FusedEvent {
  const choices = Array.from({ length: 2 + random.below(3) }, (): Choice => {
    const product = PRODUCTS[random.below(PRODUCTS.length)]!;
    const count = [1, 1, 2, -1][random.below(4)]!;
    return [members[random.below(members.length)]!, product, count, 0.05 + random.uniform()];
  });
  return event([...choices, [null, 'tea', 0, 0.05 + random.uniform() / 4]]);
}

function randomEvents(random: Random, members: readonly VisitId[]): FusedEvent[] {
  return Array.from({ length: 1 + random.below(4) }, () => randomEvent(random, members));
}

function expectSame(found: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>): void {
  expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
  for (const [name, probability] of expected) expect(found.get(name)).toBeCloseTo(probability, 9);
}

const ROUNDS = 150;

describe('without pruning, stories are exact', () => {
  test('states have the probabilities that brute force gives, and nothing is lost', () => {
    const random = seededRandom(21);
    for (let round = 0; round < ROUNDS; round++) {
      const events = randomEvents(random, [FIRST, SECOND]);
      const group = groupOf([FIRST, SECOND], events);
      expect(total(group)).toBeCloseTo(1, 9);
      expect(group.keptMass).toBeCloseTo(1, 9);
      expectSame(states(group, [FIRST, SECOND]), bruteForce(events, [FIRST, SECOND]));
    }
  });

  test('forgetting a member sums their holdings out', () => {
    const random = seededRandom(22);
    for (let round = 0; round < ROUNDS; round++) {
      const events = randomEvents(random, [FIRST, SECOND, CYD]);
      const rest = withoutMember(groupOf([FIRST, SECOND, CYD], events), SECOND, MANY);
      expect([...rest.members]).toEqual([FIRST, CYD]);
      expectSame(states(rest, [FIRST, CYD]), bruteForce(events, [FIRST, CYD]));
      for (const story of rest.stories) expect(heldBy(story.holdings, SECOND)).toEqual([]);
    }
  });

  test('merged groups of people who have nothing to do with each other multiply', () => {
    const random = seededRandom(23);
    for (let round = 0; round < ROUNDS; round++) {
      const ofAnn = groupOf([FIRST], randomEvents(random, [FIRST]));
      const ofBob = groupOf([SECOND], randomEvents(random, [SECOND]));
      const both = mergeGroups(ofAnn, ofBob, MANY);
      const joint = states(both, [FIRST, SECOND]);
      expectSame(states(both, [FIRST]), states(ofAnn, [FIRST]));
      expectSame(states(both, [SECOND]), states(ofBob, [SECOND]));
      for (const [a, probability] of states(ofAnn, [FIRST]))
        for (const [b, other] of states(ofBob, [SECOND])) {
          const name = [a, b]
            .filter((part) => part !== '')
            .flatMap((part) => part.split('; '))
            .sort()
            .join('; ');
          expect(joint.get(name)).toBeCloseTo(probability * other, 9);
        }
      ofAnn.events.forEach((_, index) => {
        const alone = optionProbabilities(ofAnn, index);
        optionProbabilities(both, index).forEach((probability, choice) =>
          expect(probability).toBeCloseTo(alone[choice]!, 9),
        );
      });
    }
  });
});

describe('pruning', () => {
  test('keeps what is told normalised, and counts what is lost as doubt', () => {
    const random = seededRandom(24);
    for (let round = 0; round < ROUNDS; round++) {
      const events = Array.from({ length: 6 }, () => randomEvent(random, [FIRST, SECOND]));
      const exact = bruteForce(events, [FIRST, SECOND]);
      let last = 0;
      for (const most of [2, 8, 64, MANY]) {
        const group = groupOf([FIRST, SECOND], events, most);
        expect(group.stories.length).toBeLessThanOrEqual(most);
        expect(total(group)).toBeCloseTo(1, 9);
        expect(group.keptMass).toBeLessThanOrEqual(1 + 1e-12);
        if (most < exact.size) expect(group.keptMass).toBeLessThan(1);
        expect(group.keptMass).toBeGreaterThanOrEqual(last - 0.05);
        last = group.keptMass;
      }
      expect(last).toBeCloseTo(1, 6);
    }
  });

  test('what is far behind is dropped and still counted', () => {
    const rare: Choice = [FIRST, 'jam', 1, 1e-9];
    const group = groupOf([FIRST], [event([[FIRST, 'tea', 1, 1], rare])]);
    expect(group.stories).toHaveLength(1);
    expect(group.keptMass).toBeLessThan(1);
    expect(group.keptMass).toBeGreaterThan(1 - 1e-8);
  });
});

describe('conservation', () => {
  test('what nobody holds cannot be put back', () => {
    const group = groupOf([FIRST], [event([[FIRST, 'tea', -1, 0.9], NOTHING])]);
    expect(group.stories).toHaveLength(1);
    expect([...optionProbabilities(group, 0)]).toEqual([0, 1]);
    // The impossible is no doubt about what is possible.
    expect(group.keptMass).toBeCloseTo(1, 9);
  });

  test('somebody unseen may put back anything', () => {
    const group = groupOf([FIRST], [event([[null, 'tea', -1, 0.9], NOTHING])]);
    expect(optionProbabilities(group, 0)[0]).toBeGreaterThan(0.9);
    expect(heldBy(group.stories[0]!.holdings, FIRST)).toEqual([]);
  });

  test('taken and put back leaves nothing held', () => {
    const taken = event([[FIRST, 'tea', 2, 1]]);
    const group = groupOf([FIRST], [taken, event([[FIRST, 'tea', -1, 1]]), event([[FIRST, 'tea', -1, 1]])]);
    expect(group.stories.map((story) => story.holdings.size)).toEqual([0]);
  });
});

describe('what happens later tells of what was before', () => {
  const eitherTook = event([
    [FIRST, 'tea', 1, 0.5],
    [SECOND, 'tea', 1, 0.5],
  ]);
  const bobReturned = event([[SECOND, 'tea', -1, 0.9], [FIRST, 'tea', -1, 0.001], NOTHING]);

  test('options of every event sum to 1, before and after', () => {
    const group = groupOf([FIRST, SECOND], [eitherTook, bobReturned]);
    for (const index of [0, 1]) {
      const sum = optionProbabilities(group, index).reduce((all, each) => all + each, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  test('who put it back is who had taken it', () => {
    const before = groupOf([FIRST, SECOND], [eitherTook]);
    expect(optionProbabilities(before, 0)[1]).toBeCloseTo(0.5, 9);
    const after = addEvent(before, bobReturned, MANY);
    expect(optionProbabilities(after, 0)[1]).toBeGreaterThan(0.9);
  });

  test('dropping the oldest event leaves who holds what and the newer events', () => {
    const group = groupOf([FIRST, SECOND], [eitherTook, bobReturned]);
    const short = withoutOldestEvent(group);
    expect(states(short, [FIRST, SECOND])).toEqual(states(group, [FIRST, SECOND]));
    expect([...optionProbabilities(short, 0)]).toEqual([...optionProbabilities(group, 1)]);
    expect(short.events).toHaveLength(1);
  });
});

test('stories that end alike are one story with the mass of both', () => {
  const sameEnd = event([
    [FIRST, 'tea', 1, 0.3],
    [FIRST, 'tea', 1, 0.2],
    [FIRST, 'jam', 1, 0.5],
  ]);
  const group = groupOf([FIRST], [sameEnd]);
  expect(group.stories).toHaveLength(2);
  const tea = group.stories.find((story) => story.holdings.has(holdingKey(FIRST, productId('tea'))));
  expect(Math.exp(present(tea, 'NO_TEA').logProb)).toBeCloseTo(0.5, 9);
  expect(present(tea, 'NO_TEA').choices).toEqual([0]);
});
