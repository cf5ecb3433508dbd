/** A text file written line by line beside its place, synced, then renamed: it is there completely or not at all. */
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const FLUSH_CHARACTERS = 1 << 20;

export class LineFile {
  private readonly path: string;
  private readonly temporaryPath: string;
  private readonly handle: FileHandle;
  private lines: string[] = [];
  private waiting = 0;

  private constructor(places: { readonly path: string; readonly temporaryPath: string }, handle: FileHandle) {
    this.path = places.path;
    this.temporaryPath = places.temporaryPath;
    this.handle = handle;
  }

  /** @throws the system's error where the directory cannot be written. */
  static async create(path: string): Promise<LineFile> {
    const temporaryPath = `${path}.${process.pid}.part`;
    return new LineFile({ path, temporaryPath }, await open(temporaryPath, 'w'));
  }

  async add(text: string): Promise<void> {
    this.lines.push(text);
    this.waiting += text.length;
    if (this.waiting >= FLUSH_CHARACTERS) await this.flush();
  }

  private async flush(): Promise<void> {
    await this.handle.appendFile(this.lines.join(''));
    this.lines = [];
    this.waiting = 0;
  }

  async commit(): Promise<void> {
    await this.flush();
    await this.handle.sync();
    await this.handle.close();
    await rename(this.temporaryPath, this.path);
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.temporaryPath, { force: true });
  }
}
