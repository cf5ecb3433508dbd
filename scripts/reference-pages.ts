/**
 * The pages of docs/reference that are written from the code: what the code says about itself cannot go stale. Problem
 * codes and assertions are found by reading the syntax, not by running the files, so a page needs no working program.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'acorn';
import { format } from 'prettier';
import type { Options } from 'prettier';
import { APPLICATION_IDENTIFIERS, fixedValueLength } from '../src/codes/index.ts';
import type { ApplicationIdentifier } from '../src/codes/index.ts';
import { GLOSSARY } from '../src/domain/index.ts';
import type { GlossaryEntry } from '../src/domain/index.ts';
import { AUDIT_FINDINGS } from '../src/twin/index.ts';
import { readRepository, visitNodes } from '../test/tidy/index.ts';
import type { Repository } from '../test/tidy/index.ts';

export interface ReferencePage {
  readonly path: string;
  readonly text: string;
}

interface FoundCode {
  readonly code: string;
  readonly path: string;
  readonly meaning: string;
}

const WRITTEN_BY =
  '<!-- Written by `npm run docs:reference` from the code; change the code, not this page. -->';

/** A property of a syntax node, whatever kind the node is. */
function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null
    ? (node as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The text of a literal, of a template without holes, or of such texts added up. */
function literalText(node: unknown): string | null {
  const type = field(node, 'type');
  if (type === 'Literal') {
    const value = field(node, 'value');
    return typeof value === 'string' ? value : null;
  }
  if (type === 'BinaryExpression') {
    const left = literalText(field(node, 'left'));
    const right = literalText(field(node, 'right'));
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function problemCodesIn(node: Node, path: string): FoundCode[] {
  const name = field(field(node, 'id'), 'name');
  if (node.type !== 'VariableDeclarator' || typeof name !== 'string' || !name.endsWith('_PROBLEM_CODES'))
    return [];
  return listOf(field(field(node, 'init'), 'properties')).flatMap((property) => {
    const key = field(property, 'key');
    const code = field(key, 'name') ?? field(key, 'value');
    const meaning = literalText(field(property, 'value'));
    return typeof code === 'string' && meaning !== null ? [{ code, path, meaning }] : [];
  });
}

/** `{ code: 'X', …, remedy: … }`: a problem as it is told. */
function toldProblemIn(node: Node, path: string): FoundCode[] {
  if (node.type !== 'ObjectExpression') return [];
  const properties = listOf(field(node, 'properties'));
  const names = properties.map((property) => field(field(property, 'key'), 'name'));
  if (!names.includes('remedy')) return [];
  const code = literalText(field(properties[names.indexOf('code')], 'value'));
  return code === null ? [] : [{ code, path, meaning: '' }];
}

/** Codes that are told somewhere in src and stand in no table. */
export function untabledProblemCodes(repository: Repository): string[] {
  const tabled = new Set(foundIn(repository, problemCodesIn).map(({ code }) => code));
  const told = foundIn(repository, toldProblemIn).filter(({ code }) => !tabled.has(code));
  return told.map(({ code, path }) => `${path}: ${code}`);
}

const ASSERTING = new Set(['assert', 'present']);

function assertionIn(node: Node, path: string): FoundCode[] {
  const callee = field(field(node, 'callee'), 'name');
  const given = listOf(field(node, 'arguments'));
  const isAssertion = node.type === 'CallExpression' && typeof callee === 'string' && ASSERTING.has(callee);
  const isFailure = node.type === 'NewExpression' && callee === 'AssertionFailure';
  if (!isAssertion && !isFailure) return [];
  const code = literalText(given[isFailure ? 0 : 1]);
  return code === null ? [] : [{ code, path, meaning: '' }];
}

function foundIn(repository: Repository, find: (node: Node, path: string) => FoundCode[]): FoundCode[] {
  const found: FoundCode[] = [];
  for (const file of repository.codeFiles) {
    if (!file.path.startsWith('src/') || file.path.endsWith('.test.ts')) continue;
    visitNodes(file.tree, (node) => {
      found.push(...find(node, file.path));
    });
  }
  return found.toSorted((a, b) => (a.code === b.code ? compare(a.path, b.path) : compare(a.code, b.code)));
}

/** By code unit: the same order on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function link(path: string): string {
  return `[${path}](../../${path})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function errorsPage(repository: Repository): string {
  const problems = foundIn(repository, problemCodesIn);
  const assertions = Map.groupBy(foundIn(repository, assertionIn), (found) => found.code);
  return `# Errors

${WRITTEN_BY}

## Problems in data from outside

Reading goes on; the problem is counted and shown with what to do about it.

${table(
  ['code', 'meaning', 'told by'],
  problems.map(({ code, meaning, path }) => [`\`${code}\``, meaning, link(path)]),
)}

## What the auditor of a simulated run finds

\`tillfree twin run\` holds every receipt against what truly happened. A finding against the world is a bug of the
simulation, one against the system a broken contract; a judgement can be wrong where the evidence is thin.

${table(
  ['code', 'against', 'meaning'],
  Object.entries(AUDIT_FINDINGS).map(([code, [blame, meaning]]) => [`\`${code}\``, blame, meaning]),
)}

## Assertions

A programmer's error: the code is wrong, not the data. It stays on in production, and carries the facts it saw.

${table(
  ['code', 'stands in'],
  [...assertions].map(([code, found]) => [
    `\`${code}\``,
    [...new Set(found.map(({ path }) => link(path)))].join(', '),
  ]),
)}
`;
}

function glossaryPage(): string {
  const entries: [string, GlossaryEntry][] = Object.entries(GLOSSARY);
  return `# Glossary

${WRITTEN_BY}

One word per thing, one meaning per word, in code, API, screens and documents.

${table(
  ['word', 'meaning', 'lives in'],
  entries.map(([word, { meaning, home }]) => [
    `**${word}**`,
    meaning,
    home === null ? 'no code yet' : link(home),
  ]),
)}
`;
}

function applicationIdentifiersPage(): string {
  const rows = [...APPLICATION_IDENTIFIERS.values()].toSorted((a, b) => compare(a.ai, b.ai));
  const rangeOf = ({ ai, meaning }: ApplicationIdentifier): string =>
    hasDecimals(ai, meaning.kind) ? ai.slice(0, 3) : ai;
  const ranges = [...Map.groupBy(rows, rangeOf).values()];
  return `# Application identifiers

${WRITTEN_BY}

What an element string or a Digital Link of GS1 may carry here; anything else is refused. In a value, \`n\` is a digit,
\`x\` one of the 82 characters of GS1, \`y\` one of 39, \`z\` one of 64 or \`=\`; \`6\` is exactly six of them, \`..20\` one
to twenty, and what stands in brackets may be missing. The last digit of a range says how many decimals the value has.

${table(
  ['identifier', 'title', 'value', 'is read as', 'needs a separator'],
  ranges.map((range) => {
    const [first, last] = [range[0]!, range.at(-1)!];
    const { meaning } = first;
    return [
      first === last ? first.ai : `${first.ai}–${last.ai}`,
      first.title,
      `\`${first.form}\``,
      meaning.kind === 'measure' ? `measure in ${meaning.unit}` : meaning.kind,
      fixedValueLength(first.ai) === null ? 'yes' : 'no',
    ];
  }),
)}
`;
}

function hasDecimals(ai: string, kind: string): boolean {
  return ai.length === 4 && (kind === 'measure' || kind === 'money' || kind === 'percent');
}

export async function referencePages(root: string): Promise<ReferencePage[]> {
  const repository = readRepository(root);
  const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as Options;
  const drafts = [
    { path: 'docs/reference/glossary.md', text: glossaryPage() },
    { path: 'docs/reference/application-identifiers.md', text: applicationIdentifiersPage() },
    { path: 'docs/reference/errors.md', text: errorsPage(repository) },
  ];
  return Promise.all(
    drafts.map(async ({ path, text }) => ({
      path,
      text: await format(text, { ...options, parser: 'markdown' }),
    })),
  );
}
