/** What the type checker would let pass and the house does not. */
import { patternCheck } from './rule.ts';
import type { Rule } from './rule.ts';
import type { Repository } from './repository.ts';

const everywhere = (): boolean => true;

export const noAny: Rule = {
  name: 'no any',
  check: patternCheck(/(?<![.\w$])any\b(?!\s*[:(])/g, () => 'uses the type any', everywhere),
  firesOn: [
    { 'src/base/a.ts': 'export const a: any = 1;' },
    { 'src/base/a.ts': 'export const a = 1 as any;' },
    { 'test/a.ts': 'export type A = Record<string, any>;' },
    { 'test/a.ts': 'export function a(b: any[]): void {}' },
    { 'test/a.ts': 'export interface A {\n  // it is\n  a: any;\n}' },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': "// any\nexport const a = 'any';\nexport const b = expect.any(Number);" },
    { 'src/base/a.ts': '/** any: any */\nexport interface A {\n  /** for any b */\n  b: 1; // : any\n}' },
  ],
};

export const noEnums: Rule = {
  name: 'no enums: string-literal unions',
  check: patternCheck(/\benum\s+\w+\s*\{/g, (found) => `declares ${found}`, everywhere),
  // The type stripper refuses a real enum before this rule can; a declared one is the kind that passes it.
  firesOn: [
    { 'src/base/a.ts': 'declare enum A {\n  b,\n}' },
    { 'src/base/a.ts': 'declare const enum A { b }' },
  ],
  staysQuietOn: [{ 'src/base/a.ts': "// enum A {\nexport type A = 'enum B {';" }],
};

export const noDefaultExports: Rule = {
  name: 'named exports only',
  check: patternCheck(
    /^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas\s+default\b/gm,
    () => 'has a default export',
    everywhere,
  ),
  firesOn: [
    { 'src/base/a.ts': 'export default 1;' },
    { 'src/base/a.ts': 'const a = 1;\nexport { a as default };' },
    { 'src/base/a.ts': 'export default function a(): void {}' },
  ],
  staysQuietOn: [{ 'src/base/a.ts': '// export default\nexport const a = 1;' }],
};

export const starsOnlyInDoors: Rule = {
  name: 'export * only in index files',
  check: patternCheck(
    /\bexport\s+(?:type\s+)?\*/g,
    () => 'exports * outside an index file',
    (path) => !path.endsWith('/index.ts'),
  ),
  firesOn: [
    { 'src/base/a.ts': "export * from './b.ts';" },
    { 'src/base/a.ts': "export type * from './b.ts';" },
  ],
  staysQuietOn: [{ 'src/base/index.ts': "export * from './b.ts';" }],
};

function brandsOf(repository: Repository): ReadonlyMap<string, string> {
  return new Map(
    repository.codeFiles.flatMap((file) =>
      [...file.code.matchAll(/\btype\s+(\w+)\s*=\s*Brand</g)].map((match) => [match[1]!, file.path] as const),
    ),
  );
}

export const brandsAreChecked: Rule = {
  name: 'only the file that declares a brand casts to it',
  check: (repository) => {
    const brands = brandsOf(repository);
    return repository.codeFiles.flatMap((file) =>
      [...file.code.matchAll(/\bas\s+(?:unknown\s+as\s+)?(\w+)/g)].flatMap((match) => {
        const home = brands.get(match[1]!);
        if (home === undefined || home === file.path || isInImport(file.code, match.index)) return [];
        const line = file.code.slice(0, match.index).split('\n').length;
        return [{ path: file.path, line, what: `casts to ${match[1]}; use its constructor in ${home}` }];
      }),
    );
  },
  firesOn: [
    {
      'src/domain/ids.ts': "export type PlateId = Brand<string, 'PlateId'>;",
      'src/fusion/a.ts': "export const a = 'x' as PlateId;",
    },
    {
      'src/base/units.ts': "export type Grams = Brand<number, 'Grams'>;",
      'test/a.test.ts': 'export const a = 1 as unknown as Grams;',
    },
  ],
  staysQuietOn: [
    {
      'src/domain/ids.ts':
        "export type PlateId = Brand<string, 'PlateId'>;\nexport const a = 'x' as PlateId;",
      'src/fusion/a.ts': "import type { Id as PlateId } from './b.ts';\nexport const a = [1] as const;",
    },
  ],
};

/** `import { a as B }` renames; it casts nothing. */
function isInImport(code: string, position: number): boolean {
  const statement = code.slice(code.lastIndexOf(';', position) + 1, position);
  return /^\s*(?:import|export)\s+(?:type\s+)?\{[^}]*$/.test(statement);
}
