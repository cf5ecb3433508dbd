/** sfc32 with its state in an array, for loops that keep it in locals: the same stream as `seededRandom`. */
import { NORMAL_TABLE_SIZE } from './normal-table.ts';

const WARM_UP_ROUNDS = 12;

/** The state `(a, b, c, counter)` for a seed. */
export function noiseState(seed: number): Int32Array {
  const state = Int32Array.of(0x9e3779b9, 0x243f6a88, seed, 1);
  for (let round = 0; round < WARM_UP_ROUNDS; round++) nextBits(state);
  return state;
}

/** 32 random bits; for places that are not in a hurry. */
export function nextBits(state: Int32Array): number {
  const bits = (((state[0]! + state[1]!) | 0) + state[3]!) | 0;
  state[3]! += 1;
  state[0] = state[1]! ^ (state[1]! >>> 9);
  state[1] = state[2]! + (state[2]! << 3);
  state[2] = ((state[2]! << 21) | (state[2]! >>> 11)) + bits;
  return bits;
}

export function nextNormal(state: Int32Array, normals: Float32Array): number {
  return normals[nextBits(state) & (NORMAL_TABLE_SIZE - 1)]!;
}
