/** `tillfree checkout` and `tillfree receipt`: from a basket to a paid receipt and every correction after it. */
import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NO_FAULTS, SANDBOX_DEFAULTS, SandboxServer } from '../../src/adapters/payment-sandbox/index.ts';
import type { SandboxFaults } from '../../src/adapters/payment-sandbox/index.ts';
import { findRecordings, openFound } from '../../src/app/open-recording.ts';
import { replayRecording } from '../../src/app/replay-recording.ts';
import { seededRandom } from '../../src/base/index.ts';
import { paymentId } from '../../src/domain/index.ts';
import type { ShopEvent } from '../../src/engine/index.ts';
import { contentHash } from '../../src/receipts/index.ts';
import type { ReceiptRevision } from '../../src/receipts/index.ts';
import { call, emptyDirectory } from './command-line.ts';
import type { Call } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = join(root, 'examples/checkouts');
const RECORDING = join(root, 'examples/two-shoppers.mcap');
const RECORDED = 'recorded-visits.json';

interface Counter {
  readonly sandbox: SandboxServer;
  readonly url: string;
  readonly book: string;
}

async function counter(faults: Partial<SandboxFaults> = {}): Promise<Counter> {
  const sandbox = new SandboxServer({ ...SANDBOX_DEFAULTS, faults: { ...NO_FAULTS, ...faults } });
  const url = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  return { sandbox, url, book: join(emptyDirectory(), 'book') };
}

type Document = Record<string, unknown> & { readonly payer: { readonly card: object } };

/** An example with another payment's name, written to a file of its own. */
function written(name: string, changed: object = {}, payment = 'visit-1'): string {
  const document = JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as Document;
  const file = join(emptyDirectory(), `${name}.json`);
  const payer = { ...document.payer, paymentId: payment };
  writeFileSync(file, JSON.stringify({ ...document, payer, ...changed }));
  return file;
}

const checkout = (file: string, { book, url }: Counter, ...more: readonly string[]): Promise<Call> =>
  call('checkout', file, '--book', book, '--processor', url, ...more);

function captured(
  { sandbox }: Counter,
  payment = 'visit-1',
): { captureCount: number; capturedMinor: number } {
  const holds = sandbox.model.holdsOf(paymentId(payment));
  return {
    captureCount: holds.reduce((sum, hold) => sum + hold.captureCount, 0),
    capturedMinor: holds.reduce((sum, hold) => sum + hold.capturedMinor, 0),
  };
}

describe('checkout', () => {
  test.each(
    readdirSync(EXAMPLES)
      .filter((file) => file !== RECORDED)
      .map((file) => file.replace('.json', '')),
  )('%s: priced, charged exactly once, and receipted', async (name) => {
    const at = await counter();
    const run = await checkout(written(name), at, '--json');
    expect(run).toMatchObject({ code: 0 });
    const receipt = JSON.parse(run.out) as ReceiptRevision;
    const { toPayMinor } = receipt.content.sums;
    expect(toPayMinor).toBeGreaterThan(500);
    expect(captured(at)).toEqual({ captureCount: 1, capturedMinor: toPayMinor });
    const checked = await call('receipt', 'check', at.book);
    expect(checked.out).toContain('1 receipts in 1 revisions, whole and unchanged');
  });

  test('the same once more charges nothing more and shows the same receipt', async () => {
    const at = await counter();
    const file = written('london');
    const first = await checkout(file, at);
    expect(first.out).toContain('VAT receipt');
    const second = await checkout(file, at);
    expect([second.code, second.out]).toEqual([0, first.out]);
    expect(captured(at).captureCount).toBe(1);
  });

  test('with answers that get lost it is charged once all the same', async () => {
    const at = await counter({ replyLost: 0.4, requestTwice: 0.4 });
    const run = await checkout(written('sydney'), at, '--json');
    expect(run.code).toBe(0);
    const { toPayMinor } = (JSON.parse(run.out) as ReceiptRevision).content.sums;
    expect(captured(at)).toEqual({ captureCount: 1, capturedMinor: toPayMinor });
  });

  test('a card that declines leaves a debt, said plainly, and is not let in again', async () => {
    const at = await counter({ holdDeclined: 1 });
    const run = await checkout(written('london'), at);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('GBP 10.48 could not be charged') });
    const next = await checkout(written('london', {}, 'visit-2'), at);
    expect(next).toMatchObject({ code: 1, err: expect.stringContaining('[PAYMENT_DENIED]') });
  });
});

