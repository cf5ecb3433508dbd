/** Pages that state facts about the code are compared with it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { referencePages, untabledProblemCodes } from '../scripts/reference-pages.ts';
import { GLOSSARY } from '../src/domain/index.ts';
import type { GlossaryEntry } from '../src/domain/index.ts';
import { readRepository, repositoryOf } from './tidy/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

test('the generated pages are what the code says; else run `npm run docs:reference`', async () => {
  for (const page of await referencePages(root)) expect(read(page.path), page.path).toBe(page.text);
});

test('every problem that is told stands in a table of codes', () => {
  expect(untabledProblemCodes(readRepository(root))).toEqual([]);
  const text = "export const problem = { code: 'LOOSE', where: '', what: '', remedy: '' };";
  const loose = repositoryOf([{ path: 'src/base/a.ts', text }]);
  expect(untabledProblemCodes(loose)).toEqual(['src/base/a.ts: LOOSE']);
});

test('every word of the glossary lives where it says', () => {
  const entries: GlossaryEntry[] = Object.values(GLOSSARY);
  for (const { home } of entries)
    expect(home === null || existsSync(`${root}/${home}`), `${home}`).toBe(true);
  const words = Object.keys(GLOSSARY);
  expect(words).toEqual(words.toSorted());
});

interface DependencyRow {
  readonly name: string;
  readonly licence: string;
  readonly reason: string;
  readonly wayOut: string;
}

function rowsOf(section: string): DependencyRow[] {
  return [...section.matchAll(/^\| `([^`]+)`\s*\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map((match) => ({
    name: match[1]!,
    licence: match[2]!.trim(),
    reason: match[3]!.trim(),
    wayOut: match[4]!.trim(),
  }));
}

test('every dependency has its reason, its licence and a way out', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as PackageFile;
  const [, forRunning = '', forDevelopment = ''] = read('docs/dependencies.md').split(/^## /m);
  expect(rowsOf(forRunning).map((row) => row.name)).toEqual(Object.keys(dependencies).toSorted());
  expect(rowsOf(forDevelopment).map((row) => row.name)).toEqual(Object.keys(devDependencies).toSorted());
  for (const row of [...rowsOf(forRunning), ...rowsOf(forDevelopment)]) {
    const stated = JSON.parse(read(`node_modules/${row.name}/package.json`)) as { readonly license: string };
    expect(row.licence, row.name).toBe(stated.license);
    expect(row.reason.length, row.name).toBeGreaterThan(15);
    expect(row.wayOut.length, row.name).toBeGreaterThan(15);
  }
});
