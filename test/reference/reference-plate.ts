/**
 * One plate of the reference: what it knows, how it learns while it is quiet, and how it follows a contact. Constants
 * that sensing keeps to itself stand here a second time on purpose: a changed one must be changed in both.
 */
import type { Plate, PlateCondition } from '../../src/domain/index.ts';
import { SENSING_SETTINGS } from '../../src/sensing/index.ts';
import type { PlateBlock } from './fixture-blocks.ts';
import { aged, mostProbable, observe, varianceOf } from './run-posterior.ts';
import type { Posterior } from './run-posterior.ts';

const settings = SENSING_SETTINGS;
const WANDER_MIN = 0.15 ** 2;
const NOISE_MIN = 0.2 ** 2;
const GRAIN = 0.3 ** 2;
const UNREST_RATE = 0.25;
const UNREST_MAX = 40;
const RINGING_RATIO = 1.5;
const RINGING_GRAMS_MIN = 0.4;
const QUIET_OBSERVATIONS_MAX = 20;
const TOUCHED_RATIO = 1.5;
const BRIEF_BLOCKS = 8;
const SATURATED_BLOCKS = 5;

/** A level held for some blocks; `blocks` counts those behind its mean, at most 40. */
export interface Plateau {
  firstBlock: number;
  lastBlock: number;
  blocks: number;
  mean: number;
  variance: number;
}

export interface ReferencePlate {
  readonly plate: Plate;
  condition: PlateCondition;
  missingBlocks: number;
  constantBlocks: number;
  saturatedBlocks: number;
  lastReading: number;
  /** Quiet level, blocks behind it (0: none), variance of block means around it and of samples in a block. */
  level: number;
  quietBlocks: number;
  wander: number;
  noise: number;
  /** Only while in contact. */
  posterior: Posterior;
  plateaus: Plateau[];
  /** Block means since the contact began. */
  visited: number[];
  previous: number;
  unrest: number;
}

export function newPlate(plate: Plate): ReferencePlate {
  return {
    plate,
    condition: 'working',
    missingBlocks: 0,
    constantBlocks: 0,
    saturatedBlocks: 0,
    lastReading: Number.NaN,
    level: 0,
    quietBlocks: 0,
    wander: 0.8 ** 2,
    noise: 1.5 ** 2,
    posterior: { runs: [], variancePrior: 1, levelPrior: 0 },
    plateaus: [],
    visited: [],
    previous: 0,
    unrest: 0,
  };
}

export function followCondition(it: ReferencePlate, block: PlateBlock | null): void {
  it.missingBlocks = block ? 0 : it.missingBlocks + 1;
  if (block) {
    const isRepeated = block.variance === 0 && block.mean === it.lastReading;
    it.constantBlocks = isRepeated ? it.constantBlocks + 1 : 0;
    it.lastReading = block.mean;
    it.saturatedBlocks = Math.abs(block.mean) >= settings.saturationGrams ? it.saturatedBlocks + 1 : 0;
  }
  const before = it.condition;
  if (it.missingBlocks >= settings.silentBlocks) it.condition = 'silent';
  else if (it.saturatedBlocks >= SATURATED_BLOCKS) it.condition = 'saturated';
  else if (it.constantBlocks >= settings.stuckBlocks) it.condition = 'stuck';
  else it.condition = 'working';
  if (it.condition !== before) it.quietBlocks = 0;
}

export function isTouched(it: ReferencePlate, block: PlateBlock | null): boolean {
  if (it.condition !== 'working' || it.quietBlocks === 0 || !block) return false;
  const variance = it.wander * (1 + 1 / it.quietBlocks);
  const sigmas = Math.abs(block.mean - it.level) / Math.sqrt(variance);
  return sigmas > settings.contactSigmas || block.variance > settings.contactVarianceRatio * it.noise;
}

export function learnQuietly(it: ReferencePlate, block: PlateBlock): void {
  const n = it.quietBlocks;
  it.quietBlocks = Math.min(n + 1, settings.levelBlocks);
  if (n === 0) {
    it.level = block.mean;
    learnNoise(it, block.variance, it.wander);
    return;
  }
  const off = block.mean - it.level;
  it.level += off / Math.min(n + 1, settings.levelBlocks);
  learnNoise(it, block.variance, (off * off * n) / (n + 1));
}

function learnNoise(it: ReferencePlate, variance: number, wander: number): void {
  const share = 1 / settings.noiseBlocks;
  it.wander = Math.max(WANDER_MIN, (1 - share) * it.wander + share * wander);
  it.noise = Math.max(NOISE_MIN, (1 - share) * it.noise + share * variance);
}

