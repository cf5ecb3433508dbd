import { describe, expect, test } from 'vitest';
import { interactionId, productId, visitId } from '../../domain/index.ts';
import type { VisitId } from '../../domain/index.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { basketFromGroups } from './basket-of.ts';
import { addToBook, groupsOf } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { meetingEvents } from './meeting-event.ts';
import type { FusedEvent } from './story.ts';

const GIVER = visitId('giver');
const TAKER = visitId('taker');
const { storiesMax, sureProbability } = FUSION_SETTINGS;

/** `visit` took one of `product` at `atMs`, with this probability. */
function pick(visit: VisitId, product: string, taken: { atMs: number; probability?: number }): FusedEvent {
  const { atMs, probability = 1 } = taken;
  const items = [{ productId: productId(product), count: 1 }];
  const outcome = { kind: 'taken', items, logLikelihood: 0, isMisplaced: false, thing: null } as const;
  const nothing = { ...outcome, kind: 'nothing', items: [] } as const;
  return {
    moment: { interactionId: interactionId(`1/1#${atMs}`), leftAtMs: atMs, settledAtMs: atMs, plates: [] },
    options: [
      {
        outcome,
        deeds: [{ visitId: visit, items, kind: 'pick' }],
        logLikelihood: Math.log(probability),
      },
      { outcome: nothing, deeds: [], logLikelihood: Math.log(1 - probability + 1e-12) },
    ],
  };
}

function bookOf(...events: readonly FusedEvent[]): GroupBook {
  const book: GroupBook = new Map();
  for (const event of events) addToBook(book, event, storiesMax);
  return book;
}

const meeting = (logRatio: number, logGiverIsA = 0) => ({
  atMs: 9000,
  a: GIVER,
  b: TAKER,
  logRatio,
  logGiverIsA,
  companyShare: 1,
});

/** P(`visit` holds `product`) after the meeting. */
function held(book: GroupBook, visit: VisitId, product: string): number {
  const { lines, unlikely } = basketFromGroups(groupsOf(book, visit), visit, sureProbability);
  return [...lines, ...unlikely].find((line) => line.productId === product)?.probability ?? 0;
}

function meet(book: GroupBook, logRatio: number, logGiverIsA = 0): void {
  for (const event of meetingEvents(book, meeting(logRatio, logGiverIsA), FUSION_SETTINGS))
    addToBook(book, event, storiesMax);
}

describe('hands that met', () => {
  test('clearly: what one held goes to the other, and nothing is held twice', () => {
    const book = bookOf(pick(GIVER, 'tea', { atMs: 1 }));
    meet(book, 9, 20);
    expect(held(book, TAKER, 'tea')).toBeGreaterThan(0.6);
    expect(held(book, GIVER, 'tea') + held(book, TAKER, 'tea')).toBeCloseTo(1, 9);
  });

  test('vaguely: a doubt on both sides, by prior and ratio', () => {
    const book = bookOf(pick(GIVER, 'tea', { atMs: 1 }));
    meet(book, 2);
    const handed = FUSION_SETTINGS.handOffShare * Math.exp(2);
    const given = (0.8 * handed) / 2;
    const kept = 1 - FUSION_SETTINGS.handOffShare + 0.2 * handed;
    expect(held(book, TAKER, 'tea')).toBeCloseTo(given / (given + kept), 9);
  });

  test('of two things the last taken is as likely as not, and who gives counts', () => {
    const book = bookOf(
      pick(GIVER, 'tea', { atMs: 1 }),
      pick(GIVER, 'jam', { atMs: 2 }),
      pick(TAKER, 'oil', { atMs: 3 }),
    );
    meet(book, 12, 20);
    expect(held(book, TAKER, 'jam')).toBeCloseTo(0.4, 2);
    expect(held(book, TAKER, 'tea')).toBeCloseTo(0.4, 2);
    expect(held(book, GIVER, 'oil')).toBe(0);
  });

  test('a slight chance ties nothing together that the two hold', () => {
    const book = bookOf(
      pick(GIVER, 'tea', { atMs: 1, probability: 0.9 }),
      pick(GIVER, 'jam', { atMs: 2, probability: 0.9 }),
    );
    meet(book, 1);
    expect(held(book, TAKER, 'tea')).toBeGreaterThan(0);
    expect(groupsOf(book, GIVER)).toHaveLength(2);
  });

  test('what may not have been held gives less to hand over, not more', () => {
    const book = bookOf(pick(GIVER, 'tea', { atMs: 1, probability: 0.3 }));
    meet(book, 20, 20);
    expect(held(book, TAKER, 'tea')).toBeLessThan(0.9);
    expect(held(book, TAKER, 'tea')).toBeGreaterThan(0.2);
  });
});

describe('no event', () => {
  test('where nobody holds anything', () => {
    expect(meetingEvents(bookOf(), meeting(9), FUSION_SETTINGS)).toEqual([]);
  });

  test('where a hand-off is hardly possible', () => {
    expect(meetingEvents(bookOf(pick(GIVER, 'tea', { atMs: 1 })), meeting(-4), FUSION_SETTINGS)).toEqual([]);
  });
});
