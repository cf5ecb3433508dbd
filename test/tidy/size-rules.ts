/** How long things may be: CONVENTIONS, 'Size'. */
import type { Node } from 'acorn';
import { isTest } from './rule.ts';
import type { Rule, Violation } from './rule.ts';
import type { CodeFile, Repository } from './repository.ts';

const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 70;
const PARAMETERS_MAX = 3;

interface FoundFunction {
  readonly line: number;
  readonly lineCount: number;
  readonly parameterCount: number;
}

const FUNCTION_KINDS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export function visitNodes(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) visitNodes(child, visit);
  }
}

function functionsOf(file: CodeFile): FoundFunction[] {
  const found: FoundFunction[] = [];
  visitNodes(file.tree, (node) => {
    if (!FUNCTION_KINDS.has(node.type) || !node.loc) return;
    const parameters = 'params' in node && Array.isArray(node.params) ? node.params : [];
    const { start, end } = node.loc;
    found.push({ line: start.line, lineCount: end.line - start.line + 1, parameterCount: parameters.length });
  });
  return found;
}

function lineCount(file: { readonly text: string }): number {
  return file.text.replace(/\n$/, '').split('\n').length;
}

const lines = (count: number): string => 'x();\n'.repeat(count);

export const fileSize: Rule = {
  name: `files of at most ${FILE_LINES_MAX} lines`,
  check: (repository) =>
    repository.codeFiles
      .filter((file) => lineCount(file) > FILE_LINES_MAX)
      .map((file) => ({ path: file.path, line: FILE_LINES_MAX + 1, what: `has ${lineCount(file)} lines` })),
  firesOn: [{ 'src/base/a.ts': lines(501) }],
  staysQuietOn: [{ 'src/base/a.ts': lines(500) }],
};

function functionViolations(
  repository: Repository,
  problem: (found: FoundFunction, path: string) => string | null,
): Violation[] {
  return repository.codeFiles.flatMap((file) =>
    functionsOf(file).flatMap((found) => {
      const what = problem(found, file.path);
      return what === null ? [] : [{ path: file.path, line: found.line, what }];
    }),
  );
}

export const functionSize: Rule = {
  name: `functions of at most ${FUNCTION_LINES_MAX} lines`,
  check: (repository) =>
    functionViolations(repository, (found) =>
      found.lineCount > FUNCTION_LINES_MAX ? `a function of ${found.lineCount} lines` : null,
    ),
  firesOn: [
    { 'src/base/a.ts': `export function a(): void {\n${lines(69)}}\n` },
    { 'src/base/a.ts': `export const a = (): void => {\n${lines(70)}};\n` },
    { 'src/base/a.ts': `export class A {\n  b(): void {\n${lines(70)}}\n}\n` },
  ],
  staysQuietOn: [{ 'src/base/a.ts': `export function a(): void {\n${lines(68)}}\n` }],
};

function isKernel(path: string): boolean {
  return path.startsWith('src/kernel/') || path.endsWith('-kernel.ts');
}

export const parameterCount: Rule = {
  name: `at most ${PARAMETERS_MAX} positional parameters`,
  check: (repository) =>
    functionViolations(repository, (found, path) =>
      found.parameterCount > PARAMETERS_MAX && !isKernel(path)
        ? `${found.parameterCount} positional parameters; use an options object`
        : null,
    ),
  firesOn: [
    { 'src/base/a.ts': 'export function a(b: number, c: string, d: Date, e = 1): void {}' },
    { 'src/base/a.ts': 'export class A { constructor(b: 1, c: 2, d: 3, e: 4) {} }' },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': 'export function a(b: number, c: string, d: Date): void {}' },
    { 'src/kernel/a.ts': 'export const a = (b: 1, c: 2, d: 3, e: 4): void => {};' },
  ],
};

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const DISTRIBUTION_LIMITS = [
  { of: 'files', share: 0.5, max: 120 },
  { of: 'files', share: 0.9, max: 300 },
  { of: 'functions', share: 0.5, max: 10 },
  { of: 'functions', share: 0.9, max: 40 },
] as const;

export const sizeDistribution: Rule = {
  name: 'most files and functions of src are small',
  check: (repository) => {
    const files = repository.codeFiles.filter((file) => file.path.startsWith('src/') && !isTest(file.path));
    const sizes = {
      files: files.map((file) => lineCount(file)),
      functions: files.flatMap((file) => functionsOf(file).map((found) => found.lineCount)),
    };
    return DISTRIBUTION_LIMITS.flatMap(({ of, share, max }) => {
      const seen = quantile(sizes[of], share);
      if (seen <= max) return [];
      return [
        { path: 'src', line: 1, what: `${share * 100} % of ${of} have up to ${seen} lines, not ${max}` },
      ];
    });
  },
  firesOn: [
    { 'src/base/a.ts': lines(121) },
    { 'src/base/a.ts': `export function a(): void {\n${lines(9)}}\n` },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': lines(120) },
    { 'src/base/a.test.ts': lines(400), 'test/a.ts': lines(400) },
  ],
};
