/**
 * From plateaus to weight steps. Neighbouring plateaus that do not differ for sure are pooled; the others are steps,
 * each with the spread that its plateaus' noise, the push it got and its neighbours' steps leave.
 */
import { epochMs } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type { Plate, PlateChange, WeightStep } from '../domain/index.ts';
import { clockOf, PLATEAUS_MAX } from './plate-state.ts';
import type { PlateSensing } from './plate-state.ts';
import { levelAt, meanVariance, poolLevels } from './plateaus.ts';
import type { Level } from './plateaus.ts';

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

/** A step as its own plate shows it, before its neighbours are asked. */
interface RawStep extends WeightStep {
  /** Position on the shelf. */
  readonly position: number;
}

const HOUR_MS = 3_600_000;
/** Cross-talk falls off with the distance along the shelf: to a third over this many plates. */
const CROSS_TALK_REACH_PLATES = 3;
/** Steps whose windows lie this close together may show in each other. */
const CROSS_TALK_MS = 500;

/** The levels of one plate that differ for sure, as far as its own signal can tell. */
interface Track {
  readonly plate: Plate;
  readonly position: number;
  readonly levels: readonly Level[];
  /** Standard deviation of what the plate keeps of the push that it got, grams. */
  readonly keptPushGrams: number;
}

/** All steps of a shelf in order of time; `plates` are its working plates. */
export function shelfSteps(sensing: PlateSensing, plates: readonly Plate[]): WeightStep[] {
  const tracks = plates.map((plate, position) => trackOf(sensing, plate, position));
  const moving = plates.flatMap((plate, position) => movingNow(sensing, plate, position));
  const seen = [...tracks.flatMap((track) => stepsOf(sensing, track)), ...moving];
  const steps: WeightStep[] = [];
  for (const track of tracks) {
    const sure = withoutCrossTalk(sensing, track, seen);
    for (const raw of stepsOf(sensing, sure)) {
      const feltGrams = feltGramsOf(raw, seen);
      if (!isStepBeside(sensing, raw, feltGrams)) continue;
      const { position: _, ...step } = raw;
      const { crossTalkShare, gainShare } = sensing.settings;
      const others = [crossTalkShare * feltGrams, gainShare * step.deltaGrams];
      steps.push({ ...step, sigmaGrams: Math.hypot(step.sigmaGrams, ...others) });
    }
  }
  return steps.sort((a, b) => a.settledAtMs - b.settledAtMs);
}

/**
 * The track with levels pooled that may differ by what others did. A step that is only left out would be missing from
 * the plate's sum: −19 and −101 g told as −101 g.
 */
function withoutCrossTalk(sensing: PlateSensing, track: Track, seen: readonly RawStep[]): Track {
  const levels = [{ ...track.levels[0]! }];
  stepsOf(sensing, track).forEach((step, at) => {
    const next = track.levels[at + 1]!;
    if (isStepBeside(sensing, step, feltGramsOf(step, seen))) levels.push({ ...next });
    else poolLevels(levels.at(-1)!, next);
  });
  return { ...track, levels };
}

function isStep(sensing: PlateSensing, deltaGrams: number, sigmaGrams: number): boolean {
  const { settings } = sensing;
  return Math.abs(deltaGrams) > Math.max(settings.stepSigmas * sigmaGrams, settings.stepGramsMin);
}

/**
 * True where the step is more than its own noise and the most that its neighbours can have shown in it. What a stiff
 * shelf passes on is bounded, not normal: four standard deviations of it would swallow the smaller half of a thing that
 * stands on two plates.
 */
function isStepBeside(sensing: PlateSensing, step: RawStep, feltGrams: number): boolean {
  const { stepSigmas, crossTalkShareMax } = sensing.settings;
  const least = crossTalkShareMax * feltGrams + stepSigmas * step.sigmaGrams;
  return Math.abs(step.deltaGrams) > least && isStep(sensing, step.deltaGrams, step.sigmaGrams);
}

/** What others did at the same moment as `step`, as far as it carries to its plate: root of the sum of squares. */
function feltGramsOf(step: RawStep, others: readonly RawStep[]): number {
  let squares = 0;
  for (const other of others) {
    const gap = Math.abs(other.position - step.position);
    if (gap === 0) continue;
    const apartMs = Math.max(step.leftAtMs, other.leftAtMs) - Math.min(step.settledAtMs, other.settledAtMs);
    if (apartMs <= CROSS_TALK_MS) squares += (crossTalkFalloff(gap) * other.deltaGrams) ** 2;
  }
  return Math.sqrt(squares);
}

