/**
 * Writes the records of an MCAP file with the library's builders, chunk by chunk. The library's own writer was left: it
 * keeps the index of every chunk as objects, 20 KB for each megabyte of a large store, and its chunks cannot grow. While
 * chunks have their smallest size this one writes the same bytes, which a test holds.
 */
import { crc32 } from 'node:zlib';
import { McapChunkBuilder, Opcode } from '@mcap/core';
import type { McapRecordBuilder, McapTypes } from '@mcap/core';
import type { WholeFile } from '../../files/index.ts';
import { chunkBytesAfter } from './chunk-size.ts';
import { FileSummary, recordBytes } from './file-summary.ts';
import { compressChunk } from './recording-format.ts';

/** What has been written of messages, as the summary tells it. */
class Tally {
  messageCount = 0;
  private startNs = 0n;
  private endNs = 0n;
  private readonly countByChannel = new Map<number, number>();

  add({ channelId, logTime }: McapTypes.Message): void {
    if (this.messageCount === 0 || logTime < this.startNs) this.startNs = logTime;
    if (this.messageCount === 0 || logTime > this.endNs) this.endNs = logTime;
    this.messageCount++;
    this.countByChannel.set(channelId, (this.countByChannel.get(channelId) ?? 0) + 1);
  }

  statistics(summary: FileSummary): McapTypes.Statistics {
    return {
      messageCount: BigInt(this.messageCount),
      schemaCount: summary.count(Opcode.SCHEMA),
      channelCount: summary.count(Opcode.CHANNEL),
      attachmentCount: summary.count(Opcode.ATTACHMENT_INDEX),
      metadataCount: summary.count(Opcode.METADATA_INDEX),
      chunkCount: summary.count(Opcode.CHUNK_INDEX),
      messageStartTime: this.startNs,
      messageEndTime: this.endNs,
      channelMessageCounts: new Map(
        [...this.countByChannel].map(([channelId, count]) => [channelId, BigInt(count)]),
      ),
    };
  }
}

/** Calls must not overlap: wait for one before the next. Each rejects with the system's error. */
export class McapFileWriter {
  private readonly file: WholeFile;
  private readonly fullAfter: (packedBytes: number) => number;
  private readonly summary = new FileSummary();
  private readonly tally = new Tally();
  private readonly chunk = new McapChunkBuilder({});
  private readonly schemas = new Map<number, McapTypes.Schema>();
  private readonly undeclaredSchemas = new Set<number>();
  private readonly undeclaredChannels = new Map<number, McapTypes.Channel>();
  private channelCount = 0;
  private packedBytes = 0;
  private dataChecksum = 0;

  /** `fullAfter` says at how many bytes a chunk is full, after so many in the chunks before it. */
  constructor(file: WholeFile, fullAfter: (packedBytes: number) => number = chunkBytesAfter) {
    this.file = file;
    this.fullAfter = fullAfter;
  }

  async start(header: McapTypes.Header): Promise<void> {
    await this.append((records) => {
      records.writeMagic();
      records.writeHeader(header);
    });
  }

  async addMetadata(metadata: McapTypes.Metadata): Promise<void> {
    const { offset, length } = await this.append((records) => records.writeMetadata(metadata));
    const { name } = metadata;
    this.summary.add(Opcode.METADATA_INDEX, (records) =>
      records.writeMetadataIndex({ name, offset, length }),
    );
  }

  async addAttachment(attachment: McapTypes.Attachment): Promise<void> {
    const { data, ...about } = attachment;
    const place = await this.append((records) => records.writeAttachment(attachment));
    const index = { ...about, ...place, dataSize: BigInt(data.byteLength) };
    this.summary.add(Opcode.ATTACHMENT_INDEX, (records) => records.writeAttachmentIndex(index));
  }

  /** Returns the schema's id. */
  registerSchema(about: Omit<McapTypes.Schema, 'id'>): number {
    const schema = { ...about, id: this.schemas.size + 1 };
    this.schemas.set(schema.id, schema);
    this.undeclaredSchemas.add(schema.id);
    this.summary.add(Opcode.SCHEMA, (records) => records.writeSchema(schema));
    return schema.id;
  }

  /** Returns the channel's id. */
  registerChannel(about: Omit<McapTypes.Channel, 'id'>): number {
    const channel = { ...about, id: this.channelCount++ };
    this.undeclaredChannels.set(channel.id, channel);
    this.summary.add(Opcode.CHANNEL, (records) => records.writeChannel(channel));
    return channel.id;
  }

  async addMessage(message: McapTypes.Message): Promise<void> {
    this.introduce(message.channelId);
    this.chunk.addMessage(message);
    this.tally.add(message);
    if (this.chunk.byteLength > this.fullAfter(this.packedBytes)) await this.endChunk();
  }

  async end(): Promise<void> {
    await this.endChunk();
    const dataSectionCrc = this.dataChecksum;
    await this.append((records) => records.writeDataEnd({ dataSectionCrc }));
    const statistics = this.tally.statistics(this.summary);
    this.summary.add(Opcode.STATISTICS, (records) => records.writeStatistics(statistics));
    await this.summary.write(this.file);
  }

  /** A channel stands in the chunk of its first message, its schema before it. */
  private introduce(channelId: number): void {
    const channel = this.undeclaredChannels.get(channelId);
    if (!channel) return;
    const schema = this.undeclaredSchemas.has(channel.schemaId) && this.schemas.get(channel.schemaId);
    if (schema) this.chunk.addSchema(schema);
    this.undeclaredSchemas.delete(channel.schemaId);
    this.chunk.addChannel(channel);
    this.undeclaredChannels.delete(channelId);
  }

  private async endChunk(): Promise<void> {
    const { chunk } = this;
    if (chunk.numMessages === 0) return;
    const { buffer: unpacked, messageStartTime, messageEndTime } = chunk;
    const { compression, compressedData: records } = compressChunk(unpacked);
    const times = { messageStartTime, messageEndTime, compression };
    const uncompressedSize = BigInt(unpacked.byteLength);
    const record = { ...times, uncompressedSize, uncompressedCrc: crc32(unpacked), records };
    const place = await this.append((builder) => builder.writeChunk(record));
    const messageIndexOffsets = new Map<number, bigint>();
    const indexes = await this.append((builder) => {
      const start = BigInt(this.file.byteCount);
      for (const index of chunk.indices) {
        messageIndexOffsets.set(index.channelId, start + BigInt(builder.length));
        builder.writeMessageIndex(index);
      }
    });
    const chunkIndex = {
      ...times,
      chunkStartOffset: place.offset,
      chunkLength: place.length,
      messageIndexOffsets,
      messageIndexLength: indexes.length,
      compressedSize: BigInt(records.byteLength),
      uncompressedSize,
    };
    this.summary.add(Opcode.CHUNK_INDEX, (builder) => builder.writeChunkIndex(chunkIndex));
    this.packedBytes += unpacked.byteLength;
    chunk.reset();
  }

  /** Appends to the data section; says where it stands. */
  private async append(
    write: (records: McapRecordBuilder) => unknown,
  ): Promise<{ readonly offset: bigint; readonly length: bigint }> {
    const offset = BigInt(this.file.byteCount);
    const bytes = recordBytes(write);
    this.dataChecksum = crc32(bytes, this.dataChecksum);
    await this.file.append(bytes);
    return { offset, length: BigInt(bytes.byteLength) };
  }
}