describe('checkout, of what was recorded and of what cannot be', () => {
  test('visits that a recording has are sold as the loop judged them, each line with its evidence by hash', async () => {
    const at = await counter();
    const file = join(EXAMPLES, RECORDED);
    const run = await checkout(file, at, '--replay', RECORDING, '--json');
    expect(run.code).toBe(0);
    const receipts = run.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ReceiptRevision);
    expect(receipts.map(({ content }) => content.number)).toEqual([1, 2]);
    const opened = await openFound(findRecordings([RECORDING])[0]!);
    if (!opened.ok) throw new Error(opened.problem.what);
    const hashes = new Set<string>();
    const hear = (event: ShopEvent): void => {
      if (event.kind === 'receipt-issued') for (const each of event.evidence) hashes.add(contentHash(each));
    };
    await replayRecording(opened.value, { watchers: [{ observe: () => undefined, hear }] });
    const lines = receipts.flatMap(({ content }) => content.lines);
    expect(lines.map(({ name, units }) => [name, units.length])).toEqual([
      ['Noodle cup 73 g no. 20', 1],
      ['Strawberry jam 345 g no. 15', 2],
      ['Tomato soup 448 g no. 26', 1],
    ]);
    for (const { evidence, probability } of lines) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const { hash } of evidence) expect(hashes).toContain(hash);
      expect(probability).toBeGreaterThan(0.9);
    }
    for (const { content } of receipts)
      expect(captured(at, content.paymentId)).toEqual({
        captureCount: 1,
        capturedMinor: content.sums.toPayMinor,
      });
  });

  test('an empty basket has no receipt and is charged nothing', async () => {
    const at = await counter();
    const run = await checkout(written('auckland', { basket: [] }), at);
    expect(run).toMatchObject({ code: 0, out: '', err: expect.stringContaining('there is no receipt') });
    expect(captured(at).capturedMinor).toBe(0);
    expect(at.sandbox.model.holdsOf(paymentId('visit-1'))).toMatchObject([{ status: 'released' }]);
  });

  test.each([
    ['CHECKOUT_KEY_UNKNOWN', { bag: 1 }, 'bag means nothing here. Did you mean bags?'],
    ['CHECKOUT_FORM', { basket: ['two milks'] }, 'basket[0]'],
    ['CHECKOUT_FORM', { kind: 'case' }, 'kind'],
    ['TAX_PACK_INVALID', { pack: 'atlantis' }, 'there are no rates called atlantis'],
    ['PRICE_NOT_POSITIVE', { prices: { milk: { each: -5, class: 'standard' } }, basket: ['1 milk'] }, 'milk'],
    ['PRICE_MISSING', { basket: ['1 gold'] }, 'gold'],
  ])(
    '%s: a file with a slip is refused with its place, and nothing is charged',
    async (code, changed, words) => {
      const at = await counter();
      const run = await checkout(written('auckland', changed), at);
      expect(run.code).toBe(1);
      expect(run.err).toContain(`[${code}]`);
      expect(run.err).toContain(words);
      expect(at.sandbox.model.holdsOf(paymentId('visit-1'))).toEqual([]);
    },
  );
});

async function sold(): Promise<Counter> {
  const at = await counter();
  expect((await checkout(written('new-york'), at)).code).toBe(0);
  return at;
}

