/**
 * A fixture that starts again may set its scales to zero. Nobody empties most plates of a fixture in one go, so after a
 * silence that many plates at zero that were not are a tare and no sales.
 */
import type { Fixture } from '../domain/index.ts';
import type { FixtureClock, PlateSensing } from './plate-state.ts';

/** A scale that has just been set to zero shows no more than this; a level that says something is beyond it. */
const ZERO_GRAMS = 20;
const LEVEL_GRAMS_MIN = 60;
/** So many plates, and so many of those that held something. */
const PLATES_MIN = 3;
const PLATES_SHARE = 0.8;

/** True in the first block after a hole in which the plates of the fixture were set to zero. */
export function isTared(sensing: PlateSensing, fixture: Fixture, clock: FixtureClock): boolean {
  if (clock.holeLastBlock !== clock.blockNumber - 1) return false;
  const { plates } = sensing;
  let held = 0;
  let zeroed = 0;
  for (const { plateIndex: at } of fixture.plates) {
    if (plates.quietBlocks[at] === 0 || Math.abs(plates.level[at]!) < LEVEL_GRAMS_MIN) continue;
    held++;
    if (Math.abs(plates.blockMean[at]!) < ZERO_GRAMS) zeroed++;
  }
  return zeroed >= PLATES_MIN && zeroed >= PLATES_SHARE * held;
}
