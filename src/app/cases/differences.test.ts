import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differencesOf } from './differences.ts';

describe('differencesOf', () => {
  test('a value differs from itself in nothing, and the order of keys does not matter', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = JSON.parse(JSON.stringify(value));
        expect(differencesOf(copy, turnedRound(copy))).toEqual([]);
      }),
    );
  });

  test('it finds none exactly where two values are the same text with sorted keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        const isSame =
          sortedText(JSON.parse(JSON.stringify(a))) === sortedText(JSON.parse(JSON.stringify(b)));
        const found = differencesOf(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
        expect(found.length === 0).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ a: 1 }, { a: 1, b: 2 }, [{ path: 'b', expected: undefined, found: 2 }]],
    [{ a: 1, b: 2 }, { a: 1 }, [{ path: 'b', expected: 2, found: undefined }]],
    [
      { a: [1, 2] },
      { a: [1, 3, 4] },
      [
        { path: 'a[1]', expected: 2, found: 3 },
        { path: 'a[2]', expected: undefined, found: 4 },
      ],
    ],
    [0.3, 0.1 + 0.2, [{ path: '', expected: 0.3, found: 0.1 + 0.2 }]],
    [{ a: null }, { a: {} }, [{ path: 'a', expected: null, found: {} }]],
    [{ a: [] }, { a: {} }, [{ path: 'a', expected: [], found: {} }]],
    [{ 'a b': 1 }, { 'a b': '1' }, [{ path: '["a b"]', expected: 1, found: '1' }]],
    [{ a: 1 }, { a: 1, b: undefined }, []],
    [{ toString: 1 }, {}, [{ path: 'toString', expected: 1, found: undefined }]],
  ])('%j and %j', (expected, found, differences) => {
    expect(differencesOf(expected, found)).toEqual(differences);
  });
});

/** The same value with the keys of every object in the opposite order. */
function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedRound);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, turnedRound(each)]),
  );
}

function sortedText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value === 0 ? 0 : value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sortedText(each)}`).join()}}`;
}
