/** Our writer beside the library's, and what the library's reader, which viewers use, finds in growing chunks. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { McapIndexedReader, McapWriter } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { WholeFile } from '../../files/index.ts';
import { CHUNK_BYTES_MIN } from './chunk-size.ts';
import { McapFileWriter } from './mcap-file-writer.ts';
import { compressChunk, DECOMPRESSORS } from './recording-format.ts';

const HEADER = { profile: 'p', library: 'l' };
const METADATA = { name: 'm', metadata: new Map([['key', 'value']]) };
const ATTACHMENT = {
  name: 'a.json',
  logTime: 3n,
  createTime: 4n,
  mediaType: 'application/json',
  data: new Uint8Array(99).fill(7),
};
const CHANNELS = 40;

/** What both writers can do. */
interface AnyWriter {
  start(header: McapTypes.Header): Promise<void>;
  addMetadata(metadata: McapTypes.Metadata): Promise<void>;
  addAttachment(attachment: McapTypes.Attachment): Promise<void>;
  registerSchema(schema: Omit<McapTypes.Schema, 'id'>): number | Promise<number>;
  registerChannel(channel: Omit<McapTypes.Channel, 'id'>): number | Promise<number>;
  addMessage(message: McapTypes.Message): Promise<void>;
  end(): Promise<void>;
}

async function writeAll(writer: AnyWriter, messageCount: number): Promise<void> {
  const random = seededRandom(3);
  await writer.start(HEADER);
  await writer.addMetadata(METADATA);
  await writer.addAttachment(ATTACHMENT);
  const schema = { encoding: 'jsonschema', data: new Uint8Array([123, 125]) };
  const schemaIds = [
    await writer.registerSchema({ ...schema, name: 'one' }),
    await writer.registerSchema({ ...schema, name: 'other' }),
  ];
  const ids: number[] = [];
  for (let index = 0; index < messageCount; index++) {
    // Channels come up by and by, and one of two messages overtakes its neighbour.
    const about = { topic: `t${ids.length}`, schemaId: schemaIds[ids.length % 2]!, messageEncoding: 'json' };
    if (ids.length < CHANNELS && index % 3 === 0)
      ids.push(await writer.registerChannel({ ...about, metadata: new Map() }));
    await writer.addMessage({
      channelId: ids[random.below(ids.length)]!,
      sequence: index,
      logTime: BigInt(1000 + (index ^ 1)),
      publishTime: BigInt(index),
      data: new Uint8Array(20 + random.below(2000)).map(() => random.below(256)),
    });
  }
  await writer.end();
}

function temporaryPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'a.mcap');
}

async function oursOf(messageCount: number, fullAfter?: (packedBytes: number) => number): Promise<Buffer> {
  const path = temporaryPath();
  const file = await WholeFile.create(path);
  await writeAll(new McapFileWriter(file, fullAfter), messageCount);
  await file.commit();
  return readFileSync(path);
}

async function theirsOf(messageCount: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let byteCount = 0;
  const writable = {
    write: async (bytes: Uint8Array) => {
      parts.push(bytes);
      byteCount += bytes.byteLength;
    },
    position: () => BigInt(byteCount),
  };
  await writeAll(new McapWriter({ writable, chunkSize: CHUNK_BYTES_MIN, compressChunk }), messageCount);
  return Buffer.concat(parts);
}

/** 3,000 messages are three chunks. */
test.each([0, 1, 3000])('%i messages give the bytes that the writer of the library gives', async (count) => {
  expect((await oursOf(count)).equals(await theirsOf(count))).toBe(true);
});

test('in chunks that grow the reader of viewers finds every message, of all topics and of one', async () => {
  const bytes = await oursOf(3000, (packedBytes) => Math.max(10_000, packedBytes / 8));
  const readable = {
    size: async () => BigInt(bytes.length),
    read: async (offset: bigint, size: bigint) => bytes.subarray(Number(offset), Number(offset + size)),
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers: DECOMPRESSORS });
  const sizes = reader.chunkIndexes.map(({ uncompressedSize }) => Number(uncompressedSize));
  expect(Math.max(...sizes)).toBeGreaterThan(100_000);
  expect(sizes[0]).toBeLessThan(13_000);
  const times: bigint[] = [];
  let ofOneTopic = 0;
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    times.push(message.logTime);
    if (message.channelId === 5) ofOneTopic++;
  }
  expect(times).toEqual(Array.from({ length: 3000 }, (_, index) => BigInt(1000 + index)));
  let count = 0;
  for await (const { channelId } of reader.readMessages({ topics: ['t5'] })) {
    expect(channelId).toBe(5);
    count++;
  }
  expect(ofOneTopic).toBeGreaterThan(0);
  expect(count).toBe(ofOneTopic);
});

test('what is kept of a chunk are ten bytes for each of its channels', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heldBytes = (): number => {
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const file = await WholeFile.create(temporaryPath());
  const writer = new McapFileWriter(file, () => 20_000);
  await writer.start(HEADER);
  const about = { schemaId: 0, messageEncoding: 'json', metadata: new Map<string, string>() };
  for (let index = 0; index < 300; index++) writer.registerChannel({ ...about, topic: `t${index}` });
  const data = new Uint8Array(35);
  const startBytes = heldBytes();
  for (let index = 0; index < 300_000; index++) {
    const logTime = BigInt(index);
    await writer.addMessage({ channelId: index % 300, sequence: index, logTime, publishTime: 0n, data });
  }
  // A thousand chunks; as objects their index would be 20 MB.
  expect(heldBytes() - startBytes).toBeLessThan(7e6);
  await writer.end();
  await file.abandon();
});
