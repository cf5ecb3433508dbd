/**
 * Health of single plates: silent (no numbers), stuck (one value for ever), saturated (end of the range). A plate in
 * such a condition is left out of contact and changes; the report tells fusion and the operator that there is a hole.
 */
import { epochMs } from '../base/index.ts';
import type { Plate, PlateCondition, PlateReport } from '../domain/index.ts';
import { SATURATED, SILENT, STUCK, WORKING } from './plate-state.ts';
import type { FixtureClock, PlateSensing } from './plate-state.ts';

const CONDITION_NAMES: Readonly<Record<number, PlateCondition>> = {
  [WORKING]: 'working',
  [SILENT]: 'silent',
  [STUCK]: 'stuck',
  [SATURATED]: 'saturated',
};

export function plateCondition(sensing: PlateSensing, plate: Plate): PlateCondition {
  return CONDITION_NAMES[sensing.plates.condition[plate.plateIndex]!]!;
}

/** Blocks at the end of the range before a plate counts as saturated: a hard push touches it briefly. */
const SATURATED_BLOCKS = 5;

/**
 * Counts the present block of `plate` (mean NaN where nothing came) towards its conditions.
 * Returns the report where the condition changes.
 */
export function followHealth(sensing: PlateSensing, plate: Plate, clock: FixtureClock): PlateReport | null {
  const { plates, settings } = sensing;
  const at = plate.plateIndex;
  const mean = plates.blockMean[at]!;
  const isMissing = Number.isNaN(mean);
  // Of a fixture that sent nothing at all the level from before still tells what happened meanwhile.
  const wasOnlyFixture = plates.condition[at] === SILENT && plates.missingBlocks[at]! < settings.silentBlocks;
  plates.missingBlocks[at] = isMissing ? plates.missingBlocks[at]! + 1 : 0;
  if (!isMissing) {
    const repeats = plates.blockVariance[at] === 0 && mean === plates.constantValue[at];
    plates.constantBlocks[at] = repeats ? plates.constantBlocks[at]! + 1 : 0;
    plates.constantValue[at] = mean;
    const isAtEnd = Math.abs(mean) >= settings.saturationGrams;
    plates.saturatedBlocks[at] = isAtEnd ? plates.saturatedBlocks[at]! + 1 : 0;
  }
  const next = conditionNow(sensing, at);
  if (next === plates.condition[at]) return null;
  plates.condition[at] = next;
  if (!wasOnlyFixture || next !== WORKING) plates.quietBlocks[at] = 0;
  return {
    plateId: plate.plateId,
    condition: CONDITION_NAMES[next]!,
    atMs: epochMs(clock.lastSampleAtMs),
  };
}

function conditionNow(sensing: PlateSensing, plate: number): number {
  const { plates, settings } = sensing;
  if (plates.missingBlocks[plate]! >= settings.silentBlocks) return SILENT;
  if (plates.saturatedBlocks[plate]! >= SATURATED_BLOCKS) return SATURATED;
  if (plates.constantBlocks[plate]! >= settings.stuckBlocks) return STUCK;
  return WORKING;
}
