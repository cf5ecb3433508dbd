/**
 * The samples of one batch of one fixture:
 *
 *   shown = offset + drift + wander + tones + white noise + gain · min(load + forces + ringing, range), in quanta
 *
 * O(plates · samples), one random number a sample. The generator is sfc32, as in `seededRandom`, with its state in
 * locals in the inner loop; its lower and
 * its upper 13 bits choose a normal quantile each.
 */
import { nextBits, nextNormal } from './noise-state.ts';
import { NORMAL_TABLE_SIZE } from './normal-table.ts';
import { driftPerBatch } from './plate-columns.ts';
import type { BatchScratch, FixtureState, Tone } from './fixture-state.ts';
import type { PlateSettings } from './settings.ts';

const TABLE_MASK = NORMAL_TABLE_SIZE - 1;
/** The table's 13 bits once more, from the other end: independent of the lower ones. */
const UPPER_BITS = 19;
const REPEAT_EVERY = 3;
/** 2 to the 32nd: how many values 32 random bits have. */
const RANDOM_VALUES = 4_294_967_296;
/** Ringing below this has ended; it must not fade into denormal numbers, which are slow. */
const SILENT_GRAMS = 1e-3;
/** Plates redraw their drift at different times, so many batches apart. */
const REDRAW_STAGGER = 97;

/** Numbers that are the same for all batches. */
export interface BatchPlan {
  readonly settings: PlateSettings;
  readonly normals: Float32Array;
  readonly wanderKeep: number;
  readonly wanderKick: number;
  readonly driftRedrawBatches: number;
}

/** The tone over a batch; its phasor stands behind it then. */
function layTone(tone: Tone, cosines: Float64Array, sines: Float64Array): void {
  const { turnCosine, turnSine } = tone;
  let { cosine, sine } = tone;
  for (let sample = 0; sample < cosines.length; sample++) {
    cosines[sample] = cosine;
    sines[sample] = sine;
    const turned = cosine * turnCosine - sine * turnSine;
    sine = cosine * turnSine + sine * turnCosine;
    cosine = turned;
  }
  tone.cosine = cosine;
  tone.sine = sine;
}

/** Turns the phase by a small angle; one step of Newton's keeps the length at 1. */
function nudgeTone(tone: Tone, angleRad: number): void {
  const cosine = tone.cosine - tone.sine * angleRad;
  const sine = tone.sine + tone.cosine * angleRad;
  const lengthen = 1.5 - 0.5 * (cosine * cosine + sine * sine);
  tone.cosine = cosine * lengthen;
  tone.sine = sine * lengthen;
}

/** Moves wander and drift on by a batch; returns where the wander was. */
function moveWander(state: FixtureState, plan: BatchPlan, column: number): number {
  const { columns } = state;
  const before = columns.wanderNow[column]!;
  const kick = columns.wanderGrams[column]! * plan.wanderKick;
  columns.wanderNow[column] = before * plan.wanderKeep + kick * nextNormal(state.noiseState, plan.normals);
  columns.driftGrams[column]! += columns.driftPerBatch[column]!;
  if ((state.batchCount + column * REDRAW_STAGGER) % plan.driftRedrawBatches === 0) {
    const normal = nextNormal(state.noiseState, plan.normals);
    columns.driftPerBatch[column] = driftPerBatch(plan.settings, normal, columns.driftGrams[column]!);
  }
  return before;
}

interface BatchTarget {
  readonly scratch: BatchScratch;
  readonly samplesGrams: Float32Array;
}

/** The hot loop: everything that a plate adds to its level, `samples` times. */
function writeColumn(state: FixtureState, plan: BatchPlan, target: BatchTarget & { column: number }): void {
  const { columns, noiseState } = state;
  const { column, samplesGrams } = target;
  const { humCosine, humSine, swayCosine, swaySine, forceGrams, drive } = target.scratch;
  const { normals } = plan;
  const { samplesPerBatch: samples, rangeGrams, quantumGrams } = plan.settings;
  const quantaPerGram = 1 / quantumGrams;
  const plateCount = columns.gain.length;
  const before = moveWander(state, plan, column);
  const climb = (columns.wanderNow[column]! - before) / samples;
  const level = columns.offsetGrams[column]! + columns.driftGrams[column]! + before;
  const load = columns.loadGrams[column]!;
  const gain = columns.gain[column]!;
  const white = columns.whiteGrams[column]!;
  const hum1 = columns.humCosine[column]!;
  const hum2 = columns.humSine[column]!;
  const sway1 = columns.swayCosine[column]!;
  const sway2 = columns.swaySine[column]!;
  const tremor = columns.tremorDrive[column]!;
  const a1 = columns.ringingA1[column]!;
  const a2 = columns.ringingA2[column]!;
  let y1 = columns.ringing1[column]!;
  let y2 = columns.ringing2[column]!;
  let a = noiseState[0]!;
  let b = noiseState[1]!;
  let c = noiseState[2]!;
  let counter = noiseState[3]!;
  const row = column * samples;
  for (let sample = 0, at = column; sample < samples; sample++, at += plateCount) {
    const bits = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + bits) | 0;
    const driven = drive[row + sample]! + tremor * normals[bits >>> UPPER_BITS]!;
    const y = a1 * y1 + a2 * y2 + driven;
    y2 = y1;
    y1 = y;
    const borne = load + forceGrams[row + sample]! + y;
    const hum = hum1 * humCosine[sample]! + hum2 * humSine[sample]!;
    const sway = sway1 * swayCosine[sample]! + sway2 * swaySine[sample]!;
    const noise = climb * sample + hum + sway + white * normals[bits & TABLE_MASK]!;
    const shown = level + noise + gain * (borne < rangeGrams ? borne : rangeGrams);
    samplesGrams[at] = Math.floor(shown * quantaPerGram + 0.5) * quantumGrams;
  }
  noiseState[0] = a;
  noiseState[1] = b;
  noiseState[2] = c;
  noiseState[3] = counter;
  const isSilent = Math.abs(y1) < SILENT_GRAMS && Math.abs(y2) < SILENT_GRAMS;
  columns.ringing1[column] = isSilent ? 0 : y1;
  columns.ringing2[column] = isSilent ? 0 : y2;
}

/** Every third sample of a column shows the one before it once more. */
function repeatSamples(samplesGrams: Float32Array, column: number, plateCount: number): void {
  for (let at = column + plateCount; at < samplesGrams.length; at += plateCount * REPEAT_EVERY)
    samplesGrams[at] = samplesGrams[at - plateCount]!;
}

/** Writes `(samples, plates)` into `samplesGrams`; moves the plates, the tones and the generator on by a batch. */
export function writeBatch(state: FixtureState, plan: BatchPlan, target: BatchTarget): void {
  const { scratch, samplesGrams } = target;
  const { noiseState, columns } = state;
  const plateCount = columns.gain.length;
  for (const tone of [state.hum, state.sway])
    nudgeTone(tone, plan.settings.tonePhaseRad * nextNormal(noiseState, plan.normals));
  layTone(state.hum, scratch.humCosine, scratch.humSine);
  layTone(state.sway, scratch.swayCosine, scratch.swaySine);
  const repeatBelow = plan.settings.repeatingShare * RANDOM_VALUES;
  for (let column = 0; column < plateCount; column++) {
    writeColumn(state, plan, { scratch, samplesGrams, column });
    if (nextBits(noiseState) >>> 0 < repeatBelow) repeatSamples(samplesGrams, column, plateCount);
  }
}