describe('receipt give-back', () => {
  const giveBack = ({ book, url }: Counter, ...more: readonly string[]): Promise<Call> =>
    call('receipt', 'give-back', book, '1', '--processor', url, ...more);

  test('gives back to the unit, once however often it is asked for, and refunds exactly that', async () => {
    const at = await sold();
    const before = captured(at).capturedMinor;
    const call1 = ['--line', '1=1', '--reason', 'not-taken', '--by', 'shopper', '--correction', 'c-1'];
    const first = await giveBack(at, ...call1);
    // A cola at 1.99, its tax of 0.18 and its deposit of 0.05.
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('USD 2.22 given back') });
    expect((await giveBack(at, ...call1)).out).toBe(first.out);
    const all = await giveBack(
      at,
      '--all',
      '--reason',
      'recalled',
      '--by',
      'operator',
      '--correction',
      'c-2',
    );
    expect(all.out).toContain('USD 0.00 left');
    const [hold] = at.sandbox.model.holdsOf(paymentId('visit-1'));
    expect(hold!.refunds.map(({ minor }) => minor)).toEqual([222, before - 222]);
    const list = await call('receipt', 'list', at.book);
    expect(list.out).toMatch(/^ {5}1 .*USD 0\.00 {2}revision 3 {2}recalled/);
    expect((await call('receipt', 'check', at.book)).code).toBe(0);
  });

  test.each([
    [['--line', '1=9', '--reason', 'returned', '--by', 'associate'], 'RECEIPT_UNITS_MISSING'],
    [['--line', '77=1', '--reason', 'returned', '--by', 'associate'], 'RECEIPT_LINE_UNKNOWN'],
    [['--all', '--reason', 'goodwill', '--by', 'shopper'], 'RECEIPT_REASON_NOT_THEIRS'],
    [['--reason', 'goodwill', '--by', 'associate'], 'RECEIPT_UNCHANGED'],
    [['--reduce', '1=99999', '--reason', 'goodwill', '--by', 'associate'], 'RECEIPT_REDUCTION_TOO_LARGE'],
    [['--all', '--reason', 'because', '--by', 'associate'], 'there is no reason because'],
    [['--all', '--reason', 'returned', '--by', 'nobody'], 'nobody is called nobody'],
    [['--line', 'one', '--reason', 'returned', '--by', 'associate'], 'not a name and a number'],
  ])('%j is refused with %s', async (flags, words) => {
    const at = await sold();
    const run = await giveBack(at, ...flags, '--correction', 'c-1');
    expect([run.code, run.out]).toEqual([1, '']);
    expect(run.err).toContain(words);
    expect(at.sandbox.model.holdsOf(paymentId('visit-1'))[0]!.refunds).toEqual([]);
  });
});

describe('receipt show and check', () => {
  test('is shown as text, page, PDF and printer commands, in the language that is asked for', async () => {
    const at = await sold();
    const files = emptyDirectory();
    const [page, pdf, printer] = ['r.html', 'r.pdf', 'r.bin'].map((name) => join(files, name));
    const run = await call(
      'receipt',
      'show',
      at.book,
      '1',
      '--page',
      page!,
      '--pdf',
      pdf!,
      '--printer',
      printer!,
    );
    expect(run.code).toBe(0);
    expect(readFileSync(page!, 'utf8')).toContain('<html lang="en-US">');
    expect(readFileSync(pdf!).subarray(0, 5).toString()).toBe('%PDF-');
    expect(readFileSync(printer!).length).toBeGreaterThan(500);
    const french = await call('receipt', 'show', at.book, '1', '--language', 'fr-CA');
    expect(french.out).toContain('Reçu');
    expect(await call('receipt', 'show', at.book, '1', '--language', 'tlh')).toMatchObject({ code: 1 });
    expect(await call('receipt', 'show', at.book, '7')).toMatchObject({
      code: 1,
      err: expect.stringContaining('[BOOK_RECEIPT_UNKNOWN]'),
    });
  });

  test('a changed copy shows, and so do a missing line and one that is none', async () => {
    const at = await sold();
    const file = join(at.book, 'receipts.ndjson');
    const whole = readFileSync(file, 'utf8');
    const codesOf = async (text: string): Promise<string> => {
      writeFileSync(file, text);
      const run = await call('receipt', 'check', at.book);
      expect(run.code).toBe(1);
      return run.err;
    };
    expect(await codesOf(whole.replace('"netMinor":379', '"netMinor":279'))).toContain(
      '[RECEIPT_HASH_WRONG]',
    );
    expect(await codesOf(`${whole}${whole}`)).toContain('[RECEIPT_CHAIN_BROKEN]');
    expect(await codesOf(`${whole}{"content":{}}\n`)).toContain('[RECEIPT_FORM]');
    expect(await call('receipt', 'check', emptyDirectory())).toMatchObject({
      code: 1,
      err: expect.stringContaining('[BOOK_EMPTY]'),
    });
  });
});

