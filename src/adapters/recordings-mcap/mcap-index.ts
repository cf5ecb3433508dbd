/**
 * Where the messages of an MCAP file lie. A finished file says so in its summary, which is read and checked. A file
 * without one (the recorder lost power, the copy broke off) is walked record by record up to the break; every chunk is
 * unpacked on that walk, because the channels are declared inside chunks. Either way only places are kept, 40 bytes a
 * chunk, never messages.
 */
import { Opcode } from '@mcap/core';
import { CHUNK_BYTES_MIN } from './chunk-size.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryRecord, SummaryRecordOf } from './read-summary.ts';
import { Dictionary, readFragment } from './record-fragments.ts';
import type { SeekableFile } from './seekable-file.ts';

/** A stretch of whole records: one chunk, or messages that lie outside chunks. */
export interface Extent {
  readonly offset: bigint;
  readonly byteCount: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

export interface Place {
  readonly offset: bigint;
  readonly byteCount: bigint;
}

export interface AttachmentPlace extends Place {
  /** Null where only the attachment itself would tell. */
  readonly name: string | null;
}

export interface McapIndex {
  readonly dictionary: Dictionary;
  readonly extents: readonly Extent[];
  /** Attachments by position in the file. */
  readonly attachments: readonly AttachmentPlace[];
  /** Why the file is not whole; null where it is. */
  readonly broken: string | null;
}

const MAGIC_BYTES = 8n;
const HEAD_BYTES = 9;
/** Enough of a record to see the times of a message or a chunk. */
const PEEK_BYTES = HEAD_BYTES + 22;

/** Gathers what a summary says. */
class Told {
  readonly dictionary = new Dictionary();
  readonly extents: Extent[] = [];
  readonly attachments: AttachmentPlace[] = [];
  private readonly channelIds = new Set<number>();
  private counts: SummaryRecordOf<'Statistics'> | null = null;

  hear(record: SummaryRecord): void {
    if (record.type === 'Schema') this.dictionary.addSchema(record);
    else if (record.type === 'Channel') this.hearChannel(record);
    else if (record.type === 'Statistics') this.counts = record;
    else if (record.type === 'ChunkIndex') this.hearChunk(record);
    else if (record.type === 'AttachmentIndex')
      this.attachments.push({ offset: record.offset, byteCount: record.length, name: record.name });
  }

  /** Whether the summary left nothing out. */
  isComplete(): boolean {
    const { counts, extents, attachments, channelIds } = this;
    return (
      counts !== null &&
      counts.chunkCount === extents.length &&
      counts.attachmentCount === attachments.length &&
      counts.channelCount === channelIds.size &&
      (counts.messageCount === 0n || extents.length > 0)
    );
  }

  private hearChannel(channel: SummaryRecordOf<'Channel'>): void {
    this.dictionary.addChannel(channel);
    this.channelIds.add(channel.id);
  }

  private hearChunk(chunk: SummaryRecordOf<'ChunkIndex'>): void {
    this.extents.push({
      offset: chunk.chunkStartOffset,
      byteCount: chunk.chunkLength,
      startNs: chunk.messageStartTime,
      endNs: chunk.messageEndTime,
    });
  }
}

/** What the summary says; null where there is none, or where it leaves something out. */
async function indexFromSummary(file: SeekableFile): Promise<McapIndex | null> {
  const told = new Told();
  const isSound = await readSummary(file, (record) => told.hear(record)).catch(() => false);
  if (!isSound || !told.isComplete()) return null;
  return { dictionary: told.dictionary, extents: told.extents, attachments: told.attachments, broken: null };
}

interface PeekedRecord extends Place {
  readonly opcode: number;
  readonly view: DataView;
}

async function peek(file: SeekableFile, offset: bigint): Promise<PeekedRecord | null> {
  const left = BigInt(file.byteCount) - offset;
  if (left < BigInt(HEAD_BYTES)) return null;
  const bytes = await file.read(offset, left < BigInt(PEEK_BYTES) ? left : BigInt(PEEK_BYTES));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const byteCount = view.getBigUint64(1, true) + BigInt(HEAD_BYTES);
  return byteCount > left ? null : { offset, byteCount, opcode: view.getUint8(0), view };
}

/** Gathers what a walk over the records meets. */
class Walk {
  readonly dictionary = new Dictionary();
  readonly extents: Extent[] = [];
  readonly attachments: AttachmentPlace[] = [];
  private readonly file: SeekableFile;
  private loose: Extent | null = null;

