/** Words, names and marks: what may stand in comments, in tests and in file names. */
import { isTest } from './rule.ts';
import type { Rule, Violation } from './rule.ts';
import { lineAt } from './repository.ts';
import type { TextFile } from './repository.ts';

export const remindersHaveReasons: Rule = {
  name: 'a reminder states its reason',
  check: (repository) =>
    repository.codeFiles.flatMap((file) =>
      file.comments
        .filter((comment) => /\b(?:TODO|FIXME|XXX|HACK)\b(?!\([^)\s][^)]{7,}\))/.test(comment.text))
        .map((comment) => ({ path: file.path, line: comment.line, what: 'a reminder without (reason)' })),
    ),
  firesOn: [
    { 'src/base/a.ts': '// TODO later' },
    { 'src/base/a.ts': '/* FIXME: broken */' },
    { 'src/base/a.ts': '// TODO()' },
    { 'src/base/a.ts': 'export interface A {\n  // TODO b\n  b: 1;\n}' },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': "// TODO(needs the tracker's confidence first): weigh it\nexport const a = 'TODO';" },
  ],
};

const FOCUSED = /\b(?:test|it|describe|suite)(?:\.\w+)*\.only\b|\bf(?:it|describe)\s*\(/g;
const SKIPPED =
  /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo)\b|\bx(?:it|test|describe)\s*\(/g;
/** `skip('why')` and `skip(condition, 'why')` of the test context; a name that says it is a reason will do. */
const CONTEXT_SKIP = /(?<![\w$])(?:\w+\.)?skip\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const REASON = /['"`]|reason|why|absent/i;

export const skippedTestsSayWhy: Rule = {
  name: 'no focused tests; a skipped test says why, so that the report can',
  check: (repository) =>
    repository.codeFiles
      .filter((file) => isTest(file.path))
      .flatMap((file) => {
        const found: Violation[] = [];
        const add = (position: number, what: string): void => {
          found.push({ path: file.path, line: lineAt(file.code, position), what });
        };
        for (const match of file.code.matchAll(FOCUSED)) add(match.index, 'a focused test');
        for (const match of file.code.matchAll(SKIPPED))
          add(match.index, `${match[0]} cannot say why; call skip(condition, reason) of the test's context`);
        for (const match of file.code.matchAll(CONTEXT_SKIP)) {
          const isOfTest = /^(?:test|it|describe|suite)\./.test(match[0]);
          const written = file.text.slice(match.index, match.index + match[0].length);
          if (!isOfTest && !REASON.test(written)) add(match.index, 'a skip without a reason');
        }
        return found;
      }),
  firesOn: [
    { 'test/a.test.ts': "test.only('a', () => {});" },
    { 'test/a.test.ts': "describe.skip('a', () => {});" },
    { 'test/a.test.ts': "test.skipIf(true)('a', () => {});" },
    { 'test/a.test.ts': "test.concurrent.only('a', () => {});" },
    { 'test/a.test.ts': "it.todo('a');" },
    { 'test/a.test.ts': "test('a', ({ skip }) => skip());" },
    { 'test/a.test.ts': "test('a', (context) => { context.skip(isMissing(1)); });" },
  ],
  staysQuietOn: [
    { 'test/a.test.ts': "test('a', ({ skip }) => { skip(!exists('x'), 'the recording is not here'); });" },
    { 'test/a.test.ts': "test('a', (context) => { context.skip(REASON_NO_BROWSER); });" },
    { 'test/a.test.ts': "const rows = all.slice(1).filter((row) => row.only);\ntest('it.only', () => {});" },
  ],
};

const KEBAB = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const CAPITALS = /^(?:README|ARCHITECTURE|CONTRIBUTING|CHANGELOG|SECURITY)\.md$|^(?:LICENSE|NOTICE)$/;

export const kebabCaseNames: Rule = {
  name: 'file and folder names are kebab-case',
  check: (repository) =>
    repository.texts
      .filter(({ path }) => {
        const parts = path.split('/');
        const file = parts.at(-1) ?? '';
        return !parts.every((part) => KEBAB.test(part)) && !CAPITALS.test(file);
      })
      .map(({ path }) => ({ path, line: 1, what: 'is not kebab-case' })),
  firesOn: [
    { 'src/base/ringBuffer.ts': '' },
    { 'src/base/Ring.ts': '' },
    { 'docs/my_page.md': '' },
    { 'src/A/a.ts': '' },
  ],
  staysQuietOn: [
    { 'src/base/ring-buffer.test.ts': '', 'README.md': '', '.ci/run': '', 'docs/adr/0001-a.md': '' },
  ],
};

/** Written in pieces so that this file does not find itself. */
const words = (...pieces: readonly string[]): string => pieces.join('');

/** What a reader of the repository has no use for: one machine's paths, its registry, how the text was typed. */
const UNWANTED: readonly RegExp[] = [
  new RegExp(words('(?<![\\w.@])/', '(?:work|root|home/\\w+)/')),
  new RegExp(words('https?://', '(?:registry|npm)(?!\\.npmjs\\.org)[\\w.-]*')),
  new RegExp(words('https?://(?:local', 'host|127\\.0\\.0\\.1)[^\\s]*(?:npm|registry|\\.tgz)'), 'i'),
  new RegExp(words('\\bsub', '-?agents?\\b'), 'i'),
  new RegExp(words('\\bAI', ' (?:assistant|agent|model)s?\\b'), 'i'),
  new RegExp(words('\\b(?:Chat', 'GPT|Clau', 'de|Anthro', 'pic|Open', 'AI|Copi', 'lot)\\b'), 'i'),
  new RegExp(words('\\blanguage', ' models?\\b|\\bLL', 'Ms?\\b')),
  new RegExp(words('\\bCo-', 'Authored-By\\b|\\bGenerated ', 'with\\b'), 'i'),
];

export const noUnwantedWords: Rule = {
  name: 'no word about one machine or about how the text came to be',
  check: (repository) =>
    repository.texts.flatMap((file: TextFile) =>
      UNWANTED.flatMap((pattern) =>
        [...file.text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match) => ({
          path: file.path,
          line: lineAt(file.text, match.index),
          what: `says ${JSON.stringify(match[0])}`,
        })),
      ),
    ),
  firesOn: [
    { 'README.md': words('see /wo', 'rk/main') },
    { '.ci/run': words('cd /ro', 'ot/x') },
    { 'package-lock.json': words('"resolved": "http://regi', 'stry.example/x.tgz"') },
    { '.npmrc': words('x=http://local', 'host:4873/npm/') },
    { 'docs/a.md': words('made by a sub', 'agent') },
    { 'docs/a.md': words('made by an AI', ' assistant') },
    { 'src/base/a.ts': words('// Clau', 'de wrote this') },
  ],
  staysQuietOn: [
    { 'a.md': 'the framework/main page, https://registry.npmjs.org/x and http://localhost:8080/ are fine' },
  ],
};

/** Working papers and real data stay outside: they are not ours to publish. */
const FOREIGN_FILE =
  /(?:^|\/)(?:DESIGN|CONVENTIONS|STACK|EXAMPLES)\.md$|^shared\/|\.jsonl?\.gz$|(?:^|\/)(?:plate_data|full_targets|labelled-visits)\.json$/;

export const noForeignFiles: Rule = {
  name: 'no working papers, no real recordings',
  check: (repository) =>
    repository.texts
      .filter(({ path }) => FOREIGN_FILE.test(path))
      .map(({ path }) => ({ path, line: 1, what: 'does not belong in this repository' })),
  firesOn: [{ 'docs/DESIGN.md': '' }, { 'shared/x.md': '' }, { 'test/data/plate_data.json': '' }],
  staysQuietOn: [{ 'docs/design.md': '', 'src/shared/x.ts': '' }],
};
