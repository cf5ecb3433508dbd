import { expect, test } from 'vitest';
import { CHUNK_BYTES_MAX, CHUNK_BYTES_MIN, chunkBytesAfter } from './chunk-size.ts';

/** As `McapRecordBuilder` writes it: 84 bytes of a chunk, ten for each channel. */
const CHUNK_INDEX_BYTES = 84;
const CHANNEL_BYTES = 10;

function chunkCount(recordingBytes: number): number {
  let count = 0;
  for (let bytes = 0; bytes < recordingBytes; bytes += chunkBytesAfter(bytes)) count++;
  return count;
}

test('a small recording has small chunks, and none has larger ones than a reader can hold', () => {
  expect(chunkBytesAfter(0)).toBe(CHUNK_BYTES_MIN);
  expect(chunkCount(1 << 30)).toBe(1024);
  expect(chunkBytesAfter(1e15)).toBe(CHUNK_BYTES_MAX);
});

test('the index of a day of a supermarket stays below 100 MB', () => {
  const indexBytes = chunkCount(450e9) * (CHUNK_INDEX_BYTES + 300 * CHANNEL_BYTES);
  expect(indexBytes).toBeLessThan(60e6);
});
