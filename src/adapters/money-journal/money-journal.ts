/**
 * A store's money events in one file that only grows: kept means written and synced. A line that a power cut tore off
 * was never acknowledged; it is cut away when the file is opened. One process writes at a time, held by a lock file.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem, StoreId } from '../../domain/index.ts';
import type { MoneyEvent } from '../../engine/index.ts';
import { eventLine, headerLine, readEventLine } from './journal-line.ts';
import type { JournalHeader } from './journal-line.ts';
import type { MoneyJournalProblemCode } from './problem-codes.ts';

export interface JournalPlace {
  readonly directory: string;
  readonly storeId: StoreId;
  readonly series: string;
}

const FILE = 'money.ndjson';
const LOCK = 'writer.lock';

const REMEDIES: Readonly<Record<MoneyJournalProblemCode, string>> = {
  MONEY_JOURNAL_IN_USE: 'Wait for the other process, or stop it.',
  MONEY_JOURNAL_OTHER: 'Name the directory of this store, or an empty one.',
  MONEY_JOURNAL_BROKEN: 'Take the file from a copy; nothing after this line can be trusted.',
  MONEY_JOURNAL_UNREADABLE: 'Check the path and its rights.',
};

interface JournalProblem {
  readonly code: MoneyJournalProblemCode;
  readonly where: string;
  readonly what: string;
}

class NotOpened extends Error {
  readonly problem: JournalProblem;

  constructor(problem: JournalProblem) {
    super(problem.what);
    this.problem = problem;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The lock of a process that is gone is taken over. */
async function lock(path: string): Promise<void> {
  for (const attempt of [1, 2]) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (attempt === 2 || (holder > 0 && isAlive(holder)))
        throw new NotOpened({
          code: 'MONEY_JOURNAL_IN_USE',
          where: path,
          what: `process ${holder} writes here`,
        });
      await rm(path, { force: true });
    }
  }
}

export class MoneyJournal {
  /** Bytes of a last line that was torn off, cut away at opening. */
  readonly tornByteCount: number;
  private readonly handle: FileHandle;
  private readonly lockPath: string;
  private position: number;
  private check: string;

  private constructor(
    files: { readonly handle: FileHandle; readonly lockPath: string },
    end: { readonly position: number; readonly check: string; readonly tornByteCount: number },
  ) {
    this.handle = files.handle;
    this.lockPath = files.lockPath;
    this.position = end.position;
    this.check = end.check;
    this.tornByteCount = end.tornByteCount;
  }

  /** Opens or begins the journal; `take` gets what it holds, in order. */
  static async open(
    place: JournalPlace,
    take: (event: MoneyEvent) => void,
  ): Promise<Result<MoneyJournal, DataProblem>> {
    const path = join(place.directory, FILE);
    const lockPath = join(place.directory, LOCK);
    let isLocked = false;
    let handle: FileHandle | null = null;
    try {
      await mkdir(place.directory, { recursive: true });
      await lock(lockPath);
      isLocked = true;
      handle = await open(path, 'a+');
      const header: JournalHeader = {
        format: 'tillfree-money',
        formatVersion: 1,
        storeId: place.storeId,
        series: place.series,
      };
      const end = await readAll({ path, handle, header }, take);
      return ok(new MoneyJournal({ handle, lockPath }, end));
    } catch (error) {
      await handle?.close();
      if (isLocked) await rm(lockPath, { force: true });
      const { code, where, what } =
        error instanceof NotOpened
          ? error.problem
          : {
              code: 'MONEY_JOURNAL_UNREADABLE' as const,
              where: path,
              what: error instanceof Error ? error.message : String(error),
            };
      return refused({ code, where, what, remedy: REMEDIES[code] });
    }
  }

  /** Resolves once the event is durable. */
  async append(event: MoneyEvent): Promise<void> {
    const { line, check } = eventLine(event, { position: this.position + 1, before: this.check });
    await this.handle.appendFile(`${line}\n`);
    await this.handle.datasync();
    this.position++;
    this.check = check;
  }

  async close(): Promise<void> {
    await this.handle.close();
    await rm(this.lockPath, { force: true });
  }
}

interface Opened {
  readonly path: string;
  readonly handle: FileHandle;
  readonly header: JournalHeader;
}

async function readAll(
  { path, handle, header }: Opened,
  take: (event: MoneyEvent) => void,
): Promise<{ position: number; check: string; tornByteCount: number }> {
  const first = headerLine(header);
  let lineNumber = 0;
  let position = 0;
  let check = first;
  const { rest, wholeByteCount } = await eachLine(path, (line) => {
    lineNumber++;
    const where = `${path}:${lineNumber}`;
    if (lineNumber === 1) {
      if (line === first) return;
      throw new NotOpened({ code: 'MONEY_JOURNAL_OTHER', where, what: 'it begins otherwise' });
    }
    const read = readEventLine(line, { position: position + 1, before: check });
    if (read === null)
      throw new NotOpened({ code: 'MONEY_JOURNAL_BROKEN', where, what: 'the line is not what was written' });
    position++;
    check = read.check;
    take(read.event);
  });
  if (rest > 0) await handle.truncate(wholeByteCount);
  if (lineNumber === 0) {
    await handle.appendFile(`${first}\n`);
    await handle.datasync();
  }
  return { position, check, tornByteCount: rest };
}

/** Every line that has its end; what is left is a line that was torn off. */
async function eachLine(
  path: string,
  take: (line: string) => void,
): Promise<{ readonly rest: number; readonly wholeByteCount: number }> {
  let left: Buffer = Buffer.alloc(0);
  let wholeByteCount = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      take(bytes.subarray(0, end).toString('utf8'));
      wholeByteCount += end + 1;
      bytes = bytes.subarray(end + 1);
    }
    left = bytes;
  }
  return { rest: left.length, wholeByteCount };
}
