/** Who may import whom: DESIGN's house, downwards only, each folder through its door. */
import { isTest, sourceFolder } from './rule.ts';
import type { Rule, Violation } from './rule.ts';
import type { CodeFile, Repository } from './repository.ts';

const PORTS_AND_WORDS = ['base', 'files', 'domain', 'access', 'payment', 'receipts', 'contract', 'engine'];

/** Folders of src that each folder may import, itself apart. */
const ALLOWED_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  files: ['base'],
  kernel: ['base'],
  domain: ['base'],
  access: ['base', 'domain'],
  sensing: ['base', 'kernel', 'domain'],
  fusion: ['base', 'kernel', 'domain'],
  decision: ['base', 'kernel', 'domain'],
  codes: ['base', 'domain'],
  pricing: ['base', 'domain'],
  payment: ['base', 'domain'],
  receipts: ['base', 'domain', 'pricing', 'payment'],
  engine: [
    'base',
    'kernel',
    'domain',
    'access',
    'sensing',
    'fusion',
    'decision',
    'pricing',
    'payment',
    'receipts',
    'contract',
  ],
  contract: ['base', 'domain'],
  adapters: PORTS_AND_WORDS,
  twin: ['base', 'kernel', 'domain'],
};
/** The composition root joins everything. */
const ALLOWED_EVERYTHING = new Set(['app']);
const PACKAGES_ANYWHERE = new Set(['adapters', 'app']);
const PACKAGES_BY_FOLDER: Readonly<Record<string, readonly string[]>> = {
  access: ['node:crypto'],
  receipts: ['node:crypto', 'canonicalize'],
  contract: ['zod'],
  files: ['node:fs/promises', 'node:path'],
};

function packageAllowed(folder: string, specifier: string): boolean {
  return PACKAGES_ANYWHERE.has(folder) || (PACKAGES_BY_FOLDER[folder] ?? []).includes(specifier);
}

function adapterName(path: string): string | null {
  return /^src\/adapters\/([^/]+)\//.exec(path)?.[1] ?? null;
}

function importProblem(file: CodeFile, targetPath: string | null, specifier: string): string | null {
  const folder = sourceFolder(file.path);
  if (folder === null || isTest(file.path) || ALLOWED_EVERYTHING.has(folder)) return null;
  const allowed = ALLOWED_FOLDERS[folder];
  if (!allowed) return `folder src/${folder} is not in the table of allowed imports`;
  if (targetPath === null)
    return packageAllowed(folder, specifier) ? null : `${folder} may not import the package ${specifier}`;
  const target = sourceFolder(targetPath);
  if (target === null) return `src may not import ${targetPath}`;
  if (target === folder) {
    const own = adapterName(file.path);
    if (folder !== 'adapters' || own === null || own === adapterName(targetPath)) return null;
    return `adapter ${own} may not import another adapter: ${targetPath}`;
  }
  return allowed.includes(target) ? null : `${folder} may not import ${target}`;
}

export const allowedImports: Rule = {
  name: 'imports go only downwards',
  check: (repository) =>
    repository.codeFiles.flatMap((file) =>
      file.imports.flatMap(({ specifier, targetPath, line }) => {
        const what = importProblem(file, targetPath, specifier);
        return what === null ? [] : [{ path: file.path, line, what }];
      }),
    ),
  firesOn: [
    { 'src/base/a.ts': "import type { X } from '../domain/index.ts';" },
    { 'src/fusion/a.ts': "import { x } from '../sensing/index.ts';" },
    { 'src/domain/a.ts': "import { readFileSync } from 'node:fs';" },
    { 'src/engine/a.ts': "import { z } from 'zod';" },
    { 'src/files/a.ts': "import { z } from 'zod';" },
    { 'src/files/a.ts': "import { x } from '../domain/index.ts';" },
    { 'src/engine/a.ts': "import { x } from '../files/index.ts';" },
    { 'src/payment/a.ts': "import { x } from '../engine/index.ts';" },
    { 'src/access/a.ts': "import { x } from '../receipts/index.ts';" },
    { 'src/access/a.ts': "import { x } from 'jose';" },
    { 'src/adapters/mqtt/a.ts': "import { x } from '../http/index.ts';" },
    { 'src/engine/a.ts': "export { x } from '../adapters/http/index.ts';" },
    { 'src/novelty/a.ts': "import { x } from '../base/index.ts';" },
    { 'src/base/a.ts': "export type T = import('../domain/index.ts').X;" },
    { 'src/twin/a.ts': "import {\n  x,\n} from '../builders/index.ts';" },
  ],
  staysQuietOn: [
    { 'src/sensing/a.ts': "import { x } from '../kernel/index.ts';" },
    { 'src/contract/a.ts': "import { z } from 'zod';" },
    { 'src/files/a.ts': "import { open } from 'node:fs/promises';" },
    { 'src/adapters/mqtt/a.ts': "import { x } from '../../files/index.ts';" },
    { 'src/base/a.test.ts': "import { test } from 'vitest';" },
    { 'src/adapters/mqtt/a.ts': "import { x } from './b.ts';\nimport 'node:fs';" },
    { 'src/adapters/stripe/a.ts': "import type { X } from '../../payment/index.ts';" },
    { 'src/base/a.ts': "// import { x } from '../domain/index.ts';\nexport const text = `\nimport 'x'`;" },
  ],
};

