import { expect, test } from 'vitest';
import { trackId } from '../../domain/index.ts';
import { swappedIds } from './swapped-ids.ts';
import type { KnownId } from './swapped-ids.ts';

interface Seen {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly sinceMs?: number;
}

const known = ({ id, from, to, sinceMs = 70 }: Seen): KnownId => ({
  trackId: trackId(id),
  lastPlace: { x: from, y: 0, z: 1.7 },
  here: { x: to, y: 0, z: 1.7 },
  sinceMs,
});

const pairsOf = (seen: readonly Seen[]): string[][] => swappedIds(seen.map(known)).map((pair) => [...pair]);

test('two who jump to where the other was have each other’s id', () => {
  const a = { id: 'a', from: 0, to: 0.6 };
  const b = { id: 'b', from: 0.6, to: 0.05 };
  expect(pairsOf([a, b, { id: 'c', from: 3, to: 3.1 }])).toEqual([['a', 'b']]);
});

test.each([
  ['nobody jumps: they walk past each other', { from: 0, to: 0.2 }, { from: 0.25, to: 0.05 }],
  ['one jumps to where nobody was', { from: 0, to: 2 }, { from: 0.6, to: 0 }],
  ['one jumps alone', { from: 0, to: 0.6 }, { from: 0.6, to: 0.65 }],
  [
    'in a second people may have walked there',
    { from: 0, to: 1, sinceMs: 1000 },
    { from: 1, to: 0, sinceMs: 1000 },
  ],
])('%s', (_, a, b) => {
  expect(
    pairsOf([
      { id: 'a', ...a },
      { id: 'b', ...b },
    ]),
  ).toEqual([]);
});

test('of three the two that fit best, and each id once', () => {
  const seen = [
    { id: 'a', from: 0, to: 0.8 },
    { id: 'b', from: 0.8, to: 0.02 },
    { id: 'c', from: 0.95, to: 0.1 },
  ];
  expect(pairsOf(seen)).toEqual([['a', 'b']]);
});
