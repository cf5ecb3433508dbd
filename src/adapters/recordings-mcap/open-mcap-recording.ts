/**
 * A recording in one MCAP file. Chunks are read one at a time in the order of their first message; where chunks
 * overlap in time, messages wait for those that are older, so what is held is as much as overlaps: nothing in a file
 * of ours. A chunk that is damaged is reported and costs its own messages only. Channels of other schemas are passed
 * over, so that a file may hold video or logs beside the recording.
 */
import { hasMcapPrefix, MCAP_MAGIC } from '@mcap/core';
import { basename, resolve } from 'node:path';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { parseObservation, parseStoreDocument } from '../../contract/index.ts';
import type { StoreRead } from '../../contract/index.ts';
import type { DataProblem, Observation, ObservationKind, StoreLayout } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { readIndex } from './mcap-index.ts';
import type { Extent, McapIndex } from './mcap-index.ts';
import { kindOfSchema, msFromNs, STORE_ATTACHMENT } from './recording-format.ts';
import { readFragment } from './record-fragments.ts';
import type { Dictionary, Message } from './record-fragments.ts';
import { SeekableFile } from './seekable-file.ts';

type Report = (problem: DataProblem) => void;

export interface McapRecordingOptions {
  readonly path: string;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const REMEDY_COPY = 'Copy the file again from where it was recorded; what can be read is used.';

function compareNs(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function readExtent(file: SeekableFile, extent: Extent, dictionary: Dictionary) {
  try {
    return readFragment(await file.read(extent.offset, extent.byteCount), dictionary);
  } catch (error) {
    return { messages: [], broken: error instanceof Error ? error.message : String(error) };
  }
}

interface WaitingMessage {
  readonly message: Message;
  readonly extentOffset: bigint;
}

/** All messages by time; equal times in the order of the file. */
async function* messagesInOrder(
  file: SeekableFile,
  index: McapIndex,
  report: Report,
): AsyncGenerator<Message> {
  const extents = index.extents.toSorted((a, b) => compareNs(a.startNs, b.startNs));
  let waiting: WaitingMessage[] = [];
  for (const [position, extent] of extents.entries()) {
    const { messages, broken } = await readExtent(file, extent, index.dictionary);
    if (broken !== null) {
      const what = `the chunk cannot be read: ${broken}`;
      report({ code: 'MCAP_CHUNK_CORRUPT', where: `byte ${extent.offset}`, what, remedy: REMEDY_COPY });
    }
    // Sorting is stable, so messages of one moment in one chunk keep the order of the chunk.
    waiting = [...waiting, ...messages.map((message) => ({ message, extentOffset: extent.offset }))].sort(
      (a, b) => compareNs(a.message.logTime, b.message.logTime) || compareNs(a.extentOffset, b.extentOffset),
    );
    const nextStartNs = extents[position + 1]?.startNs;
    let readyCount = 0;
    for (const { message } of waiting) {
      // A message of the very moment at which the next chunk begins may have to stand behind one of that chunk.
      if (nextStartNs !== undefined && message.logTime >= nextStartNs) break;
      yield message;
      readyCount++;
    }
    waiting = waiting.slice(readyCount);
  }
}

function misfit(observation: Observation, layout: StoreLayout): string | null {
  if (observation.kind !== 'plates') return null;
  const fixture = layout.fixtureById.get(observation.fixtureId);
  if (!fixture) return `fixture ${observation.fixtureId} is not in the store`;
  const expected = fixture.plates.length * observation.sampleCount;
  if (observation.samplesGrams.length === expected) return null;
  return `fixture ${observation.fixtureId} has ${fixture.plates.length} plates, the message has ${observation.samplesGrams.length} samples for ${observation.sampleCount} moments`;
}

function decode(message: Message, kind: ObservationKind): Result<Observation, string> {
  try {
    return parseObservation(kind, UTF8.decode(message.data));
  } catch (error) {
    if (error instanceof TypeError) return refused('the message is not UTF-8');
    throw error;
  }
}

async function* observationsOf(
  path: string,
  read: { readonly index: McapIndex; readonly layout: StoreLayout },
  report: Report,
): AsyncGenerator<Observation> {
  const { index, layout } = read;
  const name = basename(path);
  const reportHere: Report = (problem) => report({ ...problem, where: `${name} ${problem.where}` });
  const remedy = 'Repair what sends this; the message is left out.';
  const file = await SeekableFile.open(path);
  try {
    for await (const message of messagesInOrder(file, index, reportHere)) {
      const kind = kindOfSchema(index.dictionary.schemaNameOf(message.channelId));
      if (!kind) continue;
      const where = `${index.dictionary.topicOf(message.channelId)}:${message.sequence}`;
      const observation = decode(message, kind);
      if (!observation.ok) {
        reportHere({ code: 'MCAP_MESSAGE_MALFORMED', where, what: observation.problem, remedy });
        continue;
      }
      const what = misfit(observation.value, layout);
      if (what === null) yield observation.value;
      else reportHere({ code: 'MCAP_FIXTURE_UNKNOWN', where, what, remedy });
    }
  } finally {
    await file.close();
  }
  if (index.broken !== null)
    report({ code: 'RECORDING_TRUNCATED', where: name, what: index.broken, remedy: REMEDY_COPY });
}

/** The store of the recording: the last attachment of its name, as later ones correct earlier ones. */
async function readStore(file: SeekableFile, index: McapIndex): Promise<Result<StoreRead, DataProblem>> {
  let text: string | null = null;
  let broken: string | null = null;
  for (const { offset, byteCount, name } of index.attachments) {
    // Others may be large and are nobody's business here.
    if (name !== null && name !== STORE_ATTACHMENT) continue;
    const fragment = await file.read(offset, byteCount).then(
      (bytes) => readFragment(bytes, index.dictionary),
      (error: unknown) => ({
        attachments: [],
        broken: error instanceof Error ? error.message : String(error),
      }),
    );
    broken ??= fragment.broken;
    for (const attachment of fragment.attachments) {
      if (attachment.name === STORE_ATTACHMENT) text = new TextDecoder().decode(attachment.data);
    }
  }
  const remedy = 'Convert the recording again with a current version, from where it was recorded.';
  if (text === null) {
    const code = broken === null ? 'MCAP_STORE_MISSING' : 'MCAP_STORE_UNREADABLE';
    const what = broken ?? `there is no attachment ${STORE_ATTACHMENT}: this is not a recording of a store`;
    return refused({ code, where: STORE_ATTACHMENT, what, remedy });
  }
  const store = parseStoreDocument(text, STORE_ATTACHMENT);
  if (store.ok) return store;
  const what = store.problem.replaceAll('\n', ' ');
  return refused({ code: 'MCAP_STORE_UNREADABLE', where: STORE_ATTACHMENT, what, remedy });
}

function recordingOf(path: string, index: McapIndex, { store, problems }: StoreRead): Recording {
  const startsNs = index.extents.map((extent) => extent.startNs);
  const endsNs = index.extents.map((extent) => extent.endNs);
  const first = startsNs.toSorted(compareNs).at(0);
  const last = endsNs.toSorted(compareNs).at(-1);
  const span =
    first !== undefined && last !== undefined
      ? { startsAtMs: msFromNs(first), endsAtMs: msFromNs(last) }
      : null;
  return {
    name: basename(path).replace(/\.mcap$/i, ''),
    store,
    span,
    problems,
    observations: (report) => observationsOf(path, { index, layout: store.layout }, report),
  };
}

async function openFile(path: string): Promise<Result<SeekableFile, DataProblem>> {
  try {
    return ok(await SeekableFile.open(path));
  } catch (error) {
    const what = `the file cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
    return refused({ code: 'MCAP_PATH_MISSING', where: path, what, remedy: 'Name a file that can be read.' });
  }
}

/** Opens an MCAP file; refuses, and never throws, where nothing can be made of it. */
export async function openMcapRecording(
  options: McapRecordingOptions,
): Promise<Result<Recording, DataProblem>> {
  const path = resolve(options.path);
  const file = await openFile(path);
  if (!file.ok) return file;
  try {
    const magicByteCount = Math.min(MCAP_MAGIC.length, file.value.byteCount);
    const magic = await file.value.read(0n, BigInt(magicByteCount));
    if (!hasMcapPrefix(new DataView(magic.buffer, magic.byteOffset, magic.byteLength))) {
      const what = 'the file does not begin as an MCAP file';
      const remedy = 'Name a file that was written as MCAP.';
      return refused({ code: 'MCAP_NOT_MCAP', where: path, what, remedy });
    }
    const index = await readIndex(file.value);
    const store = await readStore(file.value, index);
    if (!store.ok) return refused({ ...store.problem, where: `${path} ${store.problem.where}` });
    return ok(recordingOf(path, index, store.value));
  } finally {
    await file.value.close();
  }
}
