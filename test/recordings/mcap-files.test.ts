/** Our MCAP files are valid by the format's own reader; whole, broken off, damaged and foreign ones can be read. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { McapIndexedReader, McapWriter } from '@mcap/core';
import { describe, expect, test } from 'vitest';
import { MCAP_PROBLEM_CODES, writeMcapRecording } from '../../src/adapters/recordings-mcap/index.ts';
import { observationText, storeDocumentText } from '../../src/contract/index.ts';
import type { DataProblem, Observation, StoreModel } from '../../src/domain/index.ts';
import { codesOf, temporaryDirectory } from './aifi-directory.ts';
import {
  damage,
  observationsOf,
  readMcap,
  smallFile,
  smallStore,
  START_MS,
  strictRecords,
} from './small-recording.ts';

/** Enough for several chunks. */
const BATCHES = 3000;

describe('a file of ours', () => {
  test('is valid by the format, and says what is in it', async () => {
    const { path, observations } = await smallFile(BATCHES);
    const records = strictRecords(path);
    const ofType = (type: string) => records.filter((record) => record.type === type);
    expect(ofType('Message')).toHaveLength(observations.length);
    expect(ofType('Chunk').length).toBeGreaterThan(2);
    expect(ofType('Chunk')).toContainEqual(expect.objectContaining({ compression: 'zstd' }));
    expect(ofType('Attachment')).toMatchObject([{ name: 'store.json', mediaType: 'application/json' }]);
    expect(ofType('Metadata')).toMatchObject([{ name: 'tillfree.recording' }]);
    expect(ofType('Header')).toMatchObject([{ profile: 'tillfree', library: 'tillfree' }]);
    expect(readdirSync(dirname(path))).toEqual(['small.mcap']);
  });

  test('has a channel per source, with schema and times', async () => {
    const { path, store } = await smallFile(2);
    const records = strictRecords(path);
    const channels = new Map(
      records.filter((record) => record.type === 'Channel').map((channel) => [channel.topic, channel]),
    );
    const root = `tillfree/${store.layout.storeId}`;
    expect([...channels.keys()].toSorted()).toEqual([
      `${root}/plates/1`,
      `${root}/plates/2`,
      `${root}/tracks`,
    ]);
    const schemas = records.filter((record) => record.type === 'Schema');
    expect(new Set(schemas.map((schema) => schema.name))).toEqual(
      new Set(['tillfree.PlateBatch', 'tillfree.TrackFrame']),
    );
    expect(schemas.every((schema) => schema.encoding === 'jsonschema')).toBe(true);
    const first = records.find((record) => record.type === 'Message');
    expect(first).toMatchObject({
      sequence: 0,
      logTime: BigInt(START_MS + 10) * 1_000_000n,
      publishTime: BigInt(START_MS) * 1_000_000n,
    });
    const body = JSON.parse(
      new TextDecoder().decode(first?.type === 'Message' ? first.data : undefined),
    ) as object;
    expect(body).toMatchObject({
      source: 'plates/1',
      meanGrams: expect.arrayContaining([expect.any(Number)]),
    });
  });

  test('uses only types in its schemas that viewers know', async () => {
    const { path } = await smallFile(1);
    const known = new Set(['boolean', 'string', 'number', 'integer', 'object', 'array']);
    const visit = (schema: Record<string, unknown>): void => {
      expect(known).toContain(schema.type);
      expect(schema).not.toHaveProperty('anyOf');
      if (schema.items) visit(schema.items as Record<string, unknown>);
      for (const field of Object.values(schema.properties ?? {})) visit(field as Record<string, unknown>);
    };
    for (const record of strictRecords(path))
      if (record.type === 'Schema')
        visit(JSON.parse(new TextDecoder().decode(record.data)) as Record<string, unknown>);
  });
});

