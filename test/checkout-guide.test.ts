/** The tables of docs/guide/checkout.md are the code's, and its first example comes out as it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { SANDBOX_DEFAULTS, SandboxServer } from '../src/adapters/payment-sandbox/index.ts';
import { CLAIM_TRANSITIONS, CORRECTION_REASONS, reasonTerms } from '../src/receipts/index.ts';
import type { CorrectionReason } from '../src/receipts/index.ts';
import { call, emptyDirectory } from './e2e/command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/guide/checkout.md'), 'utf8');

/** Rows of the table whose head begins with `first`, cells trimmed. */
function rowsOf(first: string): string[][] {
  const lines = page.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${first} `));
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the table of reasons is the one in the code', () => {
  const reasons = Object.keys(CORRECTION_REASONS) as CorrectionReason[];
  const rows = rowsOf('reason');
  expect(rows.map(([reason]) => reason).toSorted()).toEqual(
    reasons.map((reason) => `\`${reason}\``).toSorted(),
  );
  for (const [name = '', by = '', dearer, back] of rows) {
    const terms = reasonTerms(name.slice(1, -1) as CorrectionReason);
    expect([dearer, back], name).toEqual([
      terms.isUpward ? 'with consent' : 'no',
      terms.isGoodsBack ? 'yes' : 'no',
    ]);
    expect(by.includes('shopper'), name).toBe(terms.by.includes('shopper'));
    expect(by.includes('staff'), name).toBe(terms.by.includes('reviewer'));
    expect(by.includes('system'), name).toBe(terms.by.includes('system'));
  }
});

test('the table of claims is the one in the code', () => {
  const rows = rowsOf('from').map(([from, to]) => [from, to]);
  const ofCode = Object.entries(CLAIM_TRANSITIONS).filter(([, to]) => to.length > 0);
  expect(rows.toSorted()).toEqual(ofCode.map(([from, to]) => [from, to.join(', ')]).toSorted());
});

test('the first example comes out as the page says', async () => {
  const sandbox = new SandboxServer(SANDBOX_DEFAULTS);
  const url = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  const book = join(emptyDirectory(), 'book');
  const file = join(root, 'examples/checkouts/new-york.json');
  const run = await call('checkout', file, '--book', book, '--processor', url);
  const shown = page.slice(page.indexOf('hold     USD'), page.indexOf('payment  captured'));
  const lines = `${run.err}${run.out}`.split('\n');
  for (const line of shown.split('\n').filter((each) => each.trim() !== '' && each !== '…'))
    expect(lines, line).toContain(line);
  const back = ['--line', '1=1', '--reason', 'not-taken', '--by', 'shopper', '--correction', 'c-1'];
  const given = await call('receipt', 'give-back', book, '1', ...back, '--processor', url);
  expect(page).toContain(given.out.trim());
});
