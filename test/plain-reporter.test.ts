/** The reporter is run by a real test run over a small folder of tests that pass, fail, skip and do not load. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const CONFIG = `
import { PlainReporter } from ${JSON.stringify(`${root}scripts/plain-reporter.ts`)};
export default { test: { include: ['*.test.ts'], reporters: ['default', new PlainReporter()] } };
`;

function runTests(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillfree-reporter-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'vitest.config.mjs'), CONFIG);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    return execFileSync(process.execPath, [vitest, 'run', '--root', folder], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    // A run with failures ends with code 1; what it printed is what we want.
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PASSES = "import { test } from 'vitest';\ntest('passes', () => {});\n";
const SKIPS =
  "import { test } from 'vitest';\ntest('needs a lamp', ({ skip }) => skip('there is no lamp'));\n";
const FAILS = "import { test } from 'vitest';\ntest('fails', () => { throw new Error('no'); });\n";

test('the last line counts, and every skipped test tells why', () => {
  const lines = runTests({ 'a.test.ts': PASSES, 'b.test.ts': SKIPS }).trimEnd().split('\n');
  expect(lines.slice(-2)).toEqual([
    'skipped: b.test.ts > needs a lamp: there is no lamp',
    '1 passed, 0 failed, 1 skipped',
  ]);
});

test('a failed test and a file that cannot be loaded are failures', () => {
  const output = runTests({ 'a.test.ts': PASSES, 'b.test.ts': FAILS, 'c.test.ts': "import './missing.ts';" });
  expect(output.trimEnd().split('\n').at(-1)).toBe('1 passed, 2 failed, 0 skipped');
});
