import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { interactionId, productId, visitId } from '../../domain/index.ts';
import type { VisitId } from '../../domain/index.ts';
import { basketFromGroups } from './basket-of.ts';
import { addToBook, allGroups, forgetVisit, groupsOf, keepBookShort } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { addEvent, newGroup } from './stories.ts';
import type { FusedEvent, Group, Option } from './story.ts';

const PEOPLE = ['ann', 'bob', 'cyd'].map((name) => visitId(name));
const [ANN, BOB] = PEOPLE as [VisitId, VisitId];
const PRODUCTS = ['tea', 'jam', 'oil', 'rye'];
const MANY = 100_000;
const SURE = 0.95;

type Choice = readonly [person: VisitId | null, product: string | null, count: number, probability: number];

function event(choices: readonly Choice[]): FusedEvent {
  const options = choices.map(([person, product, count, probability]): Option => {
    const logLikelihood = Math.log(probability);
    const items = count === 0 ? [] : [{ productId: product === null ? null : productId(product), count }];
    const kind = count === 0 ? 'nothing' : count > 0 ? 'taken' : 'returned';
    const move = count > 0 ? 'pick' : 'put-back';
    return {
      deeds: count === 0 ? [] : [{ visitId: person, items, kind: move }],
      outcome: { kind, items, logLikelihood, isMisplaced: false, thing: null },
      logLikelihood,
    };
  });
  const moment = { interactionId: interactionId('1/1#1'), leftAtMs: 0, settledAtMs: 1, plates: [] };
  return { moment, options };
}

function randomChoice(random: Random, isReturn: boolean): Choice {
  const person = PEOPLE[random.below(PEOPLE.length)]!;
  const product = random.uniform() < 0.1 ? null : PRODUCTS[random.below(PRODUCTS.length)]!;
  return [person, product, isReturn ? -1 : 1 + random.below(2), 0.05 + random.uniform()];
}

/** Mostly things taken, now and then something that comes back; "nothing" is always possible. */
function randomEvent(random: Random): FusedEvent {
  const isReturn = random.uniform() < 0.4;
  const choices = Array.from({ length: 1 + random.below(3) }, () => randomChoice(random, isReturn));
  return event([...choices, [null, 'tea', 0, 0.05 + random.uniform() / 2]]);
}

function bookOf(events: readonly FusedEvent[]): GroupBook {
  const book: GroupBook = new Map();
  for (const each of events) addToBook(book, each, MANY);
  return book;
}

/** Everything in one group, multiplied out. */
function jointOf(events: readonly FusedEvent[]): Group {
  return events.reduce((group, each) => addEvent(group, each, MANY), newGroup(...PEOPLE));
}

const basketIn = (book: GroupBook, visit: VisitId) => basketFromGroups(groupsOf(book, visit), visit, SURE);

describe('groups kept apart', () => {
  test('give everybody the same basket, with the same doubts, as everything multiplied out', () => {
    const random = seededRandom(31);
    let groupCount = 0;
    for (let round = 0; round < 150; round++) {
      const events = Array.from({ length: 2 + random.below(4) }, () => randomEvent(random));
      const book = bookOf(events);
      const joint = jointOf(events);
      groupCount += allGroups(book).size;
      for (const visit of PEOPLE) {
        const found = basketIn(book, visit);
        const expected = basketFromGroups([joint], visit, SURE);
        expect(found.probabilityAllRight).toBeCloseTo(expected.probabilityAllRight, 9);
        const quantities = new Map(expected.lines.map((line) => [line.productId, line]));
        // Two baskets may be equally probable: then either is right.
        if (found.lines.some((line) => quantities.get(line.productId)?.quantity !== line.quantity)) continue;
        for (const line of found.lines)
          expect(line.probability).toBeCloseTo(quantities.get(line.productId)!.probability, 9);
      }
    }
    expect(groupCount).toBeGreaterThan(300);
  });

  test('what is taken stands alone; what comes back ties together where it may have been taken', () => {
    const book: GroupBook = new Map();
    const either = (product: string): FusedEvent =>
      event([
        [ANN, product, 1, 0.6],
        [BOB, product, 1, 0.4],
      ]);
    for (const product of ['tea', 'jam', 'tea']) addToBook(book, either(product), MANY);
    expect(allGroups(book).size).toBe(3);
    const tied = addToBook(book, event([[BOB, 'tea', -1, 1]]), MANY);
    expect(allGroups(book).size).toBe(2);
    expect(present(tied, 'NO_GROUP').events).toHaveLength(3);
    // One of the two teas was Bob's at least, 0.4 + 0.4 − 0.16; both were with 0.16, and then he has one left.
    const teaOf = (visit: VisitId) => {
      const { lines, unlikely } = basketIn(book, visit);
      return present(
        [...lines, ...unlikely].find((line) => line.productId === 'tea'),
        'NO_TEA',
      );
    };
    expect(teaOf(BOB)).toMatchObject({ quantity: 1 });
    expect(teaOf(BOB).probability).toBeCloseTo(0.16 / 0.64, 9);
    expect(teaOf(ANN).probability).toBeCloseTo(0.48 / 0.64, 9);
  });

  test('an event without anybody is nobody’s', () => {
    const book: GroupBook = new Map();
    expect(addToBook(book, event([[null, 'tea', 1, 1]]), MANY)).toBeNull();
    expect(book.size).toBe(0);
  });
});

describe('the book', () => {
  test('who has left is in no group, and the others keep what they have', () => {
    const random = seededRandom(32);
    for (let round = 0; round < 60; round++) {
      const book = bookOf(Array.from({ length: 4 }, () => randomEvent(random)));
      const before = basketIn(book, BOB);
      forgetVisit(book, ANN, MANY);
      expect(book.has(ANN)).toBe(false);
      for (const group of allGroups(book)) {
        expect(group.members.has(ANN)).toBe(false);
        expect(group.members.size).toBeGreaterThan(0);
      }
      expect(basketIn(book, BOB).probabilityAllRight).toBeCloseTo(before.probabilityAllRight, 9);
    }
  });

  test('a long visit is kept short by joining its oldest groups, and stays what it is', () => {
    const events = Array.from({ length: 9 }, (_, index) =>
      event([
        [ANN, PRODUCTS[index % PRODUCTS.length]!, 1, 0.9],
        [null, 'tea', 0, 0.1],
      ]),
    );
    const book = bookOf(events);
    const before = basketIn(book, ANN);
    keepBookShort(book, { groupsMax: 4, storiesMax: MANY });
    expect(groupsOf(book, ANN)).toHaveLength(4);
    expect(basketIn(book, ANN).probabilityAllRight).toBeCloseTo(before.probabilityAllRight, 9);
    expect(groupsOf(book, ANN)[0]!.events).toHaveLength(6);
  });
});