  constructor(file: SeekableFile) {
    this.file = file;
  }

  async visit(record: PeekedRecord): Promise<void> {
    if (record.opcode === Opcode.MESSAGE) {
      this.visitLooseMessage(record);
      return;
    }
    this.endLooseRun();
    const { offset, byteCount } = record;
    if (record.opcode === Opcode.ATTACHMENT) this.attachments.push({ offset, byteCount, name: null });
    if (record.opcode === Opcode.CHUNK) {
      const startNs = record.view.getBigUint64(HEAD_BYTES, true);
      const endNs = record.view.getBigUint64(HEAD_BYTES + 8, true);
      this.extents.push({ offset: record.offset, byteCount: record.byteCount, startNs, endNs });
    }
    const declares = [Opcode.CHUNK, Opcode.SCHEMA, Opcode.CHANNEL] as number[];
    if (!declares.includes(record.opcode)) return;
    // What cannot be read declares nothing; as an extent it is reported when its turn comes.
    const bytes = await this.file.read(record.offset, record.byteCount).catch(() => null);
    if (bytes) readFragment(bytes, this.dictionary);
  }

  /** Neighbouring messages are read together, up to the size of a chunk. */
  private visitLooseMessage({ offset, byteCount, view }: PeekedRecord): void {
    const timeNs = view.getBigUint64(HEAD_BYTES + 6, true);
    if (this.loose && this.loose.byteCount + byteCount > BigInt(CHUNK_BYTES_MIN)) this.endLooseRun();
    const run = this.loose ?? { offset, byteCount: 0n, startNs: timeNs, endNs: timeNs };
    this.loose = {
      offset: run.offset,
      byteCount: run.byteCount + byteCount,
      startNs: timeNs < run.startNs ? timeNs : run.startNs,
      endNs: timeNs > run.endNs ? timeNs : run.endNs,
    };
  }

  endLooseRun(): void {
    if (this.loose) this.extents.push(this.loose);
    this.loose = null;
  }
}

const SHORTEST: Readonly<Record<number, number>> = { [Opcode.MESSAGE]: 22, [Opcode.CHUNK]: 40 };

/** A whole file may do without a summary, and says so in its footer. */
async function hasEmptyFooter(file: SeekableFile, dataEnd: PeekedRecord): Promise<boolean> {
  const footer = await peek(file, dataEnd.offset + dataEnd.byteCount);
  return footer?.opcode === Opcode.FOOTER && footer.view.getBigUint64(HEAD_BYTES, true) === 0n;
}

async function indexFromWalk(file: SeekableFile): Promise<McapIndex> {
  const walk = new Walk(file);
  const indexOf = (broken: string | null): McapIndex => {
    walk.endLooseRun();
    return { dictionary: walk.dictionary, extents: walk.extents, attachments: walk.attachments, broken };
  };
  let offset = MAGIC_BYTES;
  while (true) {
    const record = await peek(file, offset);
    if (!record || Number(record.byteCount) - HEAD_BYTES < (SHORTEST[record.opcode] ?? 0))
      return indexOf(`the file breaks off in the record at byte ${offset}`);
    if (record.opcode === Opcode.DATA_END)
      return indexOf((await hasEmptyFooter(file, record)) ? null : 'the file has no usable summary');
    if (record.opcode === Opcode.FOOTER) return indexOf('the file ends without an end of data');
    await walk.visit(record);
    offset += record.byteCount;
  }
}

/** The index of a file that begins as MCAP. */
export async function readIndex(file: SeekableFile): Promise<McapIndex> {
  return (await indexFromSummary(file)) ?? (await indexFromWalk(file));
}
