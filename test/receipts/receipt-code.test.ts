/** The codes of the page, scanned: they lead to the receipt, and carry the fiscal mark as it was given. */
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { receiptPage } from '../../src/adapters/receipt-page/index.ts';
import { paperOf } from '../../src/receipts/index.ts';
import { EXAMPLES } from './builders/index.ts';

/** Pixels per module: scanners want some. */
const SCALE = 6;

/** What a camera would see of the modules that a path draws. */
function scanned(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
  const side = size * SCALE;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < SCALE; dy++)
      for (let dx = 0; dx < SCALE; dx++) {
        const at = ((Number(y) * SCALE + dy) * side + Number(x) * SCALE + dx) * 4;
        data.fill(0, at, at + 3);
      }
  return decodeQR({ width: side, height: side, data });
}

function codesOf(page: string): string[] {
  return [...page.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => scanned(svg));
}

test('the code of a receipt leads to its page, or names the receipt', () => {
  const address = 'https://corner-shop.example/r/7Kq2';
  for (const { revision, language, name } of EXAMPLES) {
    expect(codesOf(receiptPage(paperOf(revision, language, { address }))).at(-1), name).toBe(address);
    const { receiptId, revision: number } = revision.content;
    expect(codesOf(receiptPage(paperOf(revision, language))).at(-1), name).toBe(`${receiptId}#${number}`);
  }
});

test('the code of a fiscal device is its own, unchanged', () => {
  const marked = EXAMPLES.filter(({ revision }) => revision.content.fiscal.kind === 'marked');
  expect(marked.length).toBeGreaterThan(0);
  for (const { revision, language } of marked) {
    const { fiscal } = revision.content;
    const [first] = codesOf(receiptPage(paperOf(revision, language)));
    expect(first).toBe(fiscal.kind === 'marked' ? fiscal.qr : null);
  }
});
