/**
 * Seeded random numbers: the same seed gives the same sequence on every machine. Generator: sfc32 (Chris
 * Doty-Humphrey, PractRand), 128-bit state, passes BigCrush; integer arithmetic only, so it is bit-exact.
 * The normal variate sums twelve uniforms (Irwin-Hall) because logarithms and sines may differ in the last bit
 * between engines.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform integer in [0, limit). */
  below(limit: number): number;
  /** Approximately standard normal, within ±6. */
  normal(): number;
}

const UINT32 = 4294967296;
const WARM_UP_ROUNDS = 12;

export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / UINT32;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next();
  return {
    uniform: next,
    below: (limit) => Math.floor(next() * limit),
    normal: () => {
      let sum = -6;
      for (let term = 0; term < 12; term++) sum += next();
      return sum;
    },
  };
}
