/** File systems of a test's own: a small one in memory that fills up, and one in a file that can be copied as it is. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

function run(program: string, given: readonly string[]): void {
  const done = spawnSync(program, given, { encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${program} ${given.join(' ')}: ${done.error?.message ?? done.stderr}`);
}

const UNMOUNT_ATTEMPTS = 30;

interface Mounted {
  readonly directory: string;
  unmount(): void;
}

/** A process that has just ended may still hold it for a moment. */
function unmountPatiently(directory: string): void {
  for (let attempt = 1; attempt < UNMOUNT_ATTEMPTS; attempt++) {
    if (spawnSync('umount', [directory]).status === 0) return;
    spawnSync('sleep', ['0.1']);
  }
  run('umount', [directory]);
}

function mount(given: readonly string[], directory: string): Mounted {
  mkdirSync(directory);
  run('mount', [...given, directory]);
  let isMounted = true;
  const unmount = (): void => {
    if (isMounted) unmountPatiently(directory);
    isMounted = false;
  };
  return { directory, unmount };
}

/** Where file systems are mounted in this test; what was made is unmounted and gone when it ends. */
function room(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-mounts-'));
  // A server of another user may have its files here.
  chmodSync(directory, 0o755);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function memory(directory: string, megabytes: number): Mounted {
  return mount(['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs'], directory);
}

function makeImage(path: string, megabytes: number): void {
  writeFileSync(path, '');
  truncateSync(path, megabytes << 20);
  run('mkfs.ext4', ['-q', '-F', path]);
}

/** What cannot be done here; null where it can. */
function obstacle(attempt: (directory: string) => Mounted): string | null {
  if (process.platform !== 'linux') return 'only Linux has the file systems for it';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-mounts-'));
  try {
    attempt(directory).unmount();
    return null;
  } catch {
    return 'no file system may be mounted here';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Null where a file system in memory can be mounted. */
export const memoryAbsentReason = obstacle((directory) => memory(join(directory, 'disk'), 1));

/** Null where a file can be mounted as a disk. */
export const imageAbsentReason = obstacle((directory) => {
  makeImage(join(directory, 'image'), 4);
  return mount(['-o', 'loop', join(directory, 'image')], join(directory, 'disk'));
});

export function memoryDisk(megabytes: number): string {
  const { directory, unmount } = memory(join(room(), 'disk'), megabytes);
  onTestFinished(unmount);
  return directory;
}

export interface ImageDisk {
  readonly directory: string;
  /**
   * The disk as it would be found after a power cut now: what the file system has not written yet is missing, for it
   * is in its cache and not in the file.
   */
  copyAsCut(): void;
  /** Takes the disk away and puts the copy in its place; the directory of the copy. */
  mountCopy(): string;
}

/** @param under where the file is to lie; on a disk that is smaller it fails in the midst of writing. */
export function imageDisk(megabytes: number, under: string | null = null): ImageDisk {
  const place = room();
  const [image, copy] = [join(under ?? place, 'image'), join(place, 'copy')];
  makeImage(image, megabytes);
  // The journal is written when something is synced, and not by itself while the copy is made.
  const original = mount(['-o', 'loop,commit=300', image], join(place, 'disk'));
  onTestFinished(original.unmount);
  return {
    directory: original.directory,
    copyAsCut: () => run('cp', ['--sparse=always', image, copy]),
    mountCopy: () => {
      original.unmount();
      const mounted = mount(['-o', 'loop', copy], join(place, 'copied-disk'));
      onTestFinished(mounted.unmount);
      return mounted.directory;
    },
  };
}
