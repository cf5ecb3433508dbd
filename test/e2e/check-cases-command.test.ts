/** `tillfree check-cases`: through the command line, and once as the process that a shell starts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CODES_PROBLEM_CODES } from '../../src/codes/index.ts';
import { call, emptyDirectory } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const BARCODES = 'examples/cases/barcodes.json';

interface Case {
  readonly name: string;
  readonly input: unknown;
  readonly expected: unknown;
}

const banana: Case = {
  name: 'bananas',
  input: { read: 'plu', code: '94011' },
  expected: { ok: { plu: '94011', growing: 'organic', produce: '4011' } },
};

function written(content: unknown, name = 'cases.json'): string {
  const file = join(emptyDirectory(), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const document = (cases: readonly unknown[], changed: object = {}): object => ({
  formatVersion: 1,
  kind: 'barcode',
  cases,
  ...changed,
});

describe('the examples', () => {
  test('all come out as expected, in the process that a shell starts', () => {
    const run = spawnSync(process.execPath, ['bin/tillfree.js', 'check-cases', BARCODES], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^(\d+) cases in 1 file: \1 as expected, 0 not$/m);
  });

  test('they have every refusal and every way to read', () => {
    const { cases } = JSON.parse(readFileSync(join(root, BARCODES), 'utf8')) as {
      readonly cases: readonly Case[];
    };
    expect(cases.length).toBeGreaterThanOrEqual(80);
    const text = JSON.stringify(cases);
    for (const code of Object.keys(CODES_PROBLEM_CODES)) expect(text).toContain(`{"refused":"${code}"}`);
  });
});

describe('check-cases', () => {
  test('says which case came out otherwise, where, and what was found', async () => {
    const wrong = { ...banana, name: 'bananas again', expected: { ok: { ...ok(banana), growing: 'wild' } } };
    const file = written(document([banana, wrong]));
    const told = await call('check-cases', file);
    expect(told).toEqual({
      code: 1,
      out: [
        `${file}: 2 cases of the kind barcode, 1 not as expected`,
        `  ${file}:cases[1] "bananas again"`,
        '    ok.growing: expected "wild", found "organic"',
        '2 cases in 1 file: 1 as expected, 1 not',
        '',
      ].join('\n'),
      err: 'tillfree: 1 of 2 cases came out otherwise\n',
    });
  });

  test('as JSON', async () => {
    const file = written(document([{ ...banana, expected: { refused: 'CODE_LENGTH' } }]));
    const { code, out } = await call('check-cases', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      cases: 1,
      failed: 1,
      refusedFiles: 0,
      problems: [],
      files: [
        {
          file,
          kind: 'barcode',
          caseCount: 1,
          failureCount: 1,
          failures: [
            {
              caseIndex: 0,
              name: 'bananas',
              differenceCount: 2,
              differences: [
                { path: 'refused', expected: 'CODE_LENGTH' },
                { path: 'ok', found: ok(banana) },
              ],
            },
          ],
        },
      ],
    });
  });

  test('a file that cannot be read does not hide the others', async () => {
    const good = written(document([banana]));
    const told = await call('check-cases', join(good, 'nowhere'), good);
    expect(told.code).toBe(1);
    expect(told.out).toContain('1 case in 1 file: 1 as expected, 0 not');
    expect(told.err).toContain('[CASES_UNREADABLE]');
    expect(told.err).toContain('1 of 2 files could not be read');
    const asJson = await call('check-cases', join(good, 'nowhere'), good, '--json');
    expect(JSON.parse(asJson.out)).toMatchObject({ cases: 1, problems: [{ code: 'CASES_UNREADABLE' }] });
  });

  test('a wrong call is a wrong call', async () => {
    expect(await call('check-cases')).toMatchObject({ code: 2 });
    expect(await call('check-cases', 'x', '--wrong')).toMatchObject({ code: 2 });
  });
});

function ok({ expected }: Case): object {
  return (expected as { readonly ok: object }).ok;
}

function nested(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
}

describe('a file of cases is refused', () => {
  const { expected: _, ...unanswered } = banana;
  const pears = { ...banana, input: { read: 'plu', cod: '4409' } };
  const square = { ...banana, input: { read: 'qr', code: '4011' } };

  test.each([
    [
      'no JSON',
      '{"formatVersion": 1',
      { record: '', code: 'CASES_UNREADABLE', words: 'case-file.md shows the form.' },
    ],
    ['no object', '[]', { record: '', code: 'CASES_FORM', words: 'expected object, received array.' }],
    ['nothing in it', document([]), { record: ':cases', code: 'CASES_FORM', words: 'to have >=1 items.' }],
    [
      'another version',
      document([banana], { formatVersion: 2 }),
      { record: ':formatVersion', code: 'CASES_FORM', words: 'expected 1.' },
    ],
    [
      'another kind',
      document([banana], { kind: 'barcodes' }),
      { record: ':kind', code: 'CASES_KIND_UNKNOWN', words: 'Did you mean barcode?' },
    ],
    [
      'an unknown field',
      document([{ ...banana, expect: 1 }]),
      { record: ':cases[0]', code: 'CASES_KEY_UNKNOWN', words: 'Did you mean expected?' },
    ],
    [
      'too deep',
      document([{ ...banana, expected: nested(200) }]),
      { record: '', code: 'CASES_FORM', words: 'nested more than 100 deep.' },
    ],
    [
      'no answer',
      document([unanswered]),
      { record: ':cases[0].expected', code: 'CASES_FORM', words: 'it is missing.' },
    ],
    [
      'one name twice',
      document([banana, banana]),
      { record: ':cases[1].name', code: 'CASES_NAME_TWICE', words: 'the name of cases[0] too.' },
    ],
    [
      'a slip in the input',
      document([pears]),
      { record: ':cases[0].input', code: 'CASES_KEY_UNKNOWN', words: 'Did you mean code?' },
    ],
    [
      'a way to read that is none',
      document([square]),
      { record: ':cases[0].input.read', code: 'CASES_FORM', words: 'Write one of gtin, ' },
    ],
  ])('%s', async (_name, content, { record, code, words }) => {
    const file = written(content);
    const told = await call('check-cases', file);
    expect(told).toMatchObject({ code: 1, out: '' });
    const line = told.err.split('\n').find((each) => each.startsWith(`${file}${record}: `)) ?? told.err;
    expect(line).toContain(words);
    expect(line.endsWith(` [${code}]`), line).toBe(true);
  });
});

test('a directory, and a file with a hundred mistakes, in few words', async () => {
  const directory = join(emptyDirectory(), 'folder');
  mkdirSync(directory);
  expect((await call('check-cases', directory)).err).toContain('[CASES_UNREADABLE]');
  const slips = Array.from({ length: 100 }, (_each, nth) => ({ ...banana, name: `${nth}`, expect: 1 }));
  const told = await call('check-cases', written(document(slips)));
  expect(told.err.split('\n').length).toBeLessThan(25);
  expect(told.err).toContain('and 80 more');
});
