/**
 * The levels a plate holds during a contact, kept from the run-length posterior: whenever the most probable run has
 * lasted long enough it is a plateau; when the posterior changes its mind, plateaus that began later are taken back.
 */
import { runVariance } from '../kernel/index.ts';
import { clockOf, PLATEAUS_MAX } from './plate-state.ts';
import type { Plateaus, PlateSensing } from './plate-state.ts';

/** Starts the list with the level from before the contact. */
export function startPlateaus(sensing: PlateSensing, plate: number, blockNumber: number): void {
  sensing.plateaus.count[plate] = 0;
  notePlateau(sensing, plate, blockNumber);
}

/**
 * Takes the most probable run of `plate` as its present plateau, where it has lasted long enough.
 * Returns true where the list of plateaus is another one now.
 */
export function notePlateau(sensing: PlateSensing, plate: number, blockNumber: number): boolean {
  const { runs, plateaus, settings } = sensing;
  const slot = runs.best[plate]!;
  const age = runs.age[slot]!;
  const isFirst = plateaus.count[plate] === 0;
  const variance = runVariance(runs, slot);
  const isShort = runs.count[slot]! < settings.plateauBlocks;
  if (!isFirst && (isShort || variance > unsteadyVariance(sensing, plate))) return false;
  const firstBlock = blockNumber - age + 1;
  const countBefore = plateaus.count[plate]!;
  takeBackSince(sensing, plate, firstBlock);
  // The run of the newest plateau goes on where just that one was taken back.
  const isChanged = plateaus.count[plate] !== countBefore - 1;
  if (plateaus.count[plate] === PLATEAUS_MAX) mergeMostAlike(plateaus, plate);
  const at = plate * PLATEAUS_MAX + plateaus.count[plate]!;
  const now: Level = {
    firstBlock,
    lastBlock: seenBlock(sensing, plate, blockNumber),
    observations: runs.count[slot]!,
    mean: runs.mean[slot]!,
    variance,
  };
  const isSameRun = !isFirst && !isChanged;
  writeLevel(plateaus, at, isSameRun ? sharperOf(sensing, levelAt(plateaus, at), now) : now);
  plateaus.count[plate]!++;
  return isChanged;
}

/** A level whose mean was surer by this factor some blocks ago has been touched since. */
const TOUCHED_RATIO = 1.5;
/** Between two grasps of one hand; a level that is restless for longer sways, and means what it means as a whole. */
const BRIEF_BLOCKS = 8;

/**
 * The plateau as it is now, or as it was before it was touched: a hand that comes for the next thing presses before it
 * lifts, and drags the level with it. How far it did says how far the hand may have done so before.
 */
function sharperOf(sensing: PlateSensing, was: Level, now: Level): Level {
  const isBrief = now.observations <= BRIEF_BLOCKS;
  if (!isBrief || TOUCHED_RATIO * meanVariance(sensing, was) >= meanVariance(sensing, now)) return now;
  const draggedGrams = now.mean - was.mean;
  return { ...was, lastBlock: now.lastBlock, variance: Math.max(was.variance, draggedGrams ** 2) };
}

/** Variance of a level's mean: what averaging removes, and the share of correlated wander that it does not. */
export function meanVariance(sensing: PlateSensing, level: Pick<Level, 'variance' | 'observations'>): number {
  return level.variance * (1 / level.observations + sensing.settings.wanderShare);
}

/** A run that spreads wider than ringing does is a moving hand, not a level. */
function unsteadyVariance(sensing: PlateSensing, plate: number): number {
  const { settings, plates } = sensing;
  const ringing = settings.ringingGramsMax * settings.ringingGramsMax;
  return Math.max(ringing, settings.ringingRatio * settings.ringingRatio * plates.wander[plate]!);
}

/** Removes plateaus that began in or after `firstBlock` (one block earlier counts as the same run). */
function takeBackSince(sensing: PlateSensing, plate: number, firstBlock: number): void {
  const { plateaus } = sensing;
  const start = plate * PLATEAUS_MAX;
  let count = plateaus.count[plate]!;
  while (count > 0 && plateaus.firstBlock[start + count - 1]! >= firstBlock - 1) count--;
  plateaus.count[plate] = count;
  if (count === 0) return;
  const last = start + count - 1;
  if (plateaus.lastBlock[last]! >= firstBlock)
    plateaus.lastBlock[last] = seenBlock(sensing, plate, firstBlock - 1);
}

/** `block`, or the last one before the hole that it lies in: nobody saw the plate at its old level in there. */
function seenBlock(sensing: PlateSensing, plate: number, block: number): number {
  const clock = clockOf(sensing, plate);
  const isInHole = block >= clock.holeFirstBlock && block <= clock.holeLastBlock;
  return isInHole ? clock.holeFirstBlock - 1 : block;
}

/** Makes room: pools the two neighbouring plateaus whose means lie closest together. */
function mergeMostAlike(plateaus: Plateaus, plate: number): void {
  const start = plate * PLATEAUS_MAX;
  const end = start + plateaus.count[plate]!;
  let best = start + 1;
  let bestGap = Infinity;
  for (let at = start + 1; at + 1 < end; at++) {
    const gap = Math.abs(plateaus.mean[at + 1]! - plateaus.mean[at]!);
    if (gap < bestGap) {
      bestGap = gap;
      best = at;
    }
  }
  const pooled = levelAt(plateaus, best);
  poolLevels(pooled, levelAt(plateaus, best + 1));
  writeLevel(plateaus, best, pooled);
  const arrays = [
    plateaus.firstBlock,
    plateaus.lastBlock,
    plateaus.observations,
    plateaus.mean,
    plateaus.variance,
  ];
  for (const array of arrays) array.copyWithin(best + 1, best + 2, end);
  plateaus.count[plate]!--;
}

/** One plateau, out of the arrays. */
export interface Level {
  readonly firstBlock: number;
  lastBlock: number;
  observations: number;
  mean: number;
  variance: number;
}

export function levelAt(plateaus: Plateaus, slot: number): Level {
  return {
    firstBlock: plateaus.firstBlock[slot]!,
    lastBlock: plateaus.lastBlock[slot]!,
    observations: plateaus.observations[slot]!,
    mean: plateaus.mean[slot]!,
    variance: plateaus.variance[slot]!,
  };
}

function writeLevel(plateaus: Plateaus, slot: number, level: Level): void {
  plateaus.firstBlock[slot] = level.firstBlock;
  plateaus.lastBlock[slot] = level.lastBlock;
  plateaus.observations[slot] = level.observations;
  plateaus.mean[slot] = level.mean;
  plateaus.variance[slot] = level.variance;
}

/** Pools `next` into `into`, each weighted by how sharp its mean is; their gap widens the pooled level. */
export function poolLevels(into: Level, next: Level): void {
  const a = into.observations / into.variance;
  const b = next.observations / next.variance;
  const share = b / (a + b);
  const gap = next.mean - into.mean;
  into.observations += next.observations;
  into.mean += gap * share;
  into.variance = into.observations / (a + b) + gap * gap * share * (1 - share);
  into.lastBlock = next.lastBlock;
}
