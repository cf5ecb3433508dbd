import { expect, test } from 'vitest';
import { createTruthBook, noteTrackIds, noteTruth, ownerIn, truthOf } from './truth.ts';

test('an id names whoever was first told under it, and ids that were mixed up the one who had them first', () => {
  const book = createTruthBook();
  for (const personNumber of [0, 1, 2])
    noteTruth(book, {
      kind: 'entered',
      atTrueMs: 0,
      personNumber,
      partyNumber: personNumber,
      isAssociate: false,
    });
  noteTrackIds(book, 0, ['a', 'b', 'late']);
  noteTrackIds(book, 1, ['b', 'a']);
  const ownerOf = ownerIn(truthOf(book));
  expect(['a', 'b', 'late', 'ghost'].map(ownerOf)).toEqual([0, 1, 0, null]);
});
