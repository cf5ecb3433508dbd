/**
 * The one place that knows the database: how it has to be set so that a commit is durable, and what happens when it
 * fails. Everything here blocks the thread, a commit for as long as the disk takes to sync.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { StoreLogFailure } from '../../engine/index.ts';
import { asLogFailure, isSyncFailure } from './sqlite-failure.ts';

/** Another process holds the file only while it commits, or takes the log over. */
const LOCK_WAIT_MS = 2000;
/** A log beside the database that one large batch blew up is cut back to this. */
const WAL_BYTES_KEPT = 16 << 20;

/** Makes the names in a directory durable. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function makeDirectoryOf(path: string): void {
  const directory = dirname(path);
  const firstMade = mkdirSync(directory, { recursive: true });
  if (firstMade === undefined) return;
  const top = dirname(firstMade);
  for (let each = directory; ; each = dirname(each)) {
    syncDirectory(each);
    if (each === top) return;
  }
}

export class LogDatabase {
  readonly path: string;
  readonly database: DatabaseSync;
  private isUntrusted = false;

  private constructor(path: string, database: DatabaseSync) {
    this.path = path;
    this.database = database;
  }

  /** @throws StoreLogFailure, or the system's error where the directory cannot be made. */
  static open(given: string): LogDatabase {
    const path = resolve(given);
    makeDirectoryOf(path);
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
      const opened = new LogDatabase(path, database);
      opened.makeDurable();
      return opened;
    } catch (error) {
      database?.close();
      throw asLogFailure(error, path);
    }
  }

  prepare(sql: string): StatementSync {
    return this.reading(() => this.database.prepare(sql));
  }

  /** All of `work` or nothing of it, durable when it returns. @throws StoreLogFailure */
  transaction<Value>(work: () => Value): Value {
    return this.reading(() => {
      try {
        this.database.exec('BEGIN IMMEDIATE');
        const value = work();
        this.database.exec('COMMIT');
        return value;
      } catch (error) {
        this.isUntrusted ||= isSyncFailure(error);
        this.rollBack();
        throw error;
      }
    });
  }

  /** @throws StoreLogFailure */
  reading<Value>(work: () => Value): Value {
    const where = this.path;
    if (!this.database.isOpen) throw new StoreLogFailure('STORE_LOG_CLOSED', { where, what: 'it is closed' });
    const what = 'the disk lost what it was given; open the log again';
    if (this.isUntrusted) throw new StoreLogFailure('STORE_LOG_UNREACHABLE', { where, what });
    try {
      return work();
    } catch (error) {
      throw asLogFailure(error, where);
    }
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  /** SQLite rolls some failures back by itself. */
  private rollBack(): void {
    try {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
    } catch {
      // The disk fails here too: what is half-written has no end mark, and counts as never written.
      this.isUntrusted = true;
    }
  }

  private makeDurable(): void {
    const mode = this.database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    this.database.exec(`PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`);
    // macOS has a sync that reaches the disk, and one that does not; elsewhere this changes nothing.
    this.database.exec('PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1');
    const level = this.database.prepare('PRAGMA synchronous').get()?.['synchronous'];
    if (mode === 'wal' && level === 2) return;
    const what = `journal mode ${String(mode)} and synchronous ${String(level)} instead of wal and 2`;
    throw new StoreLogFailure('STORE_LOG_UNFIT', { where: this.path, what });
  }
}
