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