describe('writing and reading', () => {
  test('a file gives back its observations, span and name', async () => {
    const { path, observations } = await smallFile(BATCHES);
    const read = await readMcap(path);
    expect(read.problems).toEqual([]);
    expect(read.observations).toEqual(observations);
    expect(read.recording).toMatchObject({
      name: 'small',
      span: { startsAtMs: START_MS + 10, endsAtMs: START_MS + 10 + (BATCHES - 1) * 200 },
    });
  });

  test('a recording may be empty', async () => {
    const { path } = await smallFile(0);
    expect(await readMcap(path)).toMatchObject({ observations: [], problems: [], recording: { span: null } });
  });

  test('a file is there completely or not at all', async () => {
    const { path } = await smallFile(3);
    const before = readFileSync(path);
    const store = await smallStore();
    const observations = function* (): Generator<Observation> {
      yield* observationsOf(store, 2);
      throw new Error('the source broke');
    };
    const written = await writeMcapRecording({
      path,
      recording: { store, observations },
      report: () => undefined,
    });
    expect(written).toMatchObject({ ok: false, problem: { code: 'MCAP_NOT_WRITTEN' } });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['small.mcap']);
  });

  test('a coordinate that is not finite cannot be held: the observation is reported', async () => {
    const store = await smallStore();
    const [, , frame] = [...observationsOf(store, 1)];
    if (frame?.kind !== 'tracks') throw new Error('the third observation is a frame');
    const head = { x: NaN, y: 0, z: 0, confidence: 1 };
    const bad: Observation = { ...frame, people: [{ ...frame.people[0]!, parts: { head } }] };
    const problems: DataProblem[] = [];
    const path = join(temporaryDirectory(), 'a.mcap');
    const recording = { store, observations: () => [bad, frame] };
    const written = await writeMcapRecording({
      path,
      recording,
      report: (problem) => problems.push(problem),
    });
    expect(written).toMatchObject({ ok: true, value: { observationCount: 1 } });
    expect(codesOf(problems)).toEqual(['MCAP_OBSERVATION_NOT_FINITE']);
  });
});

describe('a damaged file', () => {
  test.each([0.3, 0.6, 0.95])('that breaks off after %f gives what is there', async (share) => {
    const { path, observations } = await smallFile(BATCHES);
    damage(path, (bytes) => bytes.subarray(0, Math.floor(bytes.length * share)));
    const read = await readMcap(path);
    expect(codesOf(read.problems)).toEqual(['RECORDING_TRUNCATED']);
    expect(read.observations.length).toBeGreaterThan(observations.length * (share - 0.3));
    expect(read.observations).toEqual(observations.slice(0, read.observations.length));
  });

  test('without its last bytes still gives everything', async () => {
    const { path, observations } = await smallFile(BATCHES);
    damage(path, (bytes) => bytes.subarray(0, bytes.length - 4));
    const read = await readMcap(path);
    expect(read.observations).toEqual(observations);
    expect(codesOf(read.problems)).toEqual(['RECORDING_TRUNCATED']);
  });

  test.each(['whole', 'without summary'])('with a damaged chunk loses that chunk (%s)', async (kind) => {
    const { path, observations } = await smallFile(BATCHES);
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(readFileSync(path).length),
        read: async (offset, size) => readFileSync(path).subarray(Number(offset), Number(offset + size)),
      },
    });
    const [, second] = reader.chunkIndexes;
    const counts = reader.chunkIndexes.length;
    damage(path, (bytes) => {
      const middle = Number(second!.chunkStartOffset) + Math.floor(Number(second!.chunkLength) / 2);
      bytes[middle]! ^= 0x55;
      return kind === 'whole' ? bytes : bytes.subarray(0, bytes.length - 4);
    });
    const read = await readMcap(path);
    expect(codesOf(read.problems)).toEqual([
      'MCAP_CHUNK_CORRUPT',
      ...(kind === 'whole' ? [] : ['RECORDING_TRUNCATED']),
    ]);
    expect(read.observations.length).toBeGreaterThan(observations.length * (1 - 2 / counts));
    expect(read.observations.length).toBeLessThan(observations.length);
    expect(read.observations.at(-1)).toEqual(observations.at(-1));
  });

  test('that is no MCAP file, has no store, or is not there is refused', async () => {
    const directory = temporaryDirectory();
    const text = join(directory, 'text.mcap');
    writeFileSync(text, 'not a recording');
    const empty = join(directory, 'empty.mcap');
    writeFileSync(empty, '');
    const { path: beheaded } = await smallFile(1);
    damage(beheaded, (bytes) => bytes.subarray(0, 60));
    for (const [path, code] of [
      [text, 'MCAP_NOT_MCAP'],
      [empty, 'MCAP_NOT_MCAP'],
      [beheaded, 'MCAP_STORE_MISSING'],
      [join(directory, 'nowhere.mcap'), 'MCAP_PATH_MISSING'],
      [directory, 'MCAP_PATH_MISSING'],
    ] as const) {
      const { refusal } = await readMcap(path);
      expect(refusal).toMatchObject({ code, where: expect.stringContaining(path) });
      expect(Object.keys(MCAP_PROBLEM_CODES)).toContain(code);
    }
  });
});

