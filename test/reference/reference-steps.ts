/** From the plateaus of a shelf's plates to its steps, the plain way. */
import type { PlateId } from '../../src/domain/index.ts';
import { SENSING_SETTINGS } from '../../src/sensing/index.ts';
import type { FixtureBlock } from './fixture-blocks.ts';
import { meanVariance, pushOf } from './reference-plate.ts';
import type { Plateau, ReferencePlate } from './reference-plate.ts';

const settings = SENSING_SETTINGS;
const CROSS_TALK_REACH_PLATES = 3;
const CROSS_TALK_MS = 500;

export interface ReferenceStep {
  readonly plateId: PlateId;
  readonly position: number;
  readonly leftAtMs: number;
  readonly settledAtMs: number;
  readonly deltaGrams: number;
  readonly sigmaGrams: number;
}

function isStep(deltaGrams: number, sigmaGrams: number): boolean {
  return Math.abs(deltaGrams) > Math.max(settings.stepSigmas * sigmaGrams, settings.stepGramsMin);
}

/** Both levels as one: weights 1/variance of the mean; the gap between them widens it. */
function pooled(a: Plateau, b: Plateau): Plateau {
  const weightA = a.blocks / a.variance;
  const weightB = b.blocks / b.variance;
  const mean = (weightA * a.mean + weightB * b.mean) / (weightA + weightB);
  const blocks = a.blocks + b.blocks;
  const between = (weightA * (a.mean - mean) ** 2 + weightB * (b.mean - mean) ** 2) / (weightA + weightB);
  const variance = blocks / (weightA + weightB) + between;
  return { firstBlock: a.firstBlock, lastBlock: b.lastBlock, blocks, mean, variance };
}

interface Times {
  /** When a block ended. */
  readonly timeOf: (block: number) => number;
  /** The block, or the last one before the hole that it lies in. */
  readonly seen: (block: number) => number;
}

function stepSigma(before: Plateau, after: Plateau, push: number): number {
  return Math.sqrt(meanVariance(before) + meanVariance(after) + push ** 2);
}

/** Plateaus that do not differ for sure are one level, and what follows sharpens it. */
function distinctLevels(plateaus: readonly Plateau[], push: number): Plateau[] {
  const levels: Plateau[] = [];
  for (const next of plateaus) {
    const last = levels.at(-1);
    const isOther = !last || isStep(next.mean - last.mean, stepSigma(last, next, push));
    if (isOther) levels.push(next);
    else levels[levels.length - 1] = pooled(last, next);
  }
  return levels;
}

/** The levels of one plate that differ for sure, as far as its own signal can tell. */
interface Track {
  readonly it: ReferencePlate;
  readonly position: number;
  readonly levels: readonly Plateau[];
  readonly push: number;
}

function trackOf(it: ReferencePlate, position: number): Track {
  const push = settings.pushShare * pushOf(it);
  return { it, position, levels: distinctLevels(it.plateaus, push), push };
}

function stepsBetween({ it, position, levels, push }: Track, { timeOf, seen }: Times): ReferenceStep[] {
  return levels.slice(1).map((after, index) => {
    const before = levels[index]!;
    const leftAtMs = timeOf(seen(before.lastBlock));
    const settledAtMs = timeOf(after.firstBlock);
    const drift = (settings.driftGramsPerHour * (settledAtMs - leftAtMs)) / 3_600_000;
    return {
      plateId: it.plate.plateId,
      position,
      leftAtMs,
      settledAtMs,
      deltaGrams: after.mean - before.mean,
      sigmaGrams: Math.hypot(stepSigma(before, after, push), drift),
    };
  });
}

/** Levels that may differ only by what others did are one. */
function withoutCrossTalk(
  track: Track,
  steps: readonly ReferenceStep[],
  others: readonly ReferenceStep[],
): Track {
  const levels = [track.levels[0]!];
  steps.forEach((step, index) => {
    const next = track.levels[index + 1]!;
    if (isStepBeside(step, others)) levels.push(next);
    else levels.push(pooled(levels.pop()!, next));
  });
  return { ...track, levels };
}

/** What a plate does right now and no plateau shows yet. */
function movingNow(
  it: ReferencePlate,
  position: number,
  at: Pick<Times, 'timeOf'> & { readonly now: number },
): ReferenceStep[] {
  const last = it.plateaus.at(-1)!;
  if (last.lastBlock >= at.now) return [];
  const leftAtMs = at.timeOf(last.lastBlock);
  const deltaGrams = it.previous - last.mean;
  const settledAtMs = at.timeOf(at.now);
  return [{ plateId: it.plate.plateId, position, leftAtMs, settledAtMs, deltaGrams, sigmaGrams: 0 }];
}

/** What others did at the same moment, as much of it as a stiff shelf passes on over the distance, root of squares. */
function feltBy(step: ReferenceStep, others: readonly ReferenceStep[]): number {
  const felt = others
    .filter((other) => other.position !== step.position)
    .filter((other) => other.leftAtMs - step.settledAtMs <= CROSS_TALK_MS)
    .filter((other) => step.leftAtMs - other.settledAtMs <= CROSS_TALK_MS)
    .map((other) => {
      const gap = Math.abs(other.position - step.position);
      return other.deltaGrams * Math.exp((1 - gap) / CROSS_TALK_REACH_PLATES);
    });
  return Math.hypot(...felt);
}

function isStepBeside(step: ReferenceStep, others: readonly ReferenceStep[]): boolean {
  const least = settings.crossTalkShareMax * feltBy(step, others) + settings.stepSigmas * step.sigmaGrams;
  return Math.abs(step.deltaGrams) > Math.max(least, settings.stepGramsMin);
}

function asTold(step: ReferenceStep, others: readonly ReferenceStep[]): ReferenceStep {
  const shown = settings.crossTalkShare * feltBy(step, others);
  return { ...step, sigmaGrams: Math.hypot(step.sigmaGrams, shown, settings.gainShare * step.deltaGrams) };
}

/** Steps of the shelf at the block `now` (a number of `blocks`), in order of time. */
export function stepsOf(
  plates: readonly ReferencePlate[],
  blocks: readonly FixtureBlock[],
  now: number,
): ReferenceStep[] {
  const timeOf: Times['timeOf'] = (block) => {
    const first = blocks[0]!;
    return blocks[block]?.endedAtMs ?? first.endedAtMs + block * first.spanMs;
  };
  const seen: Times['seen'] = (block) => (blocks[block]?.plates.length === 0 ? seen(block - 1) : block);
  const usable = plates.filter((it) => it.condition === 'working' && it.quietBlocks > 0);
  const times = { timeOf, seen };
  const tracks = usable.map(trackOf);
  const moving = usable.flatMap((it, position) => movingNow(it, position, { now, timeOf }));
  const all = [...tracks.flatMap((track) => stepsBetween(track, times)), ...moving];
  return tracks
    .map((track) => withoutCrossTalk(track, stepsBetween(track, times), all))
    .flatMap((track) => stepsBetween(track, times))
    .filter((step) => isStepBeside(step, all))
    .map((step) => asTold(step, all))
    .toSorted((a, b) => a.settledAtMs - b.settledAtMs);
}
