/** The command line from the outside: arguments in, text and an exit code out; and recordings for it to read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { writeAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { writeMcapRecording } from '../../src/adapters/recordings-mcap/index.ts';
import { main } from '../../src/app/main.ts';
import type { DataProblem } from '../../src/domain/index.ts';
import { firstVisitScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording, ScriptedShopOptions } from '../builders/index.ts';

export interface Call {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function call(...args: readonly string[]): Promise<Call> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    isWatched: false,
  };
  const code = await main(args, terminal);
  return { code, out, err };
}

/** A directory that is gone when the test ends. */
export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-e2e-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function oneVisit(seed: number, options: ScriptedShopOptions = {}): ScriptedRecording {
  const shop = scriptedShop({ seed, fixtures: 2, shelvesPerFixture: 4, ...options });
  return scriptRecording(shop, firstVisitScript(shop), { seed });
}

const stop = (problem: DataProblem): never => {
  throw new Error(problem.what);
};

/** Writes the visit as AiFi's documents into a new directory `name` of `parent`. */
export async function writtenAsAifi(
  recording: ScriptedRecording,
  at: { readonly parent: string; readonly name: string },
): Promise<string> {
  const directory = join(at.parent, at.name);
  const written = await writeAifiRecording({ directory, recording, report: stop });
  return written.ok ? directory : stop(written.problem);
}

export async function writtenAsMcap(
  recording: ScriptedRecording,
  at: { readonly parent: string; readonly name: string },
): Promise<string> {
  const path = join(at.parent, `${at.name}.mcap`);
  const written = await writeMcapRecording({ path, recording, report: stop });
  return written.ok ? path : stop(written.problem);
}

/** The truth of a script, in the documented form. */
export function writeTruth(file: string, recording: ScriptedRecording): void {
  const receipts = recording.people.map((person) => ({
    targetId: person.trackIds[0],
    products: [...person.items].map(([barcode, quantity]) => ({ barcode, quantity })),
  }));
  writeFileSync(file, JSON.stringify({ format: 'tillfree-ground-truth', version: 1, receipts }));
}
