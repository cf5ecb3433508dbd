/**
 * The few things a file needs of a disk, one by one: what is written, what is durable and under which name are three
 * questions, and a test has to be able to pull the plug between any two of them.
 */
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

export interface DiskFile {
  /** Resolves once the system has all bytes; they are not durable yet. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes what was written durable. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Every call rejects with the system's error. */
export interface Disk {
  /** Rejects with EEXIST where something has that name. */
  create(path: string): Promise<DiskFile>;
  /** What has the name `to` is replaced in one step. */
  rename(names: { readonly from: string; readonly to: string }): Promise<void>;
  /** Nothing of that name is fine too. */
  remove(path: string): Promise<void>;
  /** Makes the names in a directory durable, where the system can. */
  syncDirectory(path: string): Promise<void>;
}

/** What systems say that cannot open a directory, or cannot sync one: there is no more to be done on these. */
const NO_DIRECTORY_SYNC = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF']);

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let start = 0;
  while (start < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, start, bytes.length - start);
    start += bytesWritten;
  }
}

async function syncDirectory(path: string): Promise<void> {
  let directory: FileHandle | null = null;
  try {
    directory = await open(path, 'r');
    await directory.sync();
  } catch (error) {
    if (!NO_DIRECTORY_SYNC.has(String((error as NodeJS.ErrnoException).code))) throw error;
  } finally {
    await directory?.close();
  }
}

export const SYSTEM_DISK: Disk = {
  create: async (path) => {
    const handle = await open(path, 'wx');
    return {
      write: (bytes) => writeAll(handle, bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  rename: ({ from, to }) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  syncDirectory,
};
