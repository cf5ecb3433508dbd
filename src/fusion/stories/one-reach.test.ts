import { describe, expect, test } from 'vitest';
import { fixtureId, interactionId, productId, shelfId, visitId } from '../../domain/index.ts';
import type { VisitId } from '../../domain/index.ts';
import type { Span } from '../people/reach-span.ts';
import { basketFromGroups } from './basket-of.ts';
import { addToBook, allGroups, groupsOf } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { mayShareReach } from './one-reach.ts';
import type { FusedEvent, Option } from './story.ts';

const ANN = visitId('ann');
const BOB = visitId('bob');
const MANY = 100_000;

type Shares = readonly (readonly [VisitId | null, number])[];

interface Taken {
  readonly atMs: number;
  readonly product: string;
  readonly by: Shares;
  readonly spans: ReadonlyMap<VisitId, Span>;
  readonly shelf?: number;
}

function taken({ atMs, product, by, spans, shelf = 1 }: Taken): FusedEvent {
  const items = [{ productId: productId(product), count: 1 }];
  const options = by.map(([visit, share]): Option => ({
    outcome: { kind: 'taken', items, logLikelihood: 0, isMisplaced: false, thing: null },
    deeds: [{ visitId: visit, items, kind: 'pick' }],
    logLikelihood: Math.log(share),
  }));
  return {
    moment: {
      interactionId: interactionId(`1/1#${atMs}`),
      leftAtMs: atMs - 100,
      settledAtMs: atMs,
      plates: [],
    },
    options,
    reaches: {
      shelfId: shelfId(fixtureId('1'), shelf),
      spans,
      isInDoubt: by.filter(([visit]) => visit !== null).length > 1,
    },
  };
}

/** Both have an arm in from the start to the end. */
const BOTH = new Map([
  [ANN, { fromMs: 0, toMs: 5000 }],
  [BOB, { fromMs: 0, toMs: 5000 }],
]);
const EVEN: Shares = [
  [ANN, 0.5],
  [BOB, 0.5],
];

/** P(everything is with `visit`). */
function allWith(book: GroupBook, visit: VisitId, products: readonly string[]): number {
  const { lines, unlikely } = basketFromGroups(groupsOf(book, visit), visit, 0.95);
  const held = [...lines, ...unlikely];
  return Math.min(...products.map((name) => held.find((line) => line.productId === name)?.probability ?? 0));
}

function bookOf(...events: readonly FusedEvent[]): GroupBook {
  const book: GroupBook = new Map();
  for (const event of events) addToBook(book, event, MANY);
  return book;
}

describe('two arms in a shelf, and two things gone from it', () => {
  const first = taken({ atMs: 1000, product: 'tea', by: [[ANN, 1]], spans: BOTH });
  const second = taken({ atMs: 2000, product: 'jam', by: EVEN, spans: BOTH });

  test('the second is rather of the one whose reach nothing explains yet', () => {
    const book = bookOf(first, second);
    expect(allGroups(book).size).toBe(1);
    expect(allWith(book, BOB, ['jam'])).toBeGreaterThan(0.85);
  });

  test('an arm that comes in later has not taken yet', () => {
    const later = new Map([...BOTH, [ANN, { fromMs: 1500, toMs: 2500 }]]);
    const book = bookOf(first, { ...second, reaches: { ...second.reaches!, spans: later } });
    expect(allWith(book, BOB, ['jam'])).toBeCloseTo(0.5, 9);
  });

  test('in another shelf it is another reach', () => {
    expect(mayShareReach(taken({ ...secondOf, shelf: 2 }), first)).toBe(false);
    expect(mayShareReach(taken(secondOf), first)).toBe(true);
  });

  test('both in doubt: each took one, whoever took which', () => {
    const book = bookOf(taken({ atMs: 1000, product: 'tea', by: EVEN, spans: BOTH }), second);
    expect(allWith(book, ANN, ['tea'])).toBeCloseTo(0.5, 9);
    const [group] = groupsOf(book, ANN);
    const both = group!.stories.filter(({ holdings }) => holdings.size === 2);
    const apart = both.filter(
      ({ holdings }) => new Set([...holdings.keys()].map((key) => key.slice(0, 3))).size === 2,
    );
    expect(apart.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0)).toBeGreaterThan(0.9);
  });

  test('nobody unseen is a better explanation than a reach that goes on', () => {
    const unseen: Shares = [
      [ANN, 0.5],
      [BOB, 1e-9],
      [null, 0.5],
    ];
    const book = bookOf(first, taken({ ...secondOf, by: unseen }));
    expect(allWith(book, ANN, ['jam'])).toBeCloseTo(0.5, 3);
  });
});

const secondOf: Taken = { atMs: 2000, product: 'jam', by: EVEN, spans: BOTH };

test('where it is beyond doubt whose hand it was nothing is tied together', () => {
  const alone = (atMs: number, product: string): FusedEvent =>
    taken({ atMs, product, by: [[ANN, 1]], spans: BOTH });
  const book = bookOf(alone(1000, 'tea'), alone(2000, 'jam'));
  expect(allGroups(book).size).toBe(2);
});
