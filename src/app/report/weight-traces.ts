/**
 * Weight traces around interactions: the plates that stepped and their neighbours on the shelf, from three seconds
 * before the first step to two seconds after the contact, at most twenty seconds. A trace is cut from the history
 * when its interaction is final, and runs on with the samples that follow. At most 60 points a second are kept; a
 * faster plate is shown by the means of as many samples as that takes.
 */
import type {
  Fixture,
  Interaction,
  InteractionId,
  Plate,
  PlateBatch,
  StoreLayout,
} from '../../domain/index.ts';
import { BatchHistory } from './batch-history.ts';

export interface WeightTrace {
  readonly interactionId: InteractionId;
  readonly fixture: Fixture;
  readonly plates: readonly Plate[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** Samples that one point stands for; 1 where nothing was averaged. */
  samplesPerPoint: number;
  readonly timesMs: number[];
  /** Grams per plate, by point; NaN where the plate sent nothing. */
  readonly grams: readonly number[][];
  isOpen: boolean;
}

export const TRACES_MAX = 120;
const BEFORE_MS = 3000;
const AFTER_MS = 2000;
const LENGTH_MS_MAX = 20_000;
const POINTS_PER_SECOND_MAX = 60;
/** A shelf may be long: the plates that stepped and their nearest neighbours tell enough. */
const PLATES_MAX = 16;

export class WeightTraces {
  readonly byInteraction = new Map<InteractionId, WeightTrace>();
  leftOutCount = 0;
  private readonly history = new BatchHistory();
  private readonly layout: StoreLayout;

  constructor(layout: StoreLayout) {
    this.layout = layout;
  }

  observe(batch: PlateBatch): void {
    const fixture = this.layout.fixtureById.get(batch.fixtureId);
    if (!fixture || !isWhole(batch, fixture)) return;
    this.history.keep(batch);
    for (const trace of this.byInteraction.values())
      if (trace.isOpen && trace.fixture === fixture) append(trace, batch);
  }

  /** Cuts the trace of a final interaction; nothing for one without steps. */
  cut(interaction: Interaction): void {
    const [firstStep] = interaction.steps;
    if (!firstStep || this.byInteraction.has(interaction.interactionId)) return;
    if (this.byInteraction.size >= TRACES_MAX) {
      this.leftOutCount++;
      return;
    }
    const stepped = new Set(interaction.steps.map((step) => step.plateId));
    const touched = this.layout.plates.filter((plate) => stepped.has(plate.plateId));
    const shelf = this.layout.shelves[touched[0]?.shelfIndex ?? -1];
    const fixture = this.layout.fixtures[shelf?.fixtureIndex ?? -1];
    if (!shelf || !fixture) return;
    const fromMs = Math.min(...interaction.steps.map((step) => step.leftAtMs)) - BEFORE_MS;
    const plates = nearest(shelf.plates, touched);
    const trace: WeightTrace = {
      interactionId: interaction.interactionId,
      fixture,
      plates,
      fromMs,
      untilMs: Math.min(interaction.endedAtMs + AFTER_MS, fromMs + LENGTH_MS_MAX),
      samplesPerPoint: 1,
      timesMs: [],
      grams: plates.map(() => []),
      isOpen: true,
    };
    for (const batch of this.history.ofFixture(fixture.fixtureId)) append(trace, batch);
    this.byInteraction.set(interaction.interactionId, trace);
  }
}

function isWhole(batch: PlateBatch, fixture: Fixture): boolean {
  return batch.rateHz > 0 && batch.samplesGrams.length === batch.sampleCount * fixture.plates.length;
}

function nearest(shelfPlates: readonly Plate[], touched: readonly Plate[]): Plate[] {
  const gapOf = (plate: Plate): number =>
    Math.min(...touched.map((other) => Math.abs(other.columnIndex - plate.columnIndex)));
  return shelfPlates
    .toSorted((a, b) => gapOf(a) - gapOf(b))
    .slice(0, Math.max(PLATES_MAX, touched.length))
    .sort((a, b) => a.columnIndex - b.columnIndex);
}

function append(trace: WeightTrace, batch: PlateBatch): void {
  const spanMs = 1000 / batch.rateHz;
  const size = Math.max(1, Math.ceil(batch.rateHz / POINTS_PER_SECOND_MAX));
  trace.samplesPerPoint = Math.max(trace.samplesPerPoint, size);
  for (let row = 0; row < batch.sampleCount; row += size) {
    const end = Math.min(row + size, batch.sampleCount);
    const atMs = batch.observedAtMs - (batch.sampleCount - (row + end + 1) / 2) * spanMs;
    if (atMs > trace.untilMs) trace.isOpen = false;
    // Stamps jitter by more than a sample lasts: a point never goes back behind the one before it.
    const lastMs = trace.timesMs.at(-1) ?? -Infinity;
    if (atMs < trace.fromMs || !trace.isOpen || atMs < lastMs - (batch.sampleCount + 1) * spanMs) continue;
    trace.timesMs.push(Math.max(atMs, lastMs + 1));
    trace.plates.forEach((plate, index) =>
      trace.grams[index]!.push(meanOf(batch, { plate, trace, row, end })),
    );
  }
}

function meanOf(
  batch: PlateBatch,
  of: { readonly plate: Plate; readonly trace: WeightTrace; readonly row: number; readonly end: number },
): number {
  let sum = 0;
  for (let row = of.row; row < of.end; row++)
    sum += batch.samplesGrams[row * of.trace.fixture.plates.length + of.plate.columnIndex]!;
  return sum / (of.end - of.row);
}
