/**
 * Reads the summary at the end of an MCAP file piece by piece. The library's indexed reader would hold all of it at
 * once, as objects: a third of a gigabyte for a day of a supermarket, of which forty bytes a chunk are wanted.
 */
import { crc32 } from 'node:zlib';
import { MCAP_MAGIC, McapStreamReader, Opcode } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import type { SeekableFile } from './seekable-file.ts';

type RecordType = McapTypes.TypedMcapRecord['type'];
type ForeignType = 'Header' | 'Footer' | 'Message' | 'Chunk' | 'MessageIndex' | 'Attachment' | 'Metadata';

export type SummaryRecordOf<Type extends RecordType> = Extract<
  McapTypes.TypedMcapRecord,
  { readonly type: Type }
>;
export type SummaryRecord = SummaryRecordOf<Exclude<RecordType, ForeignType>>;

const NOT_OF_A_SUMMARY = new Set<RecordType>([
  'Header',
  'Footer',
  'Message',
  'Chunk',
  'MessageIndex',
  'Attachment',
  'Metadata',
]);
const PIECE_BYTES = 1n << 20n;
/** A record of a summary that says to be longer is damaged: an index of 65,535 channels has 656 KB. */
const RECORD_BYTES_MAX = 1 << 24;
const FOOTER_BYTES = 29;
const TAIL_BYTES = BigInt(FOOTER_BYTES + MCAP_MAGIC.length);
const DATA_END_BYTES = 13n;

interface Footer {
  readonly offset: bigint;
  readonly summaryStart: bigint;
  /** 0 where there is none. */
  readonly checksum: number;
  /** What the checksum covers of the footer. */
  readonly covered: Uint8Array;
}

async function readFooter(file: SeekableFile): Promise<Footer | null> {
  const offset = BigInt(file.byteCount) - TAIL_BYTES;
  const tail = await file.read(offset, TAIL_BYTES);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const isEnd = MCAP_MAGIC.every((byte, index) => tail[FOOTER_BYTES + index] === byte);
  if (!isEnd || view.getUint8(0) !== Opcode.FOOTER) return null;
  const summaryStart = view.getBigUint64(9, true);
  const isBefore = summaryStart > DATA_END_BYTES && summaryStart <= offset;
  const checksum = view.getUint32(25, true);
  return isBefore ? { offset, summaryStart, checksum, covered: tail.subarray(0, 25) } : null;
}

function isOfASummary(record: McapTypes.TypedMcapRecord): record is SummaryRecord {
  return !NOT_OF_A_SUMMARY.has(record.type);
}

/**
 * Tells `hear` the records of the summary, one after the other, and says whether that was all of it: false where there
 * is no summary, or where it is damaged; what was told is then worth nothing.
 * @throws the system's and the library's errors, which mean the same.
 */
export async function readSummary(
  file: SeekableFile,
  hear: (record: SummaryRecord) => void,
): Promise<boolean> {
  const footer = await readFooter(file);
  if (!footer) return false;
  const reader = new McapStreamReader({ noMagicPrefix: true });
  // The end of the data stands right before the summary; else the footer points somewhere else.
  reader.append(await file.read(footer.summaryStart - DATA_END_BYTES, DATA_END_BYTES));
  if (reader.nextRecord()?.type !== 'DataEnd') return false;
  let checksum = 0;
  for (let offset = footer.summaryStart; offset < footer.offset; offset += PIECE_BYTES) {
    const left = footer.offset - offset;
    const piece = await file.read(offset, left < PIECE_BYTES ? left : PIECE_BYTES);
    checksum = crc32(piece, checksum);
    reader.append(piece);
    for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
      if (!isOfASummary(record)) return false;
      hear(record);
    }
    if (reader.bytesRemaining() > RECORD_BYTES_MAX) return false;
  }
  const isSound = footer.checksum === 0 || crc32(footer.covered, checksum) === footer.checksum;
  return isSound && reader.bytesRemaining() === 0;
}
