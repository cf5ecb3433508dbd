/**
 * Float32 samples as base64 of their little-endian bytes: exact to the bit, payloads of NaN included, because bytes
 * are copied and never read as numbers. The host must be little-endian, as every machine that runs Node in a shop is.
 */

const BYTES_PER_SAMPLE = 4;

export function base64FromFloat32(samples: Float32Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}

/** `sampleCount` samples; null where `text` is not the base64 of exactly so many. */
export function float32FromBase64(text: string, sampleCount: number): Float32Array | null {
  const byteCount = sampleCount * BYTES_PER_SAMPLE;
  // Padded base64 has one length only. Buffer skips characters that are not base64, which then miss at the end.
  if (text.length !== Math.ceil(byteCount / 3) * 4) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== byteCount) return null;
  // Copied, because a Buffer may begin between two multiples of four.
  return new Float32Array(new Uint8Array(bytes).buffer);
}
