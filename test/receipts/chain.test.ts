/** A store's receipts as a chain: whole, it is found whole; changed anywhere, it shows. */
import { createHash } from 'node:crypto';
import { assert as holds, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { epochMs, seededRandom } from '../../src/base/index.ts';
import { storeId } from '../../src/domain/index.ts';
import {
  chainChecked,
  chainEnded,
  emptyReceiptBook,
  numbered,
  openChainCheck,
  sealed,
} from '../../src/receipts/index.ts';
import type { ReceiptRevision } from '../../src/receipts/index.ts';
import { correctedBy, drawnContent } from './issued.ts';

/** Some receipts, some of them corrected, in the order of their sealing. */
function drawnChain(seed: number, count: number): ReceiptRevision[] {
  const random = seededRandom(seed);
  const revisions: ReceiptRevision[] = [];
  let book = emptyReceiptBook(storeId('store-1'), 'a');
  for (let receipt = 0; receipt < count; receipt++) {
    const draft = numbered(book, drawnContent(random.below(1000), false));
    const first = sealed(draft.book, draft.content, null);
    revisions.push(first.revision);
    book = first.book;
    const next = random.below(2) === 0 ? correctedBy(draft.content, { atMs: epochMs(5000) }) : null;
    if (!next?.ok) continue;
    const second = sealed(book, next.value, first.revision);
    revisions.push(second.revision);
    book = second.book;
  }
  return revisions;
}

function codesOf(revisions: readonly ReceiptRevision[]): string[] {
  let check = openChainCheck();
  const codes: string[] = [];
  for (const revision of revisions) {
    const checked = chainChecked(check, revision);
    check = checked.check;
    codes.push(...checked.problems.map(({ code }) => code));
  }
  return [...codes, ...chainEnded(check).map(({ code }) => code)];
}

/** As it comes back from a file. */
function again(revisions: readonly ReceiptRevision[]): ReceiptRevision[] {
  return JSON.parse(JSON.stringify(revisions)) as ReceiptRevision[];
}

test('a whole chain is found whole, from a file too, with numbers and positions without gaps', () => {
  const chain = drawnChain(1, 20);
  expect(codesOf(again(chain))).toEqual([]);
  expect(chain.map(({ position }) => position)).toEqual(chain.map((_, index) => index + 1));
  const numbers = chain.filter(({ content }) => content.revision === 1).map(({ content }) => content.number);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(chain.length).toBeGreaterThan(25);
});

/** All places in plain data that hold a number or a text. */
function leavesOf(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...way, key]));
}

function changedAt(value: unknown, way: readonly string[]): unknown {
  const [key, ...rest] = way;
  if (key === undefined) {
    if (typeof value === 'number') return value + 1;
    return typeof value === 'boolean' ? !value : `${String(value)}x`;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  const record = copy as Record<string, unknown>;
  record[key] = changedAt(record[key], rest);
  return copy;
}

test('whatever is changed in whatever revision, it shows', () => {
  const chain = drawnChain(2, 6);
  let changeCount = 0;
  for (const [index, revision] of chain.entries())
    for (const way of leavesOf(revision)) {
      const changed = again(chain);
      changed[index] = changedAt(changed[index], way) as ReceiptRevision;
      expect(codesOf(changed), `${index} ${way.join('.')}`).not.toEqual([]);
      changeCount++;
    }
  expect(changeCount).toBeGreaterThan(500);
});

test('a revision that is missing, doubled, put in or moved shows', () => {
  holds(
    property(integer({ min: 0, max: 50 }), integer({ min: 0, max: 7 }), (seed, place) => {
      const chain = drawnChain(seed, 8);
      const at = place % (chain.length - 1);
      const without = chain.filter((_, index) => index !== at);
      expect(codesOf(without)).not.toEqual([]);
      expect(codesOf([...chain.slice(0, at + 1), ...chain.slice(at)])).not.toEqual([]);
      const swapped = [...chain.slice(0, at), chain[at + 1]!, chain[at]!, ...chain.slice(at + 2)];
      expect(codesOf(swapped)).not.toEqual([]);
      const foreign = drawnChain(seed + 1, 8)[at]!;
      expect(codesOf([...chain.slice(0, at), foreign, ...chain.slice(at + 1)])).not.toEqual([]);
    }),
    { numRuns: 50, seed: 3 },
  );
});

test('sealed anew after a change, a chain still does not follow what others have of it', () => {
  const chain = drawnChain(4, 5);
  const forged = again(chain);
  forged[0] = { ...forged[0]!, content: { ...forged[0]!.content, number: 2 } };
  const { content, position, previousHash, previousRevisionHash } = forged[0];
  const anew = sealed(
    { ...emptyReceiptBook(storeId('store-1'), 'a'), headHash: previousHash, nextPosition: position },
    content,
    null,
  );
  expect(anew.revision.previousRevisionHash).toBe(previousRevisionHash);
  forged[0] = anew.revision;
  expect(codesOf(forged)).toContain('RECEIPT_CHAIN_BROKEN');
  expect(codesOf(forged)).toContain('RECEIPT_NUMBER_GAP');
});

test('anybody can check a hash with canonical JSON and SHA-256 alone', () => {
  const [first] = drawnChain(5, 1);
  const { hash, ...rest } = first!;
  const sortedKeys = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sortedKeys);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, sortedKeys(inner)]),
    );
  };
  const text = JSON.stringify(sortedKeys(rest));
  expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
});
