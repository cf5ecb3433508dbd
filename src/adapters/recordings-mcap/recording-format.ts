/**
 * How a recording is laid out in an MCAP file: profile, schema names, the attachment that holds the store and the
 * metadata record that names the format. Topics, message bodies and the store's document are in the contract.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { ObservationKind } from '../../domain/index.ts';

export const PROFILE = 'tillfree';
export const FORMAT_METADATA = 'tillfree.recording';
export const FORMAT_VERSION = '1';
export const STORE_ATTACHMENT = 'store.json';
export const MESSAGE_ENCODING = 'json';
export const SCHEMA_ENCODING = 'jsonschema';
export const COMPRESSION = 'zstd';

/** A chunk that unpacks to more is damaged, or made to exhaust memory. */
const UNPACKED_BYTES_MAX = 1 << 28;
const UINT64_MAX = 2n ** 64n - 1n;
const NS_PER_MS = 1_000_000;

export const SCHEMA_NAMES: Readonly<Record<ObservationKind, string>> = {
  plates: 'tillfree.PlateBatch',
  tracks: 'tillfree.TrackFrame',
  gate: 'tillfree.GateCrossing',
  tags: 'tillfree.TagReads',
  cart: 'tillfree.CartWeight',
  health: 'tillfree.DeviceHealth',
};

const KIND_BY_SCHEMA = new Map(
  (Object.entries(SCHEMA_NAMES) as [ObservationKind, string][]).map(([kind, name]) => [name, kind]),
);

export function kindOfSchema(schemaName: string): ObservationKind | null {
  return KIND_BY_SCHEMA.get(schemaName) ?? null;
}

/** Nanoseconds, cut off at what MCAP can hold; exact for the doubles of our century. */
export function nsFromMs(timeMs: EpochMs): bigint {
  const whole = Math.floor(timeMs);
  const ns = BigInt(whole) * BigInt(NS_PER_MS) + BigInt(Math.round((timeMs - whole) * NS_PER_MS));
  return ns > UINT64_MAX ? UINT64_MAX : ns;
}

export function msFromNs(timeNs: bigint): EpochMs {
  const perMs = BigInt(NS_PER_MS);
  return epochMs(Number(timeNs / perMs) + Number(timeNs % perMs) / NS_PER_MS);
}

export function compressChunk(chunkData: Uint8Array): { compression: string; compressedData: Uint8Array } {
  return { compression: COMPRESSION, compressedData: zstdCompressSync(chunkData) };
}

export const DECOMPRESSORS = {
  [COMPRESSION]: (packed: Uint8Array): Uint8Array =>
    zstdDecompressSync(packed, { maxOutputLength: UNPACKED_BYTES_MAX }),
};
