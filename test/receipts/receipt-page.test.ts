/** The page as text, without a browser: the words of the paper and no others, and nothing from outside is markup. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptPage } from '../../src/adapters/receipt-page/index.ts';
import { LANGUAGES, paperOf, paperTexts } from '../../src/receipts/index.ts';
import { anyLanguage, anyRevision, EXAMPLES, GREAT_BRITAIN, revisionOf } from './builders/index.ts';
import { lettersOf } from './letters.ts';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** What the page says, but for the evidence that only it can link. */
function saidBy(page: string): string {
  const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
  const text = body.replaceAll(/<details>.*?<\/details>/gs, '').replaceAll(/<[^>]*>/g, '\n');
  return text.replaceAll(/&(\w+|#39);/g, (_all, name: string) => ENTITIES[name]!);
}

test('the page says the words of the paper and no others', () => {
  fc.assert(
    fc.property(anyRevision, anyLanguage(LANGUAGES), (revision, language) => {
      const paper = paperOf(revision, language);
      expect(lettersOf([saidBy(receiptPage(paper))])).toBe(lettersOf(paperTexts(paper)));
    }),
    { numRuns: 150 },
  );
});

test('texts from outside are never markup', () => {
  const hostile = `<script>alert(1)</script><img src=x onerror="alert(2)">'&`;
  const revision = revisionOf({
    place: { ...GREAT_BRITAIN, seller: { ...GREAT_BRITAIN.seller, storeName: hostile, contact: hostile } },
    lines: [
      {
        name: hostile,
        taxClass: 'zero',
        units: [
          { count: 1, list: 100, reductions: [{ because: 'x', name: hostile, funder: 'store', minor: 1 }] },
        ],
        evidence: [{ kind: 'scan', ref: hostile, hash: null }],
      },
    ],
    disclosures: [hostile],
    tenders: [{ kind: 'card', label: hostile }],
    fiscal: { kind: 'marked', deviceId: hostile, text: hostile, qr: hostile },
  });
  const page = receiptPage(paperOf(revision, 'en-GB', { address: `https://x.example/${hostile}` }));
  expect(page).not.toMatch(/<script|<img|onerror="/);
  expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(8);
});

test('evidence is linked where the shop says so, to the web and nowhere else', () => {
  const paper = paperOf(EXAMPLES[0]!.revision, 'en-GB', { address: 'https://corner-shop.example/r/7Kq2' });
  const linked = receiptPage(paper, { evidenceAddress: ({ ref }) => `https://corner-shop.example/e/${ref}` });
  expect(linked).toContain('<a href="https://corner-shop.example/e/moment-1">');
  expect(linked).toContain('<a href="https://corner-shop.example/r/7Kq2">');
  const refused = receiptPage(paper, { evidenceAddress: () => 'javascript:alert(1)' });
  expect(refused).not.toContain('javascript:');
  expect(refused).toContain('moment-1');
});

test('the page says its language, and forbids what it does not need', () => {
  for (const { revision, language } of EXAMPLES) {
    const page = receiptPage(paperOf(revision, language));
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(`content="default-src &#39;none&#39;;`);
    expect(page).not.toMatch(/<script|@import|url\(/);
  }
});
