/**
 * A quiet plate: its level follows drift, its noise is learnt, and each block is asked whether contact has begun.
 */
import type { PlateSensing } from './plate-state.ts';

/** Smallest standard deviations worth believing, grams: quantisation hides less. */
const WANDER_MIN = 0.15 * 0.15;
const NOISE_MIN = 0.2 * 0.2;

/** True where the present block of `plate` does not belong to its quiet level. */
export function isDisturbed(sensing: PlateSensing, plate: number): boolean {
  const { plates, settings } = sensing;
  const quietBlocks = plates.quietBlocks[plate]!;
  if (quietBlocks === 0) return false;
  const off = plates.blockMean[plate]! - plates.level[plate]!;
  const wander = plates.wander[plate]! * (1 + 1 / quietBlocks);
  const sigmas = settings.contactSigmas;
  if (off * off > sigmas * sigmas * wander) return true;
  return plates.blockVariance[plate]! > settings.contactVarianceRatio * plates.noise[plate]!;
}

/** Takes the present block of `plate` as quiet: level and noise learn from it. */
export function learnQuiet(sensing: PlateSensing, plate: number): void {
  const { plates, settings } = sensing;
  const mean = plates.blockMean[plate]!;
  const n = plates.quietBlocks[plate]!;
  if (n === 0) {
    plates.level[plate] = mean;
    plates.quietBlocks[plate] = 1;
    learnNoise(sensing, plate, plates.wander[plate]!);
    return;
  }
  const off = mean - plates.level[plate]!;
  plates.level[plate]! += off / Math.min(n + 1, settings.levelBlocks);
  plates.quietBlocks[plate] = Math.min(n + 1, settings.levelBlocks);
  learnNoise(sensing, plate, off * off * (n / (n + 1)));
}

/** Learns the block's own variance and `wander`, its squared distance from the level, exponentially. */
export function learnNoise(sensing: PlateSensing, plate: number, wander: number): void {
  const { plates, settings } = sensing;
  const rate = 1 / settings.noiseBlocks;
  const w = plates.wander[plate]! + rate * (wander - plates.wander[plate]!);
  plates.wander[plate] = w > WANDER_MIN ? w : WANDER_MIN;
  const v = plates.noise[plate]! + rate * (plates.blockVariance[plate]! - plates.noise[plate]!);
  plates.noise[plate] = v > NOISE_MIN ? v : NOISE_MIN;
}