function crossTalkFalloff(gapPlates: number): number {
  return Math.exp((1 - gapPlates) / CROSS_TALK_REACH_PLATES);
}

/** Sensor time at which `block` of the plate's fixture ended, on the fixture's present clock. */
function blockEndMs(sensing: PlateSensing, plate: Plate, block: number): EpochMs {
  const clock = clockOf(sensing, plate.plateIndex);
  return epochMs(clock.lastSampleAtMs - (clock.blockNumber - block) * clock.blockSpanMs);
}

function trackOf(sensing: PlateSensing, plate: Plate, position: number): Track {
  const push = sensing.settings.pushShare * pushGrams(sensing, plate.plateIndex);
  return { plate, position, levels: distinctLevels(sensing, plate.plateIndex, push), keptPushGrams: push };
}

/** Steps between the levels of a plate, in order of time. */
function stepsOf(sensing: PlateSensing, track: Track): RawStep[] {
  const { plate, position, levels } = track;
  const steps: RawStep[] = [];
  for (let at = 1; at < levels.length; at++) {
    const before = levels[at - 1]!;
    const after = levels[at]!;
    const leftAtMs = blockEndMs(sensing, plate, before.lastBlock);
    const settledAtMs = blockEndMs(sensing, plate, after.firstBlock);
    const driftGrams = (sensing.settings.driftGramsPerHour * (settledAtMs - leftAtMs)) / HOUR_MS;
    steps.push({
      plateId: plate.plateId,
      position,
      leftAtMs,
      settledAtMs,
      deltaGrams: after.mean - before.mean,
      sigmaGrams: Math.hypot(stepSigma(sensing, [before, after], track.keptPushGrams), driftGrams),
    });
  }
  return steps;
}

/** The plate's plateaus with neighbours pooled that do not differ for sure: what follows sharpens a level. */
function distinctLevels(sensing: PlateSensing, plate: number, push: number): Level[] {
  const { plateaus } = sensing;
  const start = plate * PLATEAUS_MAX;
  const levels = [levelAt(plateaus, start)];
  for (let slot = start + 1; slot < start + plateaus.count[plate]!; slot++) {
    const next = levelAt(plateaus, slot);
    const last = levels.at(-1)!;
    if (isStep(sensing, next.mean - last.mean, stepSigma(sensing, [last, next], push))) levels.push(next);
    else poolLevels(last, next);
  }
  return levels;
}

function stepSigma(sensing: PlateSensing, levels: readonly [Level, Level], push: number): number {
  return Math.sqrt(meanVariance(sensing, levels[0]) + meanVariance(sensing, levels[1]) + push * push);
}

/** What a plate is doing right now that no plateau shows yet: its neighbours already feel it. */
function movingNow(sensing: PlateSensing, plate: Plate, position: number): RawStep[] {
  const { plateaus, plates } = sensing;
  const last = levelAt(plateaus, plate.plateIndex * PLATEAUS_MAX + plateaus.count[plate.plateIndex]! - 1);
  const now = clockOf(sensing, plate.plateIndex).blockNumber;
  if (last.lastBlock >= now) return [];
  return [
    {
      plateId: plate.plateId,
      position,
      leftAtMs: blockEndMs(sensing, plate, last.lastBlock),
      settledAtMs: blockEndMs(sensing, plate, now),
      deltaGrams: plates.previousMean[plate.plateIndex]! - last.mean,
      sigmaGrams: 0,
    },
  ];
}

/** Net changes of all `plates` of a shelf since the contact began, each with what it may show of the others'. */
export function shelfChanges(sensing: PlateSensing, plates: readonly Plate[]): PlateChange[] {
  const { plateaus, settings } = sensing;
  const ends = plates.map((plate) => {
    const start = plate.plateIndex * PLATEAUS_MAX;
    const first = levelAt(plateaus, start);
    const last = levelAt(plateaus, start + plateaus.count[plate.plateIndex]! - 1);
    const push = settings.pushShare * pushGrams(sensing, plate.plateIndex);
    const variance = meanVariance(sensing, first) + meanVariance(sensing, last) + push * push;
    return { deltaGrams: last.mean - first.mean, variance };
  });
  return plates.map((plate, at) => {
    const { deltaGrams } = ends[at]!;
    let variance = ends[at]!.variance + (settings.gainShare * deltaGrams) ** 2;
    ends.forEach((other, otherAt) => {
      if (otherAt === at) return;
      const shown = settings.crossTalkShare * crossTalkFalloff(Math.abs(otherAt - at)) * other.deltaGrams;
      variance += shown * shown;
    });
    return { plateId: plate.plateId, deltaGrams, sigmaGrams: Math.sqrt(variance) };
  });
}
