/**
 * From plateaus to weight steps. Neighbouring plateaus that do not differ for sure are pooled; the others are steps,
 * each with the spread that its plateaus' noise, the push it got and its neighbours' steps leave.
 */
import { epochMs } from '../base/index.ts';
import type { Plate, PlateChange, WeightStep } from '../domain/index.ts';
import { PLATEAUS_MAX } from './plate-state.ts';
import type { PlateSensing } from './plate-state.ts';
import { levelAt, poolLevels } from './plateaus.ts';
import type { Level } from './plateaus.ts';

/** Variance of a level's mean: what averaging removes, and the share of correlated wander that it does not. */
function meanVariance(sensing: PlateSensing, level: Level): number {
  return level.variance * (1 / level.observations + sensing.settings.wanderShare);
}

/** How far the plate was pushed beyond every level that it held, grams. */
function pushGrams(sensing: PlateSensing, plate: number): number {
  const { plates, plateaus } = sensing;
  const start = plate * PLATEAUS_MAX;
  let low = Infinity;
  let high = -Infinity;
  for (let slot = start; slot < start + plateaus.count[plate]!; slot++) {
    low = Math.min(low, plateaus.mean[slot]!);
    high = Math.max(high, plateaus.mean[slot]!);
  }
  return Math.max(low - plates.lowest[plate]!, plates.highest[plate]! - high, 0);
}

interface OwnChange {
  readonly deltaGrams: number;
  readonly variance: number;
  /** How much the plate's load differs from before, settled or not: neighbours show a little of it. */
  readonly loadGrams: number;
}

/** Net change of the plate since the contact began, its own noise only. */
function ownChange(sensing: PlateSensing, plate: number): OwnChange {
  const { plateaus, settings } = sensing;
  const start = plate * PLATEAUS_MAX;
  const first = levelAt(sensing.plateaus, start);
  const last = levelAt(sensing.plateaus, start + plateaus.count[plate]! - 1);
  const push = settings.pushShare * pushGrams(sensing, plate);
  const variance = meanVariance(sensing, first) + meanVariance(sensing, last) + push * push;
  const deltaGrams = last.mean - first.mean;
  const presentGrams = sensing.plates.previousMean[plate]! - first.mean;
  return { deltaGrams, variance, loadGrams: Math.max(Math.abs(deltaGrams), Math.abs(presentGrams)) };
}

/** Changes of all `plates` of a shelf, with what each may show of its largest neighbour's change. */
export function shelfChanges(sensing: PlateSensing, plates: readonly Plate[]): PlateChange[] {
  const own = plates.map((plate) => ownChange(sensing, plate.plateIndex));
  return plates.map((plate, at) => {
    const crossTalk = sensing.settings.crossTalkShare * largestOther(own, at);
    return {
      plateId: plate.plateId,
      deltaGrams: own[at]!.deltaGrams,
      sigmaGrams: Math.sqrt(own[at]!.variance + crossTalk * crossTalk),
    };
  });
}

function largestOther(changes: readonly OwnChange[], except: number): number {
  let largest = 0;
  changes.forEach((change, at) => {
    if (at !== except) largest = Math.max(largest, change.loadGrams);
  });
  return largest;
}

/** Sensor time at which `block` of the plate's fixture ended, on the fixture's present clock. */
function blockEndMs(sensing: PlateSensing, plate: Plate, block: number): number {
  const fixtureIndex = sensing.layout.shelves[plate.shelfIndex]!.fixtureIndex;
  const clock = sensing.clocks[fixtureIndex]!;
  return clock.lastSampleAtMs - (clock.blockNumber - block) * sensing.settings.blockMs;
}

/** The steps of one plate in order of time. `change` carries the shelf's cross-talk for this plate. */
export function plateSteps(sensing: PlateSensing, plate: Plate, change: PlateChange): WeightStep[] {
  const { plateaus, settings } = sensing;
  const start = plate.plateIndex * PLATEAUS_MAX;
  const end = start + plateaus.count[plate.plateIndex]!;
  const sharedVariance = change.sigmaGrams * change.sigmaGrams - ownNoise(sensing, start, end - 1);
  const steps: WeightStep[] = [];
  const present = levelAt(sensing.plateaus, start);
  for (let slot = start + 1; slot < end; slot++) {
    const next = levelAt(sensing.plateaus, slot);
    const deltaGrams = next.mean - present.mean;
    const variance =
      meanVariance(sensing, present) + meanVariance(sensing, next) + Math.max(sharedVariance, 0);
    const sigmaGrams = Math.sqrt(variance);
    const isStep = Math.abs(deltaGrams) > Math.max(settings.stepSigmas * sigmaGrams, settings.stepGramsMin);
    if (isStep) {
      const leftAtMs = epochMs(blockEndMs(sensing, plate, present.lastBlock));
      const settledAtMs = epochMs(blockEndMs(sensing, plate, next.firstBlock));
      steps.push({ plateId: plate.plateId, leftAtMs, settledAtMs, deltaGrams, sigmaGrams });
      Object.assign(present, next);
    } else {
      poolLevels(present, next);
    }
  }
  return steps;
}

function ownNoise(sensing: PlateSensing, firstSlot: number, lastSlot: number): number {
  return (
    meanVariance(sensing, levelAt(sensing.plateaus, firstSlot)) +
    meanVariance(sensing, levelAt(sensing.plateaus, lastSlot))
  );
}
