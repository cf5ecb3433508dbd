/** Bytes of a file by position, for readers that jump: at most one read at a time, nothing held. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Nothing that belongs to a recording is larger; a damaged length must not exhaust memory. */
const READ_BYTES_MAX = 1n << 28n;

export class SeekableFile {
  readonly byteCount: number;
  private readonly handle: FileHandle;

  private constructor(handle: FileHandle, byteCount: number) {
    this.handle = handle;
    this.byteCount = byteCount;
  }

  /** @throws the system's error where the file cannot be opened. */
  static async open(path: string): Promise<SeekableFile> {
    const handle = await open(path, 'r');
    const stat = await handle.stat();
    if (stat.isFile()) return new SeekableFile(handle, stat.size);
    await handle.close();
    throw new Error('it is not a file');
  }

  async size(): Promise<bigint> {
    return BigInt(this.byteCount);
  }

  /** @throws RangeError where the file does not hold these bytes, or they are more than a recording ever needs. */
  async read(offset: bigint, byteCount: bigint): Promise<Uint8Array> {
    if (offset < 0n || byteCount < 0n || offset + byteCount > BigInt(this.byteCount))
      throw new RangeError(`the file ends before byte ${offset + byteCount}`);
    if (byteCount > READ_BYTES_MAX)
      throw new RangeError(`${byteCount} bytes are more than one record may have`);
    const bytes = new Uint8Array(Number(byteCount));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.handle.read(
        bytes,
        filled,
        bytes.length - filled,
        Number(offset) + filled,
      );
      if (bytesRead === 0) throw new RangeError(`the file ends before byte ${offset + byteCount}`);
      filled += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
