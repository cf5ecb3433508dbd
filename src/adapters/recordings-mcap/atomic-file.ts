/**
 * A file that is there completely or not at all: written beside its place, synced, then renamed. A power cut leaves
 * either the old file or the new one, never half of one.
 */
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export class AtomicFile {
  private readonly path: string;
  private readonly temporaryPath: string;
  private readonly handle: FileHandle;
  private written = 0;

  private constructor(places: { readonly path: string; readonly temporaryPath: string }, handle: FileHandle) {
    this.path = places.path;
    this.temporaryPath = places.temporaryPath;
    this.handle = handle;
  }

  /** @throws the system's error where the directory cannot be written. */
  static async create(path: string): Promise<AtomicFile> {
    const temporaryPath = `${path}.${process.pid}.part`;
    return new AtomicFile({ path, temporaryPath }, await open(temporaryPath, 'w'));
  }

  position(): bigint {
    return BigInt(this.written);
  }

  async write(bytes: Uint8Array): Promise<void> {
    let start = 0;
    while (start < bytes.length) {
      const { bytesWritten } = await this.handle.write(bytes, start, bytes.length - start);
      start += bytesWritten;
    }
    this.written += bytes.length;
  }

  async commit(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(this.temporaryPath, this.path);
    // The rename itself is durable only once the directory is; some systems cannot sync a directory.
    const directory = await open(dirname(this.path), 'r').catch(() => null);
    await directory?.sync().catch(() => undefined);
    await directory?.close();
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.temporaryPath, { force: true });
  }
}
