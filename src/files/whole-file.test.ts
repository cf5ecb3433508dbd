/**
 * What is at the place after a failure, a kill or a power cut at any step. Failures and kills happen on the real disk;
 * power cuts on one that keeps apart what was written from what is durable.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SYSTEM_DISK } from './disk.ts';
import type { Disk, DiskFile } from './disk.ts';
import { WholeFile, writeWholeFile } from './index.ts';

const OLD = 'the old file';
const NEW = 'the new file, which is longer';
/** create, write, sync, close, rename, sync of the directory. */
const STEPS = [0, 1, 2, 3, 4, 5];

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

/** The disk with `before` asked at every step, in order; `before` may refuse or never answer. */
function watched(disk: Disk, before: (step: number) => Promise<void>): Disk {
  let step = 0;
  const then = async <Done>(work: () => Promise<Done>): Promise<Done> => {
    await before(step++);
    return work();
  };
  const watchedFile = (file: DiskFile): DiskFile => ({
    write: (bytes) => then(() => file.write(bytes)),
    sync: () => then(() => file.sync()),
    close: () => then(() => file.close()),
  });
  return {
    create: (path) =>
      then(async () => {
        const file = await disk.create(path);
        // A process that ends closes its files, and a simulated end does not.
        onTestFinished(() => file.close().catch(() => undefined));
        return watchedFile(file);
      }),
    rename: (names) => then(() => disk.rename(names)),
    remove: (path) => disk.remove(path),
    syncDirectory: (path) => then(() => disk.syncDirectory(path)),
  };
}

test('a file takes the place of another, and nothing else is left', async () => {
  const directory = directoryWith({ 'a.txt': OLD });
  await writeWholeFile(join(directory, 'a.txt'), NEW);
  expect(readdirSync(directory)).toEqual(['a.txt']);
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe(NEW);
});

test('bytes and texts stand in the order in which they were appended', async () => {
  const directory = directoryWith({});
  const file = await WholeFile.create(join(directory, 'a.txt'));
  await file.appendText('é');
  await file.append(new Uint8Array([65, 66]));
  expect(file.byteCount).toBe(4);
  const long = 'x'.repeat(1 << 20);
  await file.appendText(long);
  await file.appendText('end');
  await file.commit();
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe(`éAB${long}end`);
});

test.each(STEPS)('a failure at step %i leaves one whole file and no other', async (failing) => {
  const directory = directoryWith({ 'a.txt': OLD });
  const disk = watched(SYSTEM_DISK, async (step) => {
    if (step === failing) throw new Error('the disk refuses');
  });
  await expect(writeWholeFile(join(directory, 'a.txt'), NEW, disk)).rejects.toThrow('the disk refuses');
  expect(readdirSync(directory)).toEqual(['a.txt']);
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe(failing < 5 ? OLD : NEW);
});

test.each(STEPS)(
  'a process that ends at step %i leaves one whole file, and the next can write',
  async (last) => {
    const directory = directoryWith({ 'a.txt': OLD });
    const path = join(directory, 'a.txt');
    await new Promise<void>((resolve) => {
      const disk = watched(SYSTEM_DISK, async (step) => {
        if (step < last) return;
        resolve();
        // Nothing more is done, as when the process is gone.
        await new Promise(() => undefined);
      });
      void writeWholeFile(path, NEW, disk);
    });
    expect(readFileSync(path, 'utf8')).toBe(last < 5 ? OLD : NEW);
    const others = readdirSync(directory).filter((name) => name !== 'a.txt');
    expect(others.every((name) => name.endsWith('.part'))).toBe(true);
    // The same process number, as after a restart of a container: the leftover is not written into.
    await writeWholeFile(path, 'the third file');
    expect(readFileSync(path, 'utf8')).toBe('the third file');
    expect(readdirSync(directory)).toEqual(['a.txt', ...others]);
  },
);

test('two writers of one place do not mix: the last to commit is there, whole', async () => {
  const directory = directoryWith({});
  const path = join(directory, 'a.txt');
  const [one, other] = [await WholeFile.create(path), await WholeFile.create(path)];
  await other.append(new Uint8Array([66]));
  await one.append(new Uint8Array([65, 65]));
  await other.commit();
  await one.commit();
  expect(readFileSync(path, 'utf8')).toBe('AA');
  expect(readdirSync(directory)).toEqual(['a.txt']);
});

