/**
 * Signals of one fixture, painted sample by sample: noise, wander, drift, and what hands do. SIMULATED, a test
 * builder; sizes are those of test/builders, with every one of them in the hands of the test.
 */
import { epochMs, seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { sourceId } from '../../src/domain/index.ts';
import type { Fixture, PlateBatch, StoreLayout } from '../../src/domain/index.ts';
import { scriptedShop } from '../builders/index.ts';

export interface SceneOptions {
  readonly seconds: number;
  readonly seed?: number;
  /** Shelves of `plates` plates each; default one of 12. */
  readonly shelves?: number;
  readonly plates?: number;
  readonly rateHz?: number;
  /** White noise of a sample, by column or for all; default 1 g. */
  readonly noiseGrams?: number | readonly number[];
  /** Standard deviation of the wander, which forgets itself within 5 s; default 0.7 g. */
  readonly wanderGrams?: number;
  readonly driftGramsPerHour?: number;
  readonly quantumGrams?: number;
  /** Level of every column; default −500 … 8500 g by the seed. */
  readonly levelGrams?: number;
}

/** 2023-11-14T22:13:20Z. */
export const SCENE_STARTS_AT_MS = 1_700_000_000_000;
const WANDER_MS = 5000;

export class Scene {
  readonly layout: StoreLayout;
  readonly fixture: Fixture;
  readonly rateHz: number;
  readonly columns: number;
  readonly rows: number;
  /** Shape (rows, columns), grams, before quantisation. */
  readonly grams: Float64Array;
  readonly random: Random;
  private readonly quantumGrams: number;

  constructor(options: SceneOptions) {
    const { seconds, seed = 1, shelves = 1, plates = 12, rateHz = 60 } = options;
    this.layout = scriptedShop({ fixtures: 1, shelvesPerFixture: shelves, platesPerShelf: plates }).layout;
    this.fixture = this.layout.fixtures[0]!;
    this.rateHz = rateHz;
    this.columns = shelves * plates;
    this.rows = Math.round(seconds * rateHz);
    this.grams = new Float64Array(this.rows * this.columns);
    this.random = seededRandom(seed);
    this.quantumGrams = options.quantumGrams ?? 0.24;
    for (let column = 0; column < this.columns; column++) this.rest(column, options);
  }

  /** The plate as nobody touches it. */
  private rest(column: number, options: SceneOptions): void {
    const { noiseGrams = 1, wanderGrams = 0.7, driftGramsPerHour = 0, levelGrams } = options;
    const { random, rateHz } = this;
    const noise = typeof noiseGrams === 'number' ? noiseGrams : noiseGrams[column]!;
    const level = levelGrams ?? -500 + 9000 * random.uniform();
    const keep = Math.exp(-1000 / rateHz / WANDER_MS);
    const kick = wanderGrams * Math.sqrt(1 - keep * keep);
    let wander = wanderGrams * random.normal();
    for (let row = 0; row < this.rows; row++) {
      const drift = (driftGramsPerHour * row) / rateHz / 3600;
      this.grams[row * this.columns + column] = level + wander + drift + noise * random.normal();
      wander = wander * keep + kick * random.normal();
    }
  }

  /** Adds `gramsAt(ms since fromMs)` to a column from `fromMs` until `toMs`. */
  add(column: number, span: { fromMs: number; toMs?: number }, gramsAt: (ms: number) => number): void {
    const first = Math.max(0, Math.ceil((span.fromMs * this.rateHz) / 1000));
    const last = span.toMs === undefined ? this.rows : Math.min(this.rows, (span.toMs * this.rateHz) / 1000);
    for (let row = first; row < last; row++)
      this.grams[row * this.columns + column]! += gramsAt((row * 1000) / this.rateHz - span.fromMs);
  }

  /** Replaces samples of a column, for broken plates. */
  spoil(column: number, span: { fromMs: number; toMs?: number }, reading: (was: number) => number): void {
    const first = Math.max(0, Math.ceil((span.fromMs * this.rateHz) / 1000));
    const last = span.toMs === undefined ? this.rows : Math.min(this.rows, (span.toMs * this.rateHz) / 1000);
    for (let row = first; row < last; row++) {
      const at = row * this.columns + column;
      this.grams[at] = reading(this.grams[at]!);
    }
  }

  /** Goods leave or come: a ramp of 80 ms. */
  bareStep(column: number, atMs: number, deltaGrams: number): void {
    this.add(column, { fromMs: atMs }, (ms) => deltaGrams * Math.min(1, ms / 80));
  }

  /** A decaying oscillation of 2.5–7.5 Hz. */
  ring(column: number, atMs: number, peakGrams: number): void {
    const decayMs = 250 + 350 * this.random.uniform();
    const radPerMs = (2 * Math.PI * (2.5 + 5 * this.random.uniform())) / 1000;
    const phase = 2 * Math.PI * this.random.uniform();
    this.add(
      column,
      { fromMs: atMs, toMs: atMs + 3000 },
      (ms) => peakGrams * Math.cos(radPerMs * ms + phase) * Math.exp(-ms / decayMs),
    );
  }

  /** A hand that presses (or lifts) for a while. */
  push(column: number, span: { fromMs: number; toMs: number }, forceGrams: number): void {
    const lastsMs = span.toMs - span.fromMs;
    this.add(column, span, (ms) => forceGrams * Math.sin((Math.PI * ms) / lastsMs));
  }

  /** An arm that lies on the plate, coming and going within 0.3 s and swaying. */
  lean(column: number, span: { fromMs: number; toMs: number }, forceGrams: number): void {
    const lastsMs = span.toMs - span.fromMs;
    const radPerMs = (2 * Math.PI * (0.3 + 0.4 * this.random.uniform())) / 1000;
    this.add(column, span, (ms) => {
      const edge = Math.min(1, ms / 300, (lastsMs - ms) / 300);
      return forceGrams * edge * (1 + 0.05 * Math.sin(radPerMs * ms));
    });
  }

  /** Everything a real pick does: a push, the step, ringing of 4–18 g, and neighbours that feel 0.5–1.6 % of it. */
  take(column: number, atMs: number, deltaGrams: number): void {
    const { random } = this;
    const forceGrams = (random.uniform() < 0.5 ? -1 : 1) * (20 + 130 * random.uniform());
    this.push(column, { fromMs: atMs - 350, toMs: atMs + 150 }, forceGrams);
    this.bareStep(column, atMs, deltaGrams);
    this.ring(column, atMs, 4 + 14 * random.uniform());
    for (const neighbour of [column - 1, column + 1]) {
      if (neighbour < 0 || neighbour >= this.columns) continue;
      this.bareStep(neighbour, atMs, deltaGrams * (0.005 + 0.011 * random.uniform()));
      this.ring(neighbour, atMs, 1 + 4 * random.uniform());
    }
  }

  /** Somebody walks into the fixture. */
  bump(atMs: number, peakGrams: number): void {
    for (let column = 0; column < this.columns; column++)
      this.ring(column, atMs, peakGrams * (0.2 + 0.8 * this.random.uniform()));
  }

  /** The scene as batches of `batchSamples`, stamps as exact as the rate allows. */
  batches(batchSamples = 12): PlateBatch[] {
    const quantised = Float32Array.from(
      this.grams,
      (grams) => Math.round(grams / this.quantumGrams) * this.quantumGrams,
    );
    const batches: PlateBatch[] = [];
    for (let row = 0; row < this.rows; row += batchSamples) {
      const end = Math.min(this.rows, row + batchSamples);
      const atMs = epochMs(SCENE_STARTS_AT_MS + ((end - 1) * 1000) / this.rateHz);
      batches.push({
        kind: 'plates',
        source: sourceId('plates'),
        sequence: batches.length,
        observedAtMs: atMs,
        receivedAtMs: atMs,
        fixtureId: this.fixture.fixtureId,
        rateHz: this.rateHz,
        sampleCount: end - row,
        samplesGrams: quantised.slice(row * this.columns, end * this.columns),
      });
    }
    return batches;
  }
}