describe('the journal', () => {
  test('of another store is not written to', async () => {
    const at = await counter();
    expect((await checkout(written('london'), at)).code).toBe(0);
    const run = await checkout(written('sydney'), at);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('[MONEY_JOURNAL_OTHER]') });
  });

  test('a line that a power cut tore off is cut away; one that was changed stops everything', async () => {
    const at = await counter();
    const file = join(at.book, 'money.ndjson');
    expect((await checkout(written('london'), at)).code).toBe(0);
    const whole = readFileSync(file, 'utf8');
    appendFileSync(file, '{"position":99,"check":"00');
    expect((await checkout(written('london', {}, 'visit-2'), at)).code).toBe(0);
    expect(readFileSync(file, 'utf8').startsWith(whole)).toBe(true);
    writeFileSync(file, whole.replace('visit-1', 'visit-9'));
    const run = await checkout(written('london', {}, 'visit-3'), at);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('[MONEY_JOURNAL_BROKEN]') });
  });

  test('is written by one process at a time, and taken over from one that is gone', async () => {
    const at = await counter();
    expect((await checkout(written('london'), at)).code).toBe(0);
    const lock = join(at.book, 'writer.lock');
    writeFileSync(lock, String(process.pid));
    const run = await checkout(written('london', {}, 'visit-2'), at);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('[MONEY_JOURNAL_IN_USE]') });
    writeFileSync(lock, '999999999');
    expect((await checkout(written('london', {}, 'visit-2'), at)).code).toBe(0);
  });
});

const KILL_ROUNDS = 12;
/** A checkout is over by then; earlier kills hit every step of it. */
const KILL_MS_MAX = 900;

test('killed at any moment and run again, everybody is charged once and has one receipt', async () => {
  const at = await counter({ replyLate: 0.5, lateMs: 60 });
  const random = seededRandom(3);
  let killCount = 0;
  for (let round = 1; round <= KILL_ROUNDS; round++) {
    const payment = `visit-${round}`;
    const file = written('london', {}, payment);
    const args = ['bin/tillfree.js', 'checkout', file, '--book', at.book, '--processor', at.url];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), random.below(KILL_MS_MAX));
    const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_code, by) => resolve(by));
    });
    clearTimeout(timer);
    if (signal === 'SIGKILL') killCount++;
    const run = await checkout(file, at, '--json');
    expect(run, run.err).toMatchObject({ code: 0 });
    const { content } = JSON.parse(run.out) as ReceiptRevision;
    expect([content.number, content.revision]).toEqual([round, 1]);
    expect(captured(at, payment)).toEqual({ captureCount: 1, capturedMinor: content.sums.toPayMinor });
  }
  expect(killCount).toBeGreaterThan(2);
  expect((await call('receipt', 'check', at.book)).out).toContain(`${KILL_ROUNDS} receipts`);
});
