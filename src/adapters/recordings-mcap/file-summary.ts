/**
 * The summary at the end of an MCAP file, gathered while the file is written: as the bytes that it will have, since the
 * same as objects takes seven times as much.
 */
import { crc32 } from 'node:zlib';
import { McapRecordBuilder, Opcode } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import type { WholeFile } from '../../files/index.ts';

/** In the order in which they stand in the summary. */
const GROUPS = [
  Opcode.SCHEMA,
  Opcode.CHANNEL,
  Opcode.STATISTICS,
  Opcode.METADATA_INDEX,
  Opcode.ATTACHMENT_INDEX,
  Opcode.CHUNK_INDEX,
] as const;

export type SummaryGroup = (typeof GROUPS)[number];

const CRC_BYTES = 4;

/** The bytes of what `write` writes. */
export function recordBytes(write: (records: McapRecordBuilder) => unknown): Uint8Array {
  const records = new McapRecordBuilder();
  write(records);
  return records.buffer;
}

export class FileSummary {
  private readonly groups = new Map<SummaryGroup, Uint8Array[]>(GROUPS.map((group) => [group, []]));

  add(group: SummaryGroup, write: (records: McapRecordBuilder) => unknown): void {
    this.groups.get(group)?.push(recordBytes(write));
  }

  count(group: SummaryGroup): number {
    return this.groups.get(group)?.length ?? 0;
  }

  /** Writes summary, summary offsets, footer and the magic at the end of the file. */
  async write(file: WholeFile): Promise<void> {
    let checksum = 0;
    const append = async (bytes: Uint8Array): Promise<void> => {
      checksum = crc32(bytes, checksum);
      await file.append(bytes);
    };
    const summaryStart = BigInt(file.byteCount);
    const offsets: McapTypes.SummaryOffset[] = [];
    for (const [groupOpcode, parts] of this.groups) {
      const groupStart = BigInt(file.byteCount);
      for (const part of parts) await append(part);
      const groupLength = BigInt(file.byteCount) - groupStart;
      if (groupLength > 0n) offsets.push({ groupOpcode, groupStart, groupLength });
    }
    const summaryOffsetStart = BigInt(file.byteCount);
    for (const offset of offsets) await append(recordBytes((records) => records.writeSummaryOffset(offset)));
    const footer = { summaryStart, summaryOffsetStart, summaryCrc: 0 };
    const blank = recordBytes((records) => records.writeFooter(footer));
    const summaryCrc = crc32(blank.subarray(0, -CRC_BYTES), checksum);
    await file.append(
      recordBytes((records) => {
        records.writeFooter({ ...footer, summaryCrc });
        records.writeMagic();
      }),
    );
  }
}
