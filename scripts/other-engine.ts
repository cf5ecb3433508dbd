/**
 * Tells the golden runs of the twin by another JavaScript engine and compares their hashes: same seed, same bytes on
 * every machine. `node scripts/other-engine.ts [command …]`; without one JavaScriptCore's `jsc -m` is tried
 * (Debian: libjavascriptcoregtk-4.0-bin). The engine has to read ES modules and to have `print`; it gets the same
 * files, their types taken out, and prints the lines that are hashed here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GOLDEN_RUNS } from '../test/twin/golden-runs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** All that the twin may import, and the runs. */
const FOLDERS = ['src/base', 'src/kernel', 'src/domain', 'src/twin', 'test/twin'];

const ENTRY = `
import { runTwin } from './src/twin/index.ts';
import { GOLDEN_RUNS } from './test/twin/golden-runs.ts';
import { outputLine } from './test/twin/output-line.ts';
const run = GOLDEN_RUNS[RUN_INDEX];
for (const output of runTwin(run.planOf(run.seed))) print(outputLine(output));
`;

/** The sources as plain modules under their own names: engines do not care for the ending. */
function writeModules(directory: string): void {
  for (const folder of FOLDERS) cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => each.endsWith('.ts'))) {
    const path = join(directory, name);
    writeFileSync(path, stripTypeScriptTypes(readFileSync(path, 'utf8')));
  }
}

/** SHA-256 of everything that the engine prints; null where it fails. */
async function hashBy(command: readonly string[], entry: string): Promise<string | null> {
  const child = spawn(command[0]!, [...command.slice(1), entry], { stdio: ['ignore', 'pipe', 'inherit'] });
  const hash = createHash('sha256');
  child.stdout.on('data', (chunk: Buffer) => hash.update(chunk));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return code === 0 ? hash.digest('hex') : null;
}

async function compare(command: readonly string[]): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-other-engine-'));
  let isSame = true;
  try {
    writeModules(directory);
    for (const [index, { name, sha256 }] of GOLDEN_RUNS.entries()) {
      const entry = join(directory, `run-${index}.js`);
      writeFileSync(entry, ENTRY.replace('RUN_INDEX', String(index)));
      const found = await hashBy(command, entry);
      isSame &&= found === sha256;
      console.log(`${found === sha256 ? 'same' : 'DIFFERENT'}  ${found ?? 'failed'}  ${name}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  return isSame;
}

const given = process.argv.slice(2);
const command = given.length > 0 ? given : ['jsc', '-m'];
if (spawnSync(command[0]!, ['--help']).error)
  console.log(`${command[0]} is not installed: nothing compared.`);
else process.exitCode = (await compare(command)) ? 0 : 1;
