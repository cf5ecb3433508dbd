/**
 * Reads fragments of an MCAP file (a chunk, a run of messages, an attachment) with the library's stream reader. A
 * fragment alone does not say which channels its messages belong to, so the known ones are put in front.
 */
import { McapRecordBuilder, McapStreamReader } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { DECOMPRESSORS } from './recording-format.ts';

type Channel = McapTypes.TypedMcapRecords['Channel'];
type Schema = McapTypes.TypedMcapRecords['Schema'];
export type Message = McapTypes.TypedMcapRecords['Message'];

/** The channels and schemas met so far; at most 65,535 of each, as their ids have 16 bits. */
export class Dictionary {
  private readonly channels = new Map<number, Channel>();
  private readonly schemas = new Map<number, Schema>();
  private prefix: Uint8Array | null = null;

  addChannel(channel: Channel): void {
    if (this.channels.has(channel.id)) return;
    this.channels.set(channel.id, channel);
    this.prefix = null;
  }

  addSchema(schema: Schema): void {
    this.schemas.set(schema.id, schema);
  }

  topicOf(channelId: number): string {
    return this.channels.get(channelId)?.topic ?? `channel ${channelId}`;
  }

  schemaNameOf(channelId: number): string {
    const schemaId = this.channels.get(channelId)?.schemaId;
    return (schemaId === undefined ? undefined : this.schemas.get(schemaId)?.name) ?? '';
  }

  /** All channels as records. */
  records(): Uint8Array {
    if (this.prefix) return this.prefix;
    const builder = new McapRecordBuilder();
    for (const channel of this.channels.values()) builder.writeChannel(channel);
    this.prefix = new Uint8Array(builder.buffer);
    return this.prefix;
  }
}

export interface FragmentRead {
  readonly messages: readonly Message[];
  readonly attachments: readonly McapTypes.TypedMcapRecords['Attachment'][];
  /** Why reading stopped before the end, null where it did not. Damaged sums of chunks count as such. */
  readonly broken: string | null;
}

/** Everything in `bytes`, which begin and end between two records; what is new goes into the dictionary. */
export function readFragment(bytes: Uint8Array, dictionary: Dictionary): FragmentRead {
  const messages: Message[] = [];
  const attachments: McapTypes.TypedMcapRecords['Attachment'][] = [];
  const reader = new McapStreamReader({ noMagicPrefix: true, decompressHandlers: DECOMPRESSORS });
  try {
    reader.append(dictionary.records());
    reader.append(bytes);
    for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
      if (record.type === 'Message') messages.push(record);
      else if (record.type === 'Channel') dictionary.addChannel(record);
      else if (record.type === 'Schema') dictionary.addSchema(record);
      else if (record.type === 'Attachment') attachments.push(record);
    }
  } catch (error) {
    return { messages, attachments, broken: error instanceof Error ? error.message : String(error) };
  }
  const isShort = reader.bytesRemaining() > 0;
  return { messages, attachments, broken: isShort ? 'the records break off' : null };
}
