/**
 * The weight plates of one fixture as they would report: arbitrary offsets, white noise, slow wander, quantisation,
 * and the effects of the story. SIMULATED, a test builder. 60 Hz, 12 samples a message, as real plates were seen to
 * send them.
 */
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import type { Fixture } from '../../src/domain/index.ts';
import type { PlateEffect } from './plate-effects.ts';

export const PLATE_RATE_HZ = 60;
export const SAMPLES_PER_MESSAGE = 12;
const QUANTUM_GRAMS = 0.24;
const NOISY_PLATE_SHARE = 0.03;
const NOISY_PLATE_GRAMS = 7;
/** The wander forgets about a third of itself in this many messages (0.2 s each). */
const WANDER_MESSAGES = 25;

interface Column {
  readonly noiseGrams: number;
  readonly wanderGrams: number;
  /** Offset and all finished effects. */
  levelGrams: number;
  wander: number;
  wanderNext: number;
}

export interface RawMessage {
  /** True time of the last sample, from the start of the recording. */
  readonly trueMs: number;
  readonly samplesGrams: Float32Array;
}

function newColumn(random: Random): Column {
  const isNoisy = random.uniform() < NOISY_PLATE_SHARE;
  const noiseGrams = isNoisy ? NOISY_PLATE_GRAMS : 0.3 + random.uniform() * 1.5;
  const wanderGrams = 1 + random.uniform() * 2;
  const levelGrams = -500 + random.uniform() * 9000;
  const wander = random.normal() * wanderGrams * 0.5;
  return { noiseGrams, wanderGrams, levelGrams, wander, wanderNext: wander };
}

/** Ornstein-Uhlenbeck, one move a message; its spread is half of `wanderGrams`, so that ± `wanderGrams` holds 95 %. */
function wanderOn(column: Column, random: Random): void {
  const keep = 1 - 1 / WANDER_MESSAGES;
  column.wander = column.wanderNext;
  const kick = column.wanderGrams * 0.5 * Math.sqrt(1 - keep * keep);
  column.wanderNext = column.wander * keep + kick * random.normal();
}

export interface FixtureSignalOptions {
  readonly fixture: Fixture;
  readonly effects: readonly PlateEffect[];
  readonly endsAtMs: number;
  readonly seed: number;
}

/** All messages of one fixture, in order of time. */
export function* fixtureSignals(options: FixtureSignalOptions): Generator<RawMessage> {
  const random = seededRandom(options.seed);
  const columns = options.fixture.plates.map(() => newColumn(random));
  const waiting = [...options.effects];
  let active: PlateEffect[] = [];
  const phaseMs = random.uniform() * 200;
  const sampleMs = 1000 / PLATE_RATE_HZ;
  const effectGrams = new Float64Array(columns.length);
  for (let first = 0; ; first += SAMPLES_PER_MESSAGE) {
    const trueMs = phaseMs + (first + SAMPLES_PER_MESSAGE - 1) * sampleMs;
    if (trueMs > options.endsAtMs) return;
    for (const column of columns) wanderOn(column, random);
    const samplesGrams = new Float32Array(SAMPLES_PER_MESSAGE * columns.length);
    for (let sample = 0; sample < SAMPLES_PER_MESSAGE; sample++) {
      const ms = phaseMs + (first + sample) * sampleMs;
      while (waiting.length > 0 && waiting[0]!.startsAtMs <= ms) active.push(waiting.shift()!);
      active = settle(active, columns, ms);
      effectGrams.fill(0);
      for (const effect of active) effectGrams[effect.columnIndex]! += effect.gramsAt(ms);
      const row = { samplesGrams, sample, effectGrams };
      writeRow(row, columns, random);
    }
    yield { trueMs, samplesGrams };
  }
}

/** Folds finished effects into the level; returns those that go on. */
function settle(active: PlateEffect[], columns: readonly Column[], ms: number): PlateEffect[] {
  if (!active.some((effect) => effect.endsAtMs <= ms)) return active;
  return active.filter((effect) => {
    if (effect.endsAtMs > ms) return true;
    columns[effect.columnIndex]!.levelGrams += effect.lastingGrams;
    return false;
  });
}

interface Row {
  readonly samplesGrams: Float32Array;
  readonly sample: number;
  readonly effectGrams: Float64Array;
}

function writeRow(row: Row, columns: readonly Column[], random: Random): void {
  const through = row.sample / SAMPLES_PER_MESSAGE;
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    const wander = column.wander + (column.wanderNext - column.wander) * through;
    const grams = column.levelGrams + wander + row.effectGrams[index]! + column.noiseGrams * random.normal();
    row.samplesGrams[row.sample * columns.length + index] = Math.round(grams / QUANTUM_GRAMS) * QUANTUM_GRAMS;
  }
}
