import { expect, test } from 'vitest';
import { createTrackIds, nextTrackId } from './track-ids.ts';

test('ids are 64-bit texts of either sign, none twice, their own for each seed', () => {
  const ids = createTrackIds(1);
  const given = new Set(Array.from({ length: 20_000 }, () => nextTrackId(ids)));
  expect(given.size).toBe(20_000);
  expect([...given].filter((id) => id.startsWith('-')).length).toBeGreaterThan(9000);
  for (const id of given) expect(BigInt.asIntN(64, BigInt(id)).toString()).toBe(id);
  expect(given.has(nextTrackId(createTrackIds(2)))).toBe(false);
});
