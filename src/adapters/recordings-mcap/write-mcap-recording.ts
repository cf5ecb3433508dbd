/**
 * Writes a recording as one MCAP file, as a stream: one chunk of messages is held at a time. The store's document
 * comes first, so that a file that breaks off is still complete by itself up to the break.
 */
import { AssertionFailure, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import {
  isWritable,
  messageSchemaText,
  observationText,
  storeDocumentText,
  topicOf,
} from '../../contract/index.ts';
import type { DataProblem, Observation, ObservationKind, StoreId, StoreModel } from '../../domain/index.ts';
import { WholeFile } from '../../files/index.ts';
import { McapFileWriter } from './mcap-file-writer.ts';
import {
  FORMAT_METADATA,
  FORMAT_VERSION,
  MESSAGE_ENCODING,
  nsFromMs,
  PROFILE,
  SCHEMA_ENCODING,
  SCHEMA_NAMES,
  STORE_ATTACHMENT,
} from './recording-format.ts';

/** A recording, or anything else that can tell its store and its observations. */
export interface McapSource {
  readonly store: StoreModel;
  observations(report: (problem: DataProblem) => void): AsyncIterable<Observation> | Iterable<Observation>;
}

export interface McapWriteOptions {
  /** Where the file goes; one that is there is replaced at the end, in one step. */
  readonly path: string;
  readonly recording: McapSource;
  /** Hears of every record that could not be read, and of every observation that could not be written. */
  readonly report: (problem: DataProblem) => void;
}

export interface McapWritten {
  readonly observationCount: number;
}

const CHANNELS_MAX = 65_535;
const UTF8 = new TextEncoder();

/** Channels by topic, made when a source is first heard. */
class Channels {
  private readonly writer: McapFileWriter;
  private readonly store: StoreId;
  private readonly channelIds = new Map<string, number>();
  private readonly schemaIds = new Map<ObservationKind, number>();

  constructor(writer: McapFileWriter, store: StoreId) {
    this.writer = writer;
    this.store = store;
  }

  idFor(observation: Observation): number {
    const topic = topicOf(this.store, observation);
    const known = this.channelIds.get(topic);
    if (known !== undefined) return known;
    if (this.channelIds.size >= CHANNELS_MAX)
      throw new Error(`the recording has more than ${CHANNELS_MAX} sources`);
    const channelId = this.writer.registerChannel({
      schemaId: this.schemaFor(observation.kind),
      topic,
      messageEncoding: MESSAGE_ENCODING,
      metadata: new Map(),
    });
    this.channelIds.set(topic, channelId);
    return channelId;
  }

  private schemaFor(kind: ObservationKind): number {
    const known = this.schemaIds.get(kind);
    if (known !== undefined) return known;
    const data = UTF8.encode(messageSchemaText(kind));
    const schemaId = this.writer.registerSchema({
      name: SCHEMA_NAMES[kind],
      encoding: SCHEMA_ENCODING,
      data,
    });
    this.schemaIds.set(kind, schemaId);
    return schemaId;
  }
}

function notFinite(observation: Observation): DataProblem {
  return {
    code: 'MCAP_OBSERVATION_NOT_FINITE',
    where: `${observation.source}:${observation.sequence}`,
    what: 'the observation has a number that is not finite',
    remedy: 'Leave such numbers out at their source; the observation is not written.',
  };
}

async function writeHeader(writer: McapFileWriter, recording: McapWriteOptions['recording']): Promise<void> {
  await writer.start({ profile: PROFILE, library: 'tillfree' });
  const metadata = new Map([
    ['formatVersion', FORMAT_VERSION],
    ['store', recording.store.layout.storeId.toWellFormed()],
  ]);
  await writer.addMetadata({ name: FORMAT_METADATA, metadata });
  await writer.addAttachment({
    name: STORE_ATTACHMENT,
    logTime: 0n,
    createTime: 0n,
    mediaType: 'application/json',
    data: UTF8.encode(storeDocumentText(recording.store)),
  });
}

async function writeMessages(writer: McapFileWriter, options: McapWriteOptions): Promise<number> {
  const { recording, report } = options;
  const channels = new Channels(writer, recording.store.layout.storeId);
  let observationCount = 0;
  for await (const observation of recording.observations(report)) {
    if (!isWritable(observation)) {
      report(notFinite(observation));
      continue;
    }
    await writer.addMessage({
      channelId: channels.idFor(observation),
      // 32 bits in the container; the whole number is in the message.
      sequence: observation.sequence >>> 0,
      logTime: nsFromMs(observation.receivedAtMs),
      publishTime: nsFromMs(observation.observedAtMs),
      data: UTF8.encode(observationText(observation)),
    });
    observationCount++;
  }
  return observationCount;
}

function notWritten(path: string, error: unknown): DataProblem {
  const what = `writing failed: ${error instanceof Error ? error.message : String(error)}`;
  const remedy = 'Check that the directory exists, can be written and has room; then write again.';
  return { code: 'MCAP_NOT_WRITTEN', where: path, what, remedy };
}

/** Writes the recording; refuses where the file system does, and leaves what was there before. */
export async function writeMcapRecording(
  options: McapWriteOptions,
): Promise<Result<McapWritten, DataProblem>> {
  let file: WholeFile;
  try {
    file = await WholeFile.create(options.path);
  } catch (error) {
    return refused(notWritten(options.path, error));
  }
  try {
    const writer = new McapFileWriter(file);
    await writeHeader(writer, options.recording);
    const observationCount = await writeMessages(writer, options);
    await writer.end();
    await file.commit();
    return ok({ observationCount });
  } catch (error) {
    await file.abandon();
    if (error instanceof AssertionFailure) throw error;
    return refused(notWritten(options.path, error));
  }
}
