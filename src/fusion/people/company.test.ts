import { expect, test } from 'vitest';
import { epochMs, RingBuffer } from '../../base/index.ts';
import { trackId, visitId } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { companyShare } from './company.ts';

function cameInAt(ms: number, entered = true): Body {
  const atMs = epochMs(1_700_000_000_000 + ms);
  const name = `at ${ms}`;
  return {
    visitId: visitId(name),
    trackIds: [trackId(name)],
    enteredAs: entered ? trackId(name) : null,
    firstSeenAtMs: atMs,
    lastSeenAtMs: atMs,
    leftAtMs: null,
    samples: new RingBuffer<BodySample>(1),
  };
}

test('one after the other through the door is company, the more so the closer', () => {
  const first = cameInAt(0);
  const shares = [1000, 5000, 15_000, 60_000].map((ms) => companyShare(first, cameInAt(ms)));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares[0]).toBeGreaterThan(0.6);
  expect(shares[3]).toBeLessThan(0.001);
  expect(companyShare(cameInAt(5000), first)).toBe(shares[1]);
});

test('where an entry was not seen nothing is known', () => {
  const share = companyShare(cameInAt(0, false), cameInAt(1000));
  expect(share).toBeCloseTo(0.3 / 1.3, 12);
});
