/** The worked cases of pricing and tax, in their files and on the guide's page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  parseTaxPack,
  PRICING_KIND,
  readTaxPack,
  TAX_KIND,
  taxPackNames,
} from '../../src/app/cases/index.ts';
import type { CaseKind } from '../../src/app/cases/index.ts';
import { STAGE_OF } from '../../src/pricing/index.ts';

interface CaseFile {
  readonly kind: string;
  readonly cases: readonly { readonly name: string; readonly input: unknown; readonly expected: unknown }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const caseFile = (name: string): CaseFile => JSON.parse(read(`examples/cases/${name}.json`)) as CaseFile;

function result(kind: CaseKind, input: unknown): unknown {
  return kind.run(kind.inputSchema.parse(input));
}

describe.each([
  { kind: PRICING_KIND, least: 40 },
  { kind: TAX_KIND, least: 25 },
])('cases of kind $kind.name', ({ kind, least }) => {
  const { cases, kind: name } = caseFile(kind.name);

  test.each(cases)('$name', ({ input, expected }) => {
    expect(result(kind, input)).toEqual(expected);
  });

  test('there are enough, each with its own name', () => {
    expect(name).toBe(kind.name);
    expect(cases.length).toBeGreaterThanOrEqual(least);
    expect(new Set(cases.map((each) => each.name)).size).toBe(cases.length);
  });
});

const kindsIn = (text: string): string[] =>
  [...text.matchAll(/"kind":\s*"([a-z-]+)"/g)].map((match) => match[1]!);

test('every kind of promotion has a case and an example on the page', () => {
  for (const kind of Object.keys(STAGE_OF)) {
    expect(kindsIn(read('examples/cases/pricing.json'))).toContain(kind);
    expect(kindsIn(read('docs/guide/pricing.md'))).toContain(kind);
  }
});

test('the examples on the page cost what it says', () => {
  const blocks = [...read('docs/guide/pricing.md').matchAll(/```json\n([\s\S]*?)```/g)].map(
    (match) => match[1]!,
  );
  expect(blocks.length).toBeGreaterThanOrEqual(Object.keys(STAGE_OF).length);
  for (const block of blocks) {
    const { input, expected } = JSON.parse(block) as CaseFile['cases'][number];
    expect(result(PRICING_KIND, input), block).toEqual(expected);
  }
});

test('every pack can be read, names its source, and says that it has to be checked', () => {
  expect(taxPackNames()).toEqual([
    'au',
    'ca-on',
    'gb',
    'nz',
    'us-il-cook-county',
    'us-mn-minneapolis',
    'us-ny-new-york-city',
  ]);
  for (const name of taxPackNames()) {
    const pack = readTaxPack(name);
    if (!pack.ok) throw new Error(JSON.stringify(pack.problem));
    expect(pack.value.sources.every((source) => source.startsWith('https://'))).toBe(true);
    expect(pack.value.notice).toContain('has to check');
    expect(pack.value.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test('a pack without form or sense is refused with its place', () => {
  const text = read('src/pricing/tax/packs/gb.json');
  const refusals = [
    '{',
    text.replace('"perMillion": 200000', '"perMillion": 0.2'),
    text.replace('"untilDate": "2011-01-03"', '"untilDate": "2011-01-04"'),
    text.replace('"taxClass": "reduced"', '"taxClass": "low"'),
    text.replace('"kind": "charge"', '"kind": "levy"'),
    text.replace('"kind": "charge"', '"kind": "levy", "authority": "nobody"'),
    text.replace('"kind": "charge"', '"kind": "deposit", "authority": "hmrc"'),
  ].map((spoilt) => parseTaxPack(spoilt, 'gb.json'));
  for (const refusal of refusals) {
    expect(refusal.ok).toBe(false);
    if (!refusal.ok) expect(refusal.problem[0]).toMatchObject({ code: 'TAX_PACK_INVALID', where: 'gb.json' });
  }
});
