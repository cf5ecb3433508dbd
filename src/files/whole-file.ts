/**
 * A file that is there completely or not at all. It is written beside its place, synced, renamed, and the directory is
 * synced: after a power cut at any moment the place holds the old file or the new one, and once `commit` has resolved,
 * the new one. A process that is killed leaves a file whose name ends in `.part`, which nothing reads; it may be
 * deleted. Nothing is queued without bound: who appends waits until the system has taken it.
 */
import { dirname } from 'node:path';
import { assert } from '../base/index.ts';
import { SYSTEM_DISK } from './disk.ts';
import type { Disk, DiskFile } from './disk.ts';

/** Short texts are gathered up to this length. */
const GATHERED_CHARACTERS_MAX = 1 << 20;
/** Leftovers under this process's number, and files it is writing to the same place just now. */
const NEIGHBOURS_MAX = 100;
const UTF8 = new TextEncoder();

interface Place {
  readonly path: string;
  readonly temporaryPath: string;
}

/** A name that nobody has: two writers of one place must not write into each other. */
async function createBeside(path: string, disk: Disk): Promise<[Place, DiskFile]> {
  for (let neighbour = 0; ; neighbour++) {
    const mark = neighbour === 0 ? '' : `-${neighbour}`;
    const temporaryPath = `${path}.${process.pid}${mark}.part`;
    try {
      return [{ path, temporaryPath }, await disk.create(temporaryPath)];
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (!isTaken || neighbour >= NEIGHBOURS_MAX) throw error;
    }
  }
}

export class WholeFile {
  private readonly place: Place;
  private readonly disk: Disk;
  private readonly file: DiskFile;
  private state: 'open' | 'sealed' | 'placed' | 'abandoned' = 'open';
  private texts: string[] = [];
  private gatheredCharacters = 0;
  private writtenBytes = 0;

  private constructor(place: Place, file: DiskFile, disk: Disk) {
    this.place = place;
    this.file = file;
    this.disk = disk;
  }

  /** @throws the system's error where the directory cannot be written. */
  static async create(path: string, disk: Disk = SYSTEM_DISK): Promise<WholeFile> {
    const [place, file] = await createBeside(path, disk);
    return new WholeFile(place, file, disk);
  }

  /**
   * All of them, as near to at once as files can be: everything is durable before the first of them takes its place.
   * @throws the system's error; those that have not taken their place can still be abandoned.
   */
  static async commitAll(files: readonly WholeFile[]): Promise<void> {
    for (const file of files) await file.seal();
    for (const file of files) await file.takePlace();
    const directories = new Map(files.map(({ place, disk }) => [dirname(place.path), disk]));
    for (const [directory, disk] of directories) await disk.syncDirectory(directory);
  }

  /** Bytes appended so far, those of gathered texts apart. */
  get byteCount(): number {
    return this.writtenBytes;
  }

  /** @throws the system's error, as where the disk is full. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.flush();
    await this.write(bytes);
  }

  /** @throws the system's error, as where the disk is full; perhaps only at a later text, or at the end. */
  async appendText(text: string): Promise<void> {
    assert(this.state === 'open', 'FILE_NOT_OPEN', { state: this.state });
    this.texts.push(text);
    this.gatheredCharacters += text.length;
    if (this.gatheredCharacters >= GATHERED_CHARACTERS_MAX) await this.flush();
  }

  /** @throws the system's error. */
  async commit(): Promise<void> {
    await WholeFile.commitAll([this]);
  }

  /** Leaves what was there before. Never throws: a temporary file that cannot be removed is not taken for a result. */
  async abandon(): Promise<void> {
    const { state } = this;
    if (state === 'placed' || state === 'abandoned') return;
    this.state = 'abandoned';
    if (state === 'open') await this.file.close().catch(() => undefined);
    await this.disk.remove(this.place.temporaryPath).catch(() => undefined);
  }

  private async flush(): Promise<void> {
    if (this.texts.length === 0) return;
    const text = this.texts.join('');
    this.texts = [];
    this.gatheredCharacters = 0;
    await this.write(UTF8.encode(text));
  }

  private async write(bytes: Uint8Array): Promise<void> {
    assert(this.state === 'open', 'FILE_NOT_OPEN', { state: this.state });
    await this.file.write(bytes);
    this.writtenBytes += bytes.length;
  }

  private async seal(): Promise<void> {
    assert(this.state === 'open', 'FILE_NOT_OPEN', { state: this.state });
    await this.flush();
    await this.file.sync();
    await this.file.close();
    this.state = 'sealed';
  }

  private async takePlace(): Promise<void> {
    await this.disk.rename({ from: this.place.temporaryPath, to: this.place.path });
    this.state = 'placed';
  }
}

/**
 * Writes one text.
 * @throws the system's error; what was there before is then unchanged.
 */
export async function writeWholeFile(path: string, text: string, disk: Disk = SYSTEM_DISK): Promise<void> {
  const file = await WholeFile.create(path, disk);
  try {
    await file.appendText(text);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}
