import { expect, test } from 'vitest';
import { trackId } from '../../domain/index.ts';
import { swappedIds } from './swapped-ids.ts';
import type { KnownId } from './swapped-ids.ts';

interface Seen {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly sinceMs?: number;
  readonly walksMps?: number;
  /** Heights of the head then and now; null where it is not seen. */
  readonly heights?: readonly [number, number] | null;
}

const known = ({ id, from, to, sinceMs = 70, walksMps = 0, heights = [1.7, 1.7] }: Seen): KnownId => ({
  trackId: trackId(id),
  lastPlace: { x: from, y: 0, z: heights?.[0] ?? 1.4 },
  velocity: { x: walksMps, y: 0 },
  here: { x: to, y: 0, z: heights?.[1] ?? 1.4 },
  sinceMs,
  isHeightSeen: heights !== null,
});

const pairsOf = (seen: readonly Seen[]): string[][] =>
  swappedIds(seen.map(known)).map((pair) => [...pair].sort());

test('two who jump to where the other was have each other’s id', () => {
  const a = { id: 'a', from: 0, to: 0.6 };
  const b = { id: 'b', from: 0.6, to: 0.05 };
  expect(pairsOf([a, b, { id: 'c', from: 3, to: 3.1 }])).toEqual([['a', 'b']]);
});

test('two who stand shoulder to shoulder too, and who cross: they walk on where they were going', () => {
  expect(
    pairsOf([
      { id: 'a', from: 0, to: 0.27 },
      { id: 'b', from: 0.27, to: 0.02 },
    ]),
  ).toEqual([['a', 'b']]);
  const walks = { walksMps: 1.4, sinceMs: 140 };
  expect(
    pairsOf([
      { id: 'a', from: 0, to: 0.1, ...walks },
      { id: 'b', from: 0.3, to: 0.2, ...walks, walksMps: -1.4 },
    ]),
  ).toEqual([]);
  expect(
    pairsOf([
      { id: 'a', from: 0, to: 0.1, ...walks, walksMps: 1.4 },
      { id: 'b', from: -0.1, to: 0.2, ...walks, walksMps: 1.4 },
    ]),
  ).toEqual([]);
});

test('a tall and a short one who are at one place are told apart by their heads, where these are seen', () => {
  const meet = (isSeen: boolean): string[][] =>
    pairsOf([
      { id: 'tall', from: 0, to: 0.1, heights: isSeen ? [1.85, 1.62] : null },
      { id: 'short', from: 0.1, to: 0, heights: isSeen ? [1.62, 1.84] : null },
    ]);
  expect(meet(true)).toEqual([['short', 'tall']]);
  expect(meet(false)).toEqual([]);
});

test.each([
  [
    'nobody jumps: they walk past each other',
    { from: 0, to: 0.15, walksMps: 2 },
    { from: 0.2, to: 0.06, walksMps: -2 },
  ],
  ['one jumps to where nobody was', { from: 0, to: 2 }, { from: 0.6, to: 0 }],
  ['one jumps alone', { from: 0, to: 0.6 }, { from: 0.6, to: 0.65 }],
  [
    'in two seconds people may have walked there',
    { from: 0, to: 1, sinceMs: 2000 },
    { from: 1, to: 0, sinceMs: 2000 },
  ],
  [
    'who bends loses no height to another',
    { from: 0, to: 0, heights: [1.8, 1.6] as const },
    { from: 0.4, to: 0.4 },
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
