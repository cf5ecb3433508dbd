/**
 * The house rules that a machine can check, over every file of the repository. Each rule is first tried on snippets
 * that must make it fire: a check that cannot fail is worth nothing.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { codeFile, EXCEPTIONS, readRepository, repositoryOf, RULES } from './tidy/index.ts';
import type { Repository, Rule, Snippet } from './tidy/index.ts';

const repository = readRepository(fileURLToPath(new URL('..', import.meta.url)));

const miniature = (snippet: Snippet): Repository =>
  repositoryOf(Object.entries(snippet).map(([path, text]) => ({ path, text })));

function isExcepted(rule: Rule, path: string): boolean {
  return EXCEPTIONS.some((exception) => exception.rule === rule.name && exception.path === path);
}

describe.each(RULES.map((rule) => ({ name: rule.name, rule })))('$name', ({ rule }) => {
  test('fires on what it forbids', () => {
    expect(rule.firesOn.length).toBeGreaterThan(0);
    for (const snippet of rule.firesOn)
      expect(rule.check(miniature(snippet)), JSON.stringify(snippet)).not.toHaveLength(0);
  });

  test('stays quiet on what it allows', () => {
    for (const snippet of rule.staysQuietOn) expect(rule.check(miniature(snippet))).toEqual([]);
  });

  test('holds in the repository', () => {
    const violations = rule.check(repository).filter(({ path }) => !isExcepted(rule, path));
    expect(violations.map(({ path, line, what }) => `${path}:${line}: ${what}`)).toEqual([]);
  });
});

test('every exception is still needed and says why', () => {
  for (const exception of EXCEPTIONS) {
    expect(exception.reason.length).toBeGreaterThan(20);
    const rule = RULES.find((each) => each.name === exception.rule);
    const paths = rule?.check(repository).map(({ path }) => path);
    expect(paths, `${exception.rule}: ${exception.path}`).toContain(exception.path);
  }
});

test('the repository was read', () => {
  expect(repository.codeFiles.length).toBeGreaterThan(40);
  expect(repository.paths.has('src/base/index.ts')).toBe(true);
});

test('blanking out types and prose keeps every position', () => {
  const text = "export const a: Grün<'ä→😀'> = b; // ü 😀\nexport const c = `x${d}y`;\n";
  const file = codeFile('src/base/a.ts', text);
  expect(file.code).toHaveLength(text.length);
  expect(file.code.indexOf('= b')).toBe(text.indexOf('= b'));
  expect(file.code).toContain('${d}');
  expect(file.code).not.toContain('ü 😀');
});
