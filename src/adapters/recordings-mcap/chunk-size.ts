/**
 * How much goes into one chunk. The format keeps an index record for every chunk until the end of the file, with ten
 * bytes for every channel in it, and viewers need both; so what an index takes is decided by how many chunks there are.
 * A recording below a gigabyte has chunks of a megabyte: little is held, and little is lost where it breaks off. From
 * there on chunks grow with the recording, a thousandth of it each, up to what a reader can be asked to hold. A day of a
 * supermarket (450 GB from 300 sources) makes 17,600 chunks and 54 MB of index; in chunks of one size it would be 430,000
 * and 1.3 GB.
 */

/** One second of a store of 306 plates. */
export const CHUNK_BYTES_MIN = 1 << 20;
/** Six seconds of a supermarket. A reader holds one chunk unpacked, and about as much again while it unpacks. */
export const CHUNK_BYTES_MAX = 1 << 25;
const CHUNKS_WHILE_GROWING = 1024;

/** Unpacked bytes at which a chunk is full, after so many unpacked bytes in the chunks before it. */
export function chunkBytesAfter(packedBytes: number): number {
  return Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, packedBytes / CHUNKS_WHILE_GROWING));
}
