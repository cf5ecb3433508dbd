/** What a store learns, kept in a file from run to run: `--knowledge` and `tillfree knowledge show`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseKnowledgeDocument } from '../../src/contract/index.ts';
import type { StoreKnowledge } from '../../src/domain/index.ts';
import { call, emptyDirectory, oneVisit, writtenAsMcap } from './command-line.ts';

function knowledgeIn(path: string): StoreKnowledge {
  const read = parseKnowledgeDocument(readFileSync(path, 'utf8'), path);
  if (!read.ok) throw new Error(read.problem.what);
  return read.value;
}

describe('replay --knowledge', () => {
  test('writes what was learnt, reads it back, and goes on from there', async () => {
    const directory = emptyDirectory();
    const recording = await writtenAsMcap(oneVisit(4), { parent: directory, name: 'visit' });
    const file = join(directory, 'shop.json');
    const first = await call('replay', recording, '--knowledge', file);
    expect(first.code).toBe(0);
    const once = knowledgeIn(file);
    expect(once.learntFromVisits).toBe(1);
    expect((await call('replay', recording, '--knowledge', file)).code).toBe(0);
    const twice = knowledgeIn(file);
    expect(twice.learntFromVisits).toBe(2);
    expect(twice.placePicks.own).toBeGreaterThan(once.placePicks.own);
    expect((await call('replay', recording)).out).toBe(first.out);
  });

  test('refuses what another store has learnt, and a file that is none, and leaves both as they are', async () => {
    const directory = emptyDirectory();
    const recording = await writtenAsMcap(oneVisit(4), { parent: directory, name: 'visit' });
    const file = join(directory, 'shop.json');
    await call('replay', recording, '--knowledge', file);
    const other = readFileSync(file, 'utf8').replace(/"storeId":"[^"]*"/, '"storeId":"elsewhere"');
    for (const [text, code] of [
      [other, 'KNOWLEDGE_OF_ANOTHER_STORE'],
      ['{"formatVersion":1}', 'KNOWLEDGE_UNREADABLE'],
    ] as const) {
      writeFileSync(file, text);
      const refused = await call('replay', recording, '--knowledge', file);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain(`[${code}]`);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });
});

describe('what decisions have learnt', () => {
  test('is kept from run to run, shown in plain words, and begins the next run', async () => {
    const directory = emptyDirectory();
    const recording = await writtenAsMcap(oneVisit(4), { parent: directory, name: 'visit' });
    const file = join(directory, 'shop.json');
    const probabilities = async (): Promise<number[]> => {
      const { out } = await call('replay', recording, '--json', '--knowledge', file);
      const { receipts } = JSON.parse(out) as { receipts: { products: { probability: number }[] }[] };
      return receipts.flatMap(({ products }) => products.map(({ probability }) => probability));
    };
    const asTold = await probabilities();
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { decision: { lines: object; visits: number } };
    expect(kept.decision).toMatchObject({ version: 1, visits: 1, currency: 'USD' });
    // What was told was too sure: one in ten of the surest lines was wrong.
    const lines = { belowSlope: 1, aboveSlope: 0.05, shift: 1.6, cases: 400 };
    writeFileSync(file, JSON.stringify({ ...kept, decision: { ...kept.decision, lines } }));
    const calibrated = await probabilities();
    expect(calibrated).toHaveLength(asTold.length);
    for (const [index, probability] of calibrated.entries()) expect(probability).toBeLessThan(asTold[index]!);
    expect(knowledgeIn(file).decision).toMatchObject({ visits: 2, lines });
    const shown = await call('knowledge', 'show', file);
    expect(shown.out).toContain('Of 2 visits, 2 (100 %) were charged as told');
    expect(shown.out).toMatch(/told +50\.0 % +90\.0 % +99\.0 % +99\.9 %/);
    for (const line of shown.out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test.each([
    ['no number of visits', { visits: 'many' }, 'decision.visits'],
    ['a slope that turns probabilities round', { lines: { belowSlope: -1 } }, 'decision.lines.belowSlope'],
    ['another version', { version: 2 }, 'decision.version'],
  ])('is refused with %s, by its place and with a remedy', async (_, change, where) => {
    const directory = emptyDirectory();
    const recording = await writtenAsMcap(oneVisit(4), { parent: directory, name: 'visit' });
    const file = join(directory, 'shop.json');
    await call('replay', recording, '--knowledge', file);
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { decision: object };
    const spoilt = JSON.stringify({ ...kept, decision: { ...kept.decision, ...change } });
    writeFileSync(file, spoilt);
    for (const args of [
      ['replay', recording, '--knowledge', file],
      ['knowledge', 'show', file],
    ]) {
      const refused = await call(...args);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain(`${file}:${where}`);
      expect(refused.err).toContain('take the field "decision" out');
      expect(refused.err).toContain('[KNOWLEDGE_DECISION_UNREADABLE]');
    }
    expect(readFileSync(file, 'utf8')).toBe(spoilt);
  });
});

describe('a catalogue weight that is wrong', () => {
  test('is told in the run with what to do, and shown from the file, in 80 columns', async () => {
    const directory = emptyDirectory();
    const file = join(directory, 'shop.json');
    const page = join(directory, 'page.html');
    const flags = ['--scenario', 'plain', '--seed', '115', '--knowledge', file, '--report', page];
    const run = await call('twin', 'run', ...flags);
    expect(run.code).toBe(0);
    const told = run.out.replaceAll(/\s+/g, ' ');
    expect(told).toMatch(
      /Mozzarella cow 125 g \(\d+\) weighs 13\d\.\d g ± \d\.\d g by \d+ picks, not 57\.2 g as listed/,
    );
    expect(told).toContain('Weigh one unit and correct the row.');
    expect(readFileSync(page, 'utf8')).toContain('Catalogue weights to correct');
    const shown = await call('knowledge', 'show', file);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/Mozzarella cow 125 g +57\.2 g +13\d\.\d g ±\d\.\d +\d+ +9\d/);
    expect(shown.out).toMatch(/their own place +9\d/);
    for (const line of shown.out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

test('a run that goes into files keeps no knowledge, and a file that is not there cannot be shown', async () => {
  const file = join(emptyDirectory(), 'shop.json');
  const sent = await call(
    'twin',
    'run',
    '--scenario',
    'plain',
    '--out',
    emptyDirectory(),
    '--knowledge',
    file,
  );
  expect(sent.code).toBe(2);
  expect(existsSync(file)).toBe(false);
  const shown = await call('knowledge', 'show', file);
  expect(shown.code).toBe(1);
  expect(shown.err).toContain('there is no such file');
});