interface ForeignOptions {
  readonly observations: readonly Observation[];
  readonly store: StoreModel;
  readonly useChunks?: boolean;
  readonly chunkSize?: number;
  readonly storeText?: string;
  readonly extra?: (writer: McapWriter) => Promise<void>;
}

/** A file as another program could write it: other chunks, no summary, other channels beside ours. */
async function foreignFile(options: ForeignOptions): Promise<string> {
  const path = join(temporaryDirectory(), 'foreign.mcap');
  const parts: Uint8Array[] = [];
  let written = 0;
  const writable = {
    write: async (bytes: Uint8Array) => {
      parts.push(new Uint8Array(bytes));
      written += bytes.length;
    },
    position: () => BigInt(written),
  };
  const isBare = options.useChunks === false;
  const writer = new McapWriter({
    writable,
    useChunks: !isBare,
    useSummaryOffsets: !isBare,
    useStatistics: !isBare,
    repeatChannels: !isBare,
    repeatSchemas: !isBare,
    useAttachmentIndex: !isBare,
    useMetadataIndex: !isBare,
    useChunkIndex: !isBare,
    chunkSize: options.chunkSize ?? 1 << 20,
  });
  await writer.start();
  const data = new TextEncoder().encode(options.storeText ?? storeDocumentText(options.store));
  await writer.addAttachment({
    name: 'store.json',
    logTime: 0n,
    createTime: 0n,
    mediaType: 'application/json',
    data,
  });
  const channelIds = new Map<string, number>();
  for (const name of ['tillfree.PlateBatch', 'tillfree.TrackFrame', 'other.Video']) {
    const schemaId = await writer.registerSchema({ name, encoding: 'jsonschema', data: new Uint8Array() });
    const channel = { schemaId, topic: name, messageEncoding: 'json', metadata: new Map() };
    channelIds.set(name, await writer.registerChannel(channel));
  }
  const add = async (name: string, logTime: bigint, text: string) => {
    const channelId = channelIds.get(name)!;
    await writer.addMessage({
      channelId,
      sequence: 0,
      logTime,
      publishTime: 0n,
      data: new TextEncoder().encode(text),
    });
  };
  for (const observation of options.observations) {
    const name = observation.kind === 'plates' ? 'tillfree.PlateBatch' : 'tillfree.TrackFrame';
    await add(name, BigInt(observation.receivedAtMs) * 1_000_000n, observationText(observation));
  }
  await add('other.Video', 1n, 'not ours');
  await add('tillfree.TrackFrame', BigInt(START_MS) * 1_000_000n, '{"source": "tracks"}');
  await options.extra?.(writer);
  await writer.end();
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

describe('a foreign file', () => {
  const byArrival = (observations: readonly Observation[]) =>
    observations.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);

  test.each([{ useChunks: false }, { chunkSize: 4000 }])('is read in order of time: %o', async (layout) => {
    const store = await smallStore();
    const observations = [...observationsOf(store, 40)];
    // Chunks that overlap in time: the second half was written first.
    const shuffled = [...observations.slice(60), ...observations.slice(0, 60)];
    const read = await readMcap(await foreignFile({ store, observations: shuffled, ...layout }));
    expect(read.observations).toEqual(byArrival(observations));
    expect(codesOf(read.problems)).toEqual(['MCAP_MESSAGE_MALFORMED']);
    expect(read.problems[0]?.what).toContain('sequence');
  });

  test('with plates of another store loses those', async () => {
    const store = await smallStore();
    const [first] = [...observationsOf(store, 1)];
    if (first?.kind !== 'plates') throw new Error('the first observation is a batch');
    const stranger = { ...first, fixtureId: 'elsewhere' as typeof first.fixtureId };
    const short = { ...first, sampleCount: 1, samplesGrams: new Float32Array(5) };
    const read = await readMcap(await foreignFile({ store, observations: [stranger, short, first] }));
    expect(read.observations).toEqual([first]);
    expect(codesOf(read.problems)).toEqual([
      'MCAP_MESSAGE_MALFORMED',
      'MCAP_FIXTURE_UNKNOWN',
      'MCAP_FIXTURE_UNKNOWN',
    ]);
  });

  test.each(['{', '{}', '{"formatVersion": 2}'])('with the store %s is refused', async (storeText) => {
    const path = await foreignFile({ store: await smallStore(), observations: [], storeText });
    expect((await readMcap(path)).refusal).toMatchObject({ code: 'MCAP_STORE_UNREADABLE' });
  });
});
