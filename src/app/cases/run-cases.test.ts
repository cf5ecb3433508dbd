import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { assert } from '../../base/index.ts';
import type { CaseKind } from './case-kind.ts';
import { casesDocument, casesText, totalOf } from './cases-text.ts';
import { readCaseFile } from './read-cases.ts';
import { runCases } from './run-cases.ts';

const halves: CaseKind<number> = {
  name: 'half',
  inputSchema: z.number(),
  run: (input) => {
    assert(input % 2 === 0, 'HALF_OF_ODD', { input });
    return { half: input / 2 };
  },
};

test('a case that breaks an assertion fails, and the others still run', () => {
  const cases = [
    { name: 'even', input: 4, expected: { half: 2 } },
    { name: 'odd', input: 3, expected: { half: 1 } },
    { name: 'wrong', input: 6, expected: { half: 2 } },
  ];
  const { failures } = runCases({ file: 'f', kind: halves, cases });
  expect(failures.map(({ name }) => name)).toEqual(['odd', 'wrong']);
  expect(failures[0]?.differences).toContainEqual({
    path: 'assertionFailed',
    expected: undefined,
    found: 'HALF_OF_ODD',
  });
});

test('neither text nor JSON grows with the failures', () => {
  const long = Array.from({ length: 50 }, (_, nth) => nth);
  const cases = Array.from({ length: 5000 }, (_, nth) => ({ name: `case ${nth}`, input: 2, expected: long }));
  const lists: CaseKind<number> = {
    name: 'list',
    inputSchema: z.number(),
    run: () => long.map((each) => -1 - each),
  };
  const runs = [runCases({ file: 'f', kind: lists, cases })];
  const total = totalOf(runs, 0);
  expect(total).toEqual({ cases: 5000, failed: 5000, refusedFiles: 0 });
  const text = casesText(runs, total);
  expect(text.split('\n')).toHaveLength(1 + 20 * 12 + 1 + 1 + 1);
  expect(text).toContain('and 40 differences more');
  expect(text).toContain('and 4980 cases more');
  expect(JSON.stringify(casesDocument(runs, total)).length).toBeLessThan(1_000_000);
});

test.each(['barcodes', 'pricing', 'tax'])('the %s of the examples come out as expected', (name) => {
  const file = new URL(`../../../examples/cases/${name}.json`, import.meta.url);
  const read = readCaseFile(fileURLToPath(file));
  if (!read.ok) throw new Error(read.problem[0]?.what);
  expect(runCases(read.value).failures).toEqual([]);
});