const FOLDERS_WITHOUT_DOOR = new Set(['src/app']);

/** The outermost folder around the target that has a door and that the importer is not in. */
function doorFor(file: CodeFile, targetPath: string, repository: Repository): string | null {
  const folders = targetPath.split('/').slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth++) {
    const folder = folders.slice(0, depth).join('/');
    if (file.path.startsWith(`${folder}/`) || FOLDERS_WITHOUT_DOOR.has(folder)) continue;
    const isModule = /^src\/[^/]+$/.test(folder) && folder !== 'src/adapters';
    if (isModule || repository.paths.has(`${folder}/index.ts`)) return `${folder}/index.ts`;
  }
  return null;
}

export const throughTheDoor: Rule = {
  name: 'folders are entered through their index.ts',
  check: (repository) =>
    repository.codeFiles.flatMap((file) =>
      file.imports.flatMap(({ targetPath, line }) => {
        if (targetPath === null) return [];
        const door = doorFor(file, targetPath, repository);
        if (door === null || door === targetPath) return [];
        return [{ path: file.path, line, what: `imports ${targetPath} past ${door}` }];
      }),
    ),
  firesOn: [
    { 'src/domain/a.ts': "import { x } from '../base/result.ts';" },
    { 'test/a.test.ts': "import { x } from '../src/base/result.ts';" },
    { 'test/a.test.ts': "import { x } from './builders/b.ts';", 'test/builders/index.ts': '' },
  ],
  staysQuietOn: [
    { 'src/domain/a.ts': "import { x } from '../base/index.ts';" },
    { 'src/domain/a.test.ts': "import { x } from './a.ts';", 'src/domain/index.ts': '' },
    { 'bin/a.js': "import { x } from '../src/app/main.ts';" },
  ],
};

/** Files of each ring, by a depth-first walk that keeps the way it came. */
function findRings(repository: Repository): string[][] {
  const byPath = new Map(repository.codeFiles.map((file) => [file.path, file]));
  const done = new Set<string>();
  const rings: string[][] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(path);
    if (seenAt >= 0) rings.push(way.slice(seenAt));
    if (seenAt >= 0 || done.has(path)) return;
    const targets = byPath.get(path)?.imports ?? [];
    for (const { targetPath } of targets) if (targetPath !== null) visit(targetPath, [...way, path]);
    done.add(path);
  };
  for (const path of byPath.keys()) visit(path, []);
  return rings;
}

export const noRings: Rule = {
  name: 'no import rings',
  check: (repository) =>
    findRings(repository).map((ring) => ({
      path: ring[0]!,
      line: 1,
      what: `imports itself: ${[...ring, ring[0]].join(' → ')}`,
    })),
  firesOn: [
    { 'src/base/a.ts': "import type { B } from './b.ts';", 'src/base/b.ts': "import { a } from './a.ts';" },
    { 'src/base/a.ts': "export * from './a.ts';" },
  ],
  staysQuietOn: [
    {
      'src/base/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/base/b.ts': "import './c.ts';",
      'src/base/c.ts': '',
    },
  ],
};

const ENTRY_POINT = /^(bench|scripts|examples|bin)\/|\.test\.ts$|^[^/]+\.config\.ts$|^test\/setup\.ts$/;

/** Doors that package.json opens to others, and the files its scripts and bin start. */
function packageEntries(repository: Repository): string {
  return repository.texts.find((file) => file.path === 'package.json')?.text ?? '';
}

export const everyFileIsUsed: Rule = {
  name: 'every file is imported by something that is not its test',
  check: (repository) => {
    const entries = packageEntries(repository);
    const imported = new Set(
      repository.codeFiles
        .filter((file) => !(sourceFolder(file.path) !== null && isTest(file.path)))
        .flatMap((file) => file.imports.map(({ targetPath }) => targetPath)),
    );
    return repository.codeFiles
      .filter((file) => !imported.has(file.path) && !ENTRY_POINT.test(file.path))
      .filter((file) => !entries.includes(`"./${file.path}"`))
      .map((file): Violation => ({ path: file.path, line: 1, what: 'is never imported' }));
  },
  firesOn: [
    { 'src/base/a.ts': '' },
    { 'src/base/a.ts': '', 'src/base/a.test.ts': "import './a.ts';" },
    { 'src/base/index.ts': '', 'package.json': '{}' },
  ],
  staysQuietOn: [
    { 'src/base/index.ts': '', 'package.json': '{"exports": {"./base": "./src/base/index.ts"}}' },
    { 'bin/a.js': "await import('../src/app/main.ts');", 'src/app/main.ts': '' },
    { 'bench/run.ts': '', 'vitest.config.ts': '' },
  ],
};