test('after it was abandoned nothing can be appended, and what has its place stays', async () => {
  const directory = directoryWith({});
  const gone = await WholeFile.create(join(directory, 'gone.txt'));
  await gone.abandon();
  await expect(gone.appendText('x')).rejects.toThrow('FILE_NOT_OPEN');
  await expect(gone.commit()).rejects.toThrow('FILE_NOT_OPEN');
  const placed = await WholeFile.create(join(directory, 'placed.txt'));
  await placed.commit();
  await placed.abandon();
  expect(readdirSync(directory)).toEqual(['placed.txt']);
});

interface Written {
  bytes: number[];
  durableCount: number;
}

/** A disk on which only what was synced is sure to outlive a power cut: names and contents each by themselves. */
class Volatile implements Disk {
  /** Every change of a name since the last sync of the directory, in order. */
  private changes: ((names: Map<string, Written>) => void)[] = [];
  private durableNames: Map<string, Written>;

  constructor(files: Readonly<Record<string, string>>) {
    const written = Object.entries(files).map(([name, text]): [string, Written] => {
      const bytes = [...new TextEncoder().encode(text)];
      return [name, { bytes, durableCount: bytes.length }];
    });
    this.durableNames = new Map(written);
  }

  async create(path: string): Promise<DiskFile> {
    const written: Written = { bytes: [], durableCount: 0 };
    this.changes.push((names) => names.set(path, written));
    return {
      write: async (bytes) => void written.bytes.push(...bytes),
      sync: async () => void (written.durableCount = written.bytes.length),
      close: async () => undefined,
    };
  }

  async rename({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    this.changes.push((names) => {
      const written = names.get(from);
      if (written) names.set(to, written);
      names.delete(from);
    });
  }

  async remove(path: string): Promise<void> {
    this.changes.push((names) => names.delete(path));
  }

  async syncDirectory(): Promise<void> {
    for (const change of this.changes.splice(0)) change(this.durableNames);
  }

  /** Every text that may be found at `path`: any number of changes made it to the disk, any share of the bytes. */
  possibleTexts(path: string): Set<string | null> {
    const texts = new Set<string | null>();
    for (let made = 0; made <= this.changes.length; made++) {
      const names = new Map(this.durableNames);
      for (const change of this.changes.slice(0, made)) change(names);
      const found = names.get(path);
      if (!found) texts.add(null);
      for (let count = found?.durableCount ?? Infinity; count <= (found?.bytes.length ?? 0); count++)
        texts.add(new TextDecoder().decode(new Uint8Array(found!.bytes.slice(0, count))));
    }
    return texts;
  }
}

test.each(STEPS)('a power cut before step %i leaves the old file or the new one', async (cutAt) => {
  const disk = new Volatile({ 'a.txt': OLD });
  await new Promise<void>((resolve) => {
    const cut = watched(disk, async (step) => {
      if (step < cutAt) return;
      resolve();
      await new Promise(() => undefined);
    });
    void writeWholeFile('a.txt', NEW, cut);
  });
  // Until the directory is synced the rename may or may not have come to pass.
  expect([...disk.possibleTexts('a.txt')]).toEqual(cutAt < 5 ? [OLD] : [OLD, NEW]);
});

test('a power cut after a commit changes nothing', async () => {
  const disk = new Volatile({ 'a.txt': OLD });
  const files = [await WholeFile.create('a.txt', disk), await WholeFile.create('b.txt', disk)];
  for (const file of files) await file.appendText(NEW);
  await WholeFile.commitAll(files);
  expect([...disk.possibleTexts('a.txt')]).toEqual([NEW]);
  expect([...disk.possibleTexts('b.txt')]).toEqual([NEW]);
});

test('of files that belong together none takes its place before all are durable', async () => {
  const disk = new Volatile({});
  const refusing: Disk = {
    create: async (path) => ({
      ...(await disk.create(path)),
      sync: async () => {
        throw new Error('no room');
      },
    }),
    rename: (names) => disk.rename(names),
    remove: (path) => disk.remove(path),
    syncDirectory: () => disk.syncDirectory(),
  };
  const files = [await WholeFile.create('a.txt', disk), await WholeFile.create('b.txt', refusing)];
  for (const file of files) await file.appendText(NEW);
  await expect(WholeFile.commitAll(files)).rejects.toThrow('no room');
  for (const file of files) await file.abandon();
  await disk.syncDirectory();
  expect([...disk.possibleTexts('a.txt')]).toEqual([null]);
  expect([...disk.possibleTexts('b.txt')]).toEqual([null]);
});
