/**
 * Plate batches in binary, as they go over a broker: 28 bytes, then float32 samples row by row, little-endian. At 60 Hz
 * and 72 plates a batch of 12 samples is 3.5 kB, three quarters of its JSON, and takes no parsing. Fixture and source
 * stand in the topic, and the time of receipt is the receiver's.
 *
 * | bytes | what                                                                   |
 * | 0     | u8 version, 1                                                          |
 * | 1–7   | zero; another value is another message                                 |
 * | 8–15  | float64 observedAtMs: sensor clock at the last sample, ms since 1970   |
 * | 16–19 | u32 sequence, counting on from 0 after 2³² − 1                         |
 * | 20–23 | float32 rateHz                                                         |
 * | 24–25 | u16 sampleCount                                                        |
 * | 26–27 | u16 plateCount                                                         |
 * | 28–   | float32 grams, sampleCount × plateCount; NaN where a plate sent nothing |
 */
import { epochMs, ok, refused } from '../base/index.ts';
import type { EpochMs, Result } from '../base/index.ts';
import type { FixtureId, PlateBatch, SourceId } from '../domain/index.ts';
import { isTimeMs } from './message-form.ts';
import { plateCountOf } from './plate-json.ts';

export const PLATE_MESSAGE_VERSION = 1;
export const PLATE_HEADER_BYTES = 28;
const BYTES_PER_SAMPLE = 4;
const COUNT_MAX = 0xffff;
const RESERVED_FROM = 1;
const TIME_AT = 8;
const SEQUENCE_AT = 16;
const RATE_AT = 20;
const SAMPLES_AT = 24;
const PLATES_AT = 26;

/** What a plate message does not say itself. */
export interface PlateMessageSetting {
  readonly fixtureId: FixtureId;
  readonly source: SourceId;
  readonly receivedAtMs: EpochMs;
}

/** The message; refuses a batch that is not samples × plates, or has more than 65,535 of either. */
export function encodePlateMessage(batch: PlateBatch): Result<Uint8Array, string> {
  const { sampleCount, samplesGrams } = batch;
  const plateCount = plateCountOf(batch);
  const isCount = (count: number): boolean => Number.isInteger(count) && count >= 0 && count <= COUNT_MAX;
  if (!isCount(sampleCount) || !isCount(plateCount) || samplesGrams.length !== sampleCount * plateCount)
    return refused(`a plate message holds no ${sampleCount} × ${plateCount} samples`);
  const bytes = new Uint8Array(PLATE_HEADER_BYTES + samplesGrams.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, PLATE_MESSAGE_VERSION);
  view.setFloat64(TIME_AT, batch.observedAtMs, true);
  view.setUint32(SEQUENCE_AT, batch.sequence >>> 0, true);
  view.setFloat32(RATE_AT, batch.rateHz, true);
  view.setUint16(SAMPLES_AT, sampleCount, true);
  view.setUint16(PLATES_AT, plateCount, true);
  // Bytes, not numbers: the payload of a NaN survives. The host is little-endian, as `float32-text.ts` says.
  const { buffer, byteOffset, byteLength } = samplesGrams;
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength), PLATE_HEADER_BYTES);
  return ok(bytes);
}

/** The batch of a message; where the bytes are none, what is wrong with them. */
export function decodePlateMessage(
  bytes: Uint8Array,
  setting: PlateMessageSetting,
): Result<PlateBatch, string> {
  if (bytes.length < PLATE_HEADER_BYTES)
    return refused(
      `the message has ${bytes.length} bytes, fewer than the ${PLATE_HEADER_BYTES} of its header`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0);
  if (version !== PLATE_MESSAGE_VERSION)
    return refused(`the message has version ${version}, not ${PLATE_MESSAGE_VERSION}`);
  if (bytes.subarray(RESERVED_FROM, TIME_AT).some((byte) => byte !== 0))
    return refused('the message has other bytes than zeros behind its version');
  const sampleCount = view.getUint16(SAMPLES_AT, true);
  const plateCount = view.getUint16(PLATES_AT, true);
  const byteCount = PLATE_HEADER_BYTES + sampleCount * plateCount * BYTES_PER_SAMPLE;
  if (bytes.length !== byteCount)
    return refused(
      `the message has ${bytes.length} bytes, not ${byteCount} for ${sampleCount} × ${plateCount}`,
    );
  const observedAtMs = view.getFloat64(TIME_AT, true);
  if (!isTimeMs(observedAtMs)) return refused('the message has no time');
  return ok({
    kind: 'plates',
    source: setting.source,
    sequence: view.getUint32(SEQUENCE_AT, true),
    observedAtMs: epochMs(observedAtMs),
    receivedAtMs: setting.receivedAtMs,
    fixtureId: setting.fixtureId,
    rateHz: view.getFloat32(RATE_AT, true),
    sampleCount,
    // Copied: the bytes may be a window of a buffer that is used again, at any offset. (A Buffer's `slice` copies nothing.)
    samplesGrams: new Float32Array(new Uint8Array(bytes.subarray(PLATE_HEADER_BYTES)).buffer),
  });
}
