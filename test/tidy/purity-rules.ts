/**
 * What code may not reach for: clocks, chance, the environment, promises in folders that must replay bit for bit, and
 * functions that engines round as they like in the folder that must give the same bits on every machine.
 */
import { isTest, patternCheck, sourceFolder } from './rule.ts';
import type { Rule } from './rule.ts';

const FREE_FOLDERS = new Set(['adapters', 'app']);
const PURE_FOLDERS = new Set([
  'base',
  'kernel',
  'domain',
  'access',
  'sensing',
  'fusion',
  'decision',
  'codes',
  'pricing',
  'payment',
  'receipts',
  'twin',
]);

function isInside(path: string): boolean {
  const folder = sourceFolder(path);
  return folder !== null && !FREE_FOLDERS.has(folder) && !isTest(path);
}

const OUTSIDE_WORLD =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\brandomUUID\b|\bprocess\.(?:env|hrtime)\b|\bconsole\.|\bperformance\.now\b/g;

export const noOutsideWorld: Rule = {
  name: 'no clock, chance, environment or console outside adapters and app',
  check: patternCheck(OUTSIDE_WORLD, (found) => `uses ${found}`, isInside),
  firesOn: [
    { 'src/engine/a.ts': 'export const a = Date.now();' },
    { 'src/base/a.ts': 'export const a = new Date();' },
    { 'src/base/a.ts': 'export const a = Math.random();' },
    { 'src/engine/a.ts': 'setTimeout(() => {}, 1);' },
    { 'src/engine/a.ts': 'setInterval(() => {}, 1);' },
    { 'src/domain/a.ts': 'export const a = crypto.randomUUID();' },
    { 'src/domain/a.ts': 'export const a = process.env.A;' },
    { 'src/fusion/a.ts': 'export const a = `${console.log(1)}`;' },
    { 'src/fusion/a.ts': 'export const a = performance.now();' },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': "// Date.now()\nexport const a = 'Math.random';\nexport const b = new Date(0);" },
    {
      'src/app/a.ts': 'console.log(1);',
      'src/adapters/x/a.ts': 'Date.now();',
      'bench/a.ts': 'performance.now();',
    },
  ],
};

const TEST_CLOCKS =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandomUUID\b|\bprocess\.hrtime\b|\bperformance\.now\b/g;

export const testsAreRepeatable: Rule = {
  name: 'no test reads a clock or unseeded chance',
  check: patternCheck(
    TEST_CLOCKS,
    (found) => `uses ${found} in a test`,
    (path) => isTest(path) || path.startsWith('test/'),
  ),
  firesOn: [
    { 'src/base/a.test.ts': 'Date.now();' },
    { 'test/builders/a.ts': 'export const a = Math.random();' },
    { 'test/a.test.ts': 'performance.now();' },
  ],
  staysQuietOn: [{ 'test/a.test.ts': 'new Date(0);', 'bench/a.ts': 'performance.now();' }],
};

export const pureFoldersAreSynchronous: Rule = {
  name: 'pure folders are synchronous',
  check: patternCheck(
    /\basync\b|\bawait\b|\bPromise\b|\bAsync(?:Iterable|Iterator|Generator)\w*\b|\bqueueMicrotask\b/g,
    (found) => `uses ${found} in a pure folder`,
    (path) => PURE_FOLDERS.has(sourceFolder(path) ?? '') && !isTest(path),
  ),
  firesOn: [
    { 'src/base/a.ts': 'export async function a(): Promise<void> {}' },
    { 'src/domain/a.ts': 'export type A = Promise<number>;' },
    { 'src/fusion/a.ts': 'export interface A { all(): AsyncIterable<number> }' },
    { 'src/sensing/a.ts': 'await 1;' },
  ],
  staysQuietOn: [
    { 'src/base/a.ts': '/** No Promise here. */\nexport const a = 1;' },
    { 'src/engine/a.ts': 'export async function a(): Promise<void> {}' },
  ],
};

const SAME_BITS_FILES = new Set(['src/base/exact-math.ts', 'src/base/random.ts', 'src/domain/geometry.ts']);

/** `Math` but for what is exact, and powers. */
const INEXACT =
  /\bMath\b(?!\.(?:abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2)\b)(?:\.\w+)?|\*\*/g;

export const twinHasExactMath: Rule = {
  name: 'the twin uses no function whose last bit an engine may choose',
  check: patternCheck(
    INEXACT,
    (found) => `uses ${found}, whose last bits engines may choose`,
    (path) => (path.startsWith('src/twin/') && !isTest(path)) || SAME_BITS_FILES.has(path),
  ),
  firesOn: [
    { 'src/twin/a/a.ts': 'export const a = Math.hypot(3, 4);' },
    { 'src/twin/a/a.ts': 'const { sin } = Math;' },
    { 'src/twin/a/a.ts': "export const a = Math['exp'](1);" },
    { 'src/twin/a/a.ts': 'export const a = (x: number): number => x ** 0.5;' },
    { 'src/twin/a/a.ts': 'export const a = (x: number): number => 2 ** x;' },
    { 'src/twin/a/a.ts': 'export const a = 1.2 ** 3;' },
    { 'src/twin/a/a.ts': 'export const a = 2 ** 32;' },
    { 'src/base/exact-math.ts': 'export const a = Math.log1p(0.1);' },
    { 'src/domain/geometry.ts': 'export const a = Math.atan2(1, 2);' },
  ],
  staysQuietOn: [
    {
      'src/twin/a/a.ts': '/** Math.sin */\nexport const a = Math.sqrt(Math.PI) + Math.floor(4_294_967_296);',
    },
    { 'src/twin/a/a.test.ts': 'Math.hypot(3, 4);', 'src/fusion/a.ts': 'export const a = Math.log(2) ** 2;' },
  ],
};
