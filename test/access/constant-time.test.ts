/** What is secret is compared by `isSameText` or `timingSafeEqual`, never by an operator that stops at the first letter. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isSameText } from '../../src/access/index.ts';
import { readRepository, repositoryOf } from '../tidy/index.ts';
import type { Repository } from '../tidy/index.ts';

const SECRET = String.raw`[\w.?!]*(?:[hH]ash|[tT]oken|[cC]srf|[nN]once|digest|reveal\(\))`;
const COMPARED = new RegExp(
  String.raw`(?:${SECRET}\s*[!=]==?(?![\s=]*(?:null|undefined)\b)|[!=]==\s*${SECRET}(?![\w.]))[^\n]*`,
  'g',
);
/** A change of hash is found by comparing what is kept with what is kept: nothing of it comes from outside. */
const KEPT_WITH_KEPT = /passwordHash === from\b/;

function comparisonsIn(repository: Repository): string[] {
  return (
    repository.codeFiles
      .filter(({ path }) => /^src\/(?:access|adapters\/access-[\w-]+|app\/access)\//.test(path))
      // The hashes of the audit chain are no secrets.
      .filter(({ path }) => path !== 'src/access/audit.ts')
      .flatMap(({ path, code }) => [...code.matchAll(COMPARED)].map(([found]) => `${path}: ${found}`))
      .filter((found) => !KEPT_WITH_KEPT.test(found))
  );
}

test('no secret is compared by an operator', () => {
  expect(comparisonsIn(readRepository(fileURLToPath(new URL('../..', import.meta.url))))).toEqual([]);
  for (const text of [
    'const a = key.hash === given;',
    'if (given !== key.hash) a();',
    'a(token.reveal() === b);',
  ])
    expect(comparisonsIn(repositoryOf([{ path: 'src/access/a.ts', text }])), text).toHaveLength(1);
  const quiet = repositoryOf([{ path: 'src/access/a.ts', text: 'const a = hash === null;' }]);
  expect(comparisonsIn(quiet)).toEqual([]);
});

test('texts are the same only when every letter is', () => {
  expect(isSameText('', '')).toBe(true);
  expect(isSameText('abc', 'abc')).toBe(true);
  for (const [a, b] of [
    ['abc', 'abd'],
    ['abc', 'ab'],
    ['abc', 'abcc'],
    ['', '\0'],
    ['é', 'e\u0301'],
  ] as const)
    expect(isSameText(a, b)).toBe(false);
});