/** The contact begins behind the block `blockNumber`: one run, of the quiet level. */
export function beginContact(it: ReferencePlate, block: PlateBlock | null, blockNumber: number): void {
  if (it.quietBlocks === 0 && block) {
    it.level = block.mean;
    it.quietBlocks = 1;
  }
  const count = Math.max(1, Math.min(it.quietBlocks, QUIET_OBSERVATIONS_MAX));
  const ringing = Math.max(RINGING_RATIO * Math.sqrt(it.wander), RINGING_GRAMS_MIN);
  const run = { logProb: 0, count, age: count, mean: it.level, sumSquares: it.wander * count };
  it.posterior = { runs: [run], variancePrior: ringing ** 2, levelPrior: it.level };
  it.plateaus = [];
  it.visited = [it.level];
  it.previous = it.level;
  it.unrest = 0;
  notePlateau(it, blockNumber);
}

/** One block of a contact; a plate that has no level yet begins with this block. */
export function follow(it: ReferencePlate, block: PlateBlock | null, blockNumber: number): void {
  if (it.condition !== 'working') return;
  if (!block) {
    it.posterior = aged(it.posterior, 1);
    return;
  }
  if (it.quietBlocks === 0) {
    beginContact(it, block, blockNumber);
    return;
  }
  it.posterior = observe(it.posterior, block.mean);
  it.visited.push(block.mean);
  notePlateau(it, blockNumber);
  const run = mostProbable(it.posterior);
  const off = (block.mean - run.mean) ** 2;
  const moved = Math.max((block.mean - it.previous) ** 2 / 2, off) / Math.max(it.wander, GRAIN);
  const shaken = block.variance / Math.max(it.noise, GRAIN);
  it.unrest += UNREST_RATE * (Math.min(UNREST_MAX, Math.max(moved, shaken)) - it.unrest);
  it.previous = block.mean;
  const spread = settings.stepSigmas ** 2 * settings.wanderShare * varianceOf(run, it.posterior);
  const isUnmoved = (run.mean - it.level) ** 2 <= Math.max(settings.stepGramsMin ** 2, spread);
  const enough = isUnmoved ? settings.adoptBlocks : settings.adoptChangedBlocks;
  if (run.age >= enough) learnNoise(it, block.variance, (block.mean - run.mean) ** 2);
}

/** Writes the most probable run down as a plateau where it has lasted; those that began within it never were. */
function notePlateau(it: ReferencePlate, blockNumber: number): void {
  const run = mostProbable(it.posterior);
  const variance = varianceOf(run, it.posterior);
  const steady = Math.max(settings.ringingGramsMax ** 2, settings.ringingRatio ** 2 * it.wander);
  const isFirst = it.plateaus.length === 0;
  if (!isFirst && (run.count < settings.plateauBlocks || variance > steady)) return;
  const firstBlock = blockNumber - run.age + 1;
  const kept = it.plateaus.filter((plateau) => plateau.firstBlock < firstBlock - 1);
  const last = kept.at(-1);
  if (last) last.lastBlock = Math.min(last.lastBlock, firstBlock - 1);
  const now = { firstBlock, lastBlock: blockNumber, blocks: run.count, mean: run.mean, variance };
  const taken = it.plateaus.slice(kept.length);
  it.plateaus = [...kept, taken.length === 1 && !isFirst ? sharper(taken[0]!, now) : now];
}

/** How sure the mean of a level is. */
export function meanVariance(level: Plateau): number {
  return level.variance * (1 / level.blocks + settings.wanderShare);
}

/** What the level was before a hand dragged it, as unsure as it was dragged. */
function sharper(was: Plateau, now: Plateau): Plateau {
  if (now.blocks > BRIEF_BLOCKS || meanVariance(now) <= TOUCHED_RATIO * meanVariance(was)) return now;
  return { ...was, lastBlock: now.lastBlock, variance: Math.max(was.variance, (now.mean - was.mean) ** 2) };
}

export function isSettled(it: ReferencePlate, block: PlateBlock | null): boolean {
  if (it.condition !== 'working' || !block) return true;
  return it.unrest <= settings.calmRatio && mostProbable(it.posterior).count >= settings.settleBlocks;
}

export function endContact(it: ReferencePlate): void {
  if (it.condition !== 'working' || it.quietBlocks === 0) return;
  const run = mostProbable(it.posterior);
  it.level = run.mean;
  it.quietBlocks = Math.min(run.count, settings.levelBlocks);
}

/** Grams by which the plate was pushed beyond every level it held. */
export function pushOf(it: ReferencePlate): number {
  const means = it.plateaus.map((plateau) => plateau.mean);
  const below = Math.min(...means) - Math.min(...it.visited);
  const above = Math.max(...it.visited) - Math.max(...means);
  return Math.max(0, below, above);
}
