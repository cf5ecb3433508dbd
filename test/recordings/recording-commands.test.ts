/** `tillfree recording` from the outside: files in, files and text out, codes for scripts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { addRecordingCommands } from '../../src/app/commands/recording.ts';
import { WorkFailed } from '../../src/app/commands/work-failed.ts';
import { findRecordings, openRecordings } from '../../src/app/open-recording.ts';
import {
  CATALOGUE,
  directoryOf,
  GEOMETRY,
  lines,
  plateDocument,
  targetDocument,
  temporaryDirectory,
} from './aifi-directory.ts';
import { readMcap, smallFile } from './small-recording.ts';

interface Call {
  readonly out: string;
  readonly err: string;
  readonly code: 'done' | 'failed' | 'wrong call';
}

async function call(...args: readonly string[]): Promise<Call> {
  const seen = { out: '', err: '' };
  const out = (text: string) => void (seen.out += text);
  const err = (text: string) => void (seen.err += text);
  const program = new Command('tillfree').configureOutput({ writeOut: out, writeErr: err }).exitOverride();
  addRecordingCommands(program, { out, err, isWatched: false });
  try {
    await program.parseAsync(['recording', ...args], { from: 'user' });
    return { ...seen, code: 'done' };
  } catch (error) {
    if (error instanceof CommanderError) return { ...seen, code: 'wrong call' };
    if (!(error instanceof WorkFailed)) throw error;
    return { ...seen, err: seen.err + error.message, code: 'failed' };
  }
}

const bad = plateDocument(400, { data: '***' });
const aifiRecording = () =>
  directoryOf({
    ...GEOMETRY,
    ...CATALOGUE,
    'plate_data.json': lines(plateDocument(0), plateDocument(200), ...Array.from({ length: 50 }, () => bad)),
    'full_targets.json': lines(targetDocument(0), targetDocument(100)),
  });

describe('convert', () => {
  test('goes to MCAP and back, and tells problems once, counted', async () => {
    const directory = temporaryDirectory();
    const mcap = join(directory, 'a.mcap');
    const first = await call('convert', aifiRecording(), mcap);
    expect(first).toMatchObject({ code: 'done', out: `${mcap}: 4 observations\n` });
    expect(first.err).toContain('50 × AIFI_PLATES_BASE64');
    expect(first.err).toContain('and 47 more');
    const back = join(directory, 'back');
    expect(await call('convert', mcap, back)).toMatchObject({ code: 'done', err: '' });
    const again = join(directory, 'again');
    expect(await call('convert', back, again, '--to', 'mcap')).toMatchObject({ code: 'done', err: '' });
    expect((await readMcap(again)).observations).toEqual((await readMcap(mcap)).observations);
  });

  test('refuses a wrong call and a path that is nothing', async () => {
    const recording = aifiRecording();
    expect(await call('convert', recording)).toMatchObject({ code: 'wrong call' });
    expect(await call('convert', recording, recording)).toMatchObject({ code: 'wrong call' });
    expect(await call('convert', recording, 'x', '--to', 'csv')).toMatchObject({ code: 'wrong call' });
    const missing = await call('convert', join(recording, 'nowhere'), join(recording, 'a.mcap'));
    expect(missing).toMatchObject({ code: 'failed' });
    expect(missing.err).toContain('PATH_MISSING');
    const unwritable = await call('convert', recording, join(recording, 'no', 'such', 'place.mcap'));
    expect(unwritable).toMatchObject({ code: 'failed' });
    expect(unwritable.err).toContain('MCAP_NOT_WRITTEN');
  });
});

describe('info', () => {
  test('says what there is and what is wrong, for people and for programs', async () => {
    const recording = aifiRecording();
    const text = await call('info', recording);
    expect(text.code).toBe('done');
    expect(text.out).toMatch(/fixtures +2, with 3 shelves and 8 plates/);
    expect(text.out).toMatch(/plates\/1 +2 +5\.0\/s +60 Hz/);
    expect(text.out).toContain('50 × AIFI_PLATES_BASE64');
    const { out } = await call('info', recording, '--json');
    expect(JSON.parse(out)).toMatchObject({
      observationCount: 4,
      plateCount: 8,
      productCount: 1,
      sources: [
        { source: 'plates/1', messageCount: 2 },
        { source: 'tracks', messageCount: 2, rateHz: null },
      ],
      problems: [{ code: 'AIFI_PLATES_BASE64', count: 50 }],
    });
  });

  test('goes through a directory, and fails where one of its recordings does', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'b'));
    writeFileSync(join(directory, 'b', 'plate_data.json'), lines(plateDocument(0)));
    writeFileSync(join(directory, 'c.mcap'), readFileSync((await smallFile(2)).path));
    const { out, err, code } = await call('info', directory);
    expect(code).toBe('failed');
    expect(out).toMatch(/^recording +c$/m);
    expect(err).toContain('AIFI_GEOMETRY_MISSING');
    const store = await call('info', directory, '--store', directoryOf(GEOMETRY));
    expect(store).toMatchObject({ code: 'done' });
  });
});

describe('cut', () => {
  test('keeps a stretch of time and the named fixtures', async () => {
    const { path, observations } = await smallFile(20);
    const out = join(temporaryDirectory(), 'cut.mcap');
    expect(await call('cut', path, out, '--from', '1', '--to', '2', '--fixture', '2')).toMatchObject({
      code: 'done',
    });
    const read = await readMcap(out);
    expect(read.observations).toEqual(
      observations.slice(15, 30).filter(({ source }) => source !== 'plates/1'),
    );
    expect(read.recording?.store.layout.fixtures).toHaveLength(2);
  });

  test.each([
    ['--from', '2', '--to', '2'],
    ['--from', 'x', '--to', '2'],
    ['--from', '-1', '--to', '2'],
    ['--from', '1'],
    ['--from', '1', '--to', '2', '--fixture', 'nine'],
  ])('is a wrong call with %s %s %s %s %s', async (...args) => {
    const { path } = await smallFile(2);
    const out = join(temporaryDirectory(), 'cut.mcap');
    expect(await call('cut', path, out, ...args)).toMatchObject({ code: 'wrong call' });
    expect(existsSync(out)).toBe(false);
  });
});

describe('paths', () => {
  test('a directory means its recordings, by name', async () => {
    const directory = temporaryDirectory();
    for (const name of ['b10', 'b9', 'notes']) mkdirSync(join(directory, name));
    for (const name of ['b10', 'b9']) writeFileSync(join(directory, name, 'targets.ndjson.gz'), '');
    for (const name of ['a.mcap', 'a.txt']) writeFileSync(join(directory, name), '');
    const names = findRecordings([directory]).map(({ path, kind }) => [
      path.slice(directory.length + 1),
      kind,
    ]);
    expect(names).toEqual([
      ['a.mcap', 'mcap'],
      ['b9', 'aifi'],
      ['b10', 'aifi'],
    ]);
  });

  test('what is no recording is refused with what was expected', async () => {
    const empty = temporaryDirectory();
    const text = join(directoryOf({ 'a.txt': 'x' }), 'a.txt');
    const { path } = await smallFile(1);
    const opened = await openRecordings([empty, text, path, join(empty, 'nowhere')]);
    expect(opened.map((each) => (each.ok ? each.value.name : each.problem.code))).toEqual([
      'NOT_A_RECORDING',
      'NOT_A_RECORDING',
      'small',
      'PATH_MISSING',
    ]);
  });
});
