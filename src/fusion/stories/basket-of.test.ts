import { describe, expect, test } from 'vitest';
import { productId, visitId } from '../../domain/index.ts';
import { basketFromGroups } from './basket-of.ts';
import { holdingKey } from './stories.ts';
import type { Group, Story } from './story.ts';

const FIRST = visitId('first');
const SECOND = visitId('second');
const SURE = 0.95;
const UNNAMED = null;

/** A story with its probability: who holds how many of what. */
type Told = [probability: number, ...held: [visit: typeof FIRST, product: string | null, count: number][]];

function group(told: readonly Told[], keptMass = 1): Group {
  const stories = told.map(([probability, ...held]): Story => {
    const holdings = held.map(([visit, product, count]): [string, number] => [
      holdingKey(visit, product === null ? null : productId(product)),
      count,
    ]);
    return { logProb: Math.log(probability), holdings: new Map(holdings), fingerprint: 0, choices: [] };
  });
  return { members: new Set([FIRST, SECOND]), events: [], stories, keptMass };
}

const basket = (of: Group) => basketFromGroups([of], FIRST, SURE);

describe('lines', () => {
  test('one story is certain', () => {
    expect(basket(group([[1, [FIRST, 'tea', 2]]]))).toEqual({
      visitId: FIRST,
      lines: [{ productId: 'tea', quantity: 2, probability: 1, status: 'sure', alternatives: [] }],
      unlikely: [],
      probabilityAllRight: 1,
    });
  });

  test('the most probable basket as a whole is told, with what else each line may be', () => {
    const { lines, unlikely, probabilityAllRight } = basket(
      group([
        [0.6, [FIRST, 'tea', 1]],
        [0.25, [FIRST, 'tea', 2]],
        [0.15, [FIRST, 'jam', 1]],
      ]),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ productId: 'tea', quantity: 1, status: 'being-checked' });
    expect(lines[0]!.probability).toBeCloseTo(0.6, 12);
    const alternatives = lines[0]!.alternatives.map(({ quantity, probability }) => [
      quantity,
      Math.round(probability * 1000) / 1000,
    ]);
    expect(alternatives).toEqual([
      [2, 0.25],
      [0, 0.15],
    ]);
    expect(unlikely).toMatchObject([{ productId: 'jam', quantity: 1 }]);
    expect(probabilityAllRight).toBeCloseTo(0.6, 12);
  });

  test('stories that differ in others only add up', () => {
    const { lines, probabilityAllRight } = basket(
      group([
        [0.5, [FIRST, 'tea', 1], [SECOND, 'jam', 1]],
        [0.5, [FIRST, 'tea', 1], [SECOND, 'oil', 1]],
      ]),
    );
    expect(lines).toMatchObject([{ productId: 'tea', status: 'sure' }]);
    expect(probabilityAllRight).toBeCloseTo(1, 12);
  });

  test('hardly possible lines are not told', () => {
    const { unlikely } = basket(group([[0.996], [0.004, [FIRST, 'tea', 1]]]));
    expect(unlikely).toEqual([]);
  });

  test('nobody near any change holds nothing for sure', () => {
    expect(basketFromGroups([], FIRST, SURE)).toMatchObject({ lines: [], probabilityAllRight: 1 });
  });
});

describe('doubt', () => {
  test('what pruning lost counts as doubt in lines and in the whole', () => {
    const { lines, probabilityAllRight } = basket(group([[1, [FIRST, 'tea', 1]]], 0.9));
    expect(probabilityAllRight).toBeCloseTo(0.9, 12);
    expect(lines[0]).toMatchObject({ probability: 0.9, status: 'being-checked' });
  });

  test('an unnamed item makes the receipt doubtful but not its lines', () => {
    const { lines, probabilityAllRight } = basket(
      group([
        [0.7, [FIRST, 'tea', 1]],
        [0.3, [FIRST, 'tea', 1], [FIRST, UNNAMED, 1]],
      ]),
    );
    expect(lines).toMatchObject([{ productId: 'tea', quantity: 1 }]);
    expect(lines[0]!.probability).toBeCloseTo(1, 12);
    expect(probabilityAllRight).toBeCloseTo(0.7, 12);
  });

  test("another's unnamed item is no doubt", () => {
    expect(basket(group([[1, [SECOND, UNNAMED, 1]]])).probabilityAllRight).toBe(1);
  });

  test('where every story has an unnamed item the likeliest lines are told, never as all right', () => {
    const { lines, probabilityAllRight } = basket(
      group([
        [0.9, [FIRST, 'tea', 1], [FIRST, UNNAMED, 1]],
        [0.1, [FIRST, UNNAMED, 2]],
      ]),
    );
    expect(lines).toMatchObject([{ productId: 'tea', quantity: 1 }]);
    expect(probabilityAllRight).toBe(0);
  });
});
