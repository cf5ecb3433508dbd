/** Plates that lie: which ones a fault strikes, and what becomes of their samples. */
import { assertNever } from '../../base/index.ts';
import type { Fixture, Plate, StoreLayout } from '../../domain/index.ts';
import type { PlateFault } from '../words/index.ts';
import type { BatchTimes } from './batch-times.ts';
import { randomOf } from './draw.ts';

/** One fault on one plate. */
export interface FaultyPlate {
  readonly columnIndex: number;
  readonly fault: PlateFault;
  /** The last sample before the fault; NaN until there was one. */
  beforeGrams: number;
}

/** Keeps the draw of plates apart from other streams of the same seed. */
const FAULT_STREAM = 0x6661;

/** The plates that are named; without names a share of all, at least one. Unknown names strike nothing. */
function struckPlates(fault: PlateFault, layout: StoreLayout, seeds: readonly number[]): readonly Plate[] {
  if (fault.plateIds) {
    const named = new Set<string>(fault.plateIds);
    return layout.plates.filter((plate) => named.has(plate.plateId));
  }
  const random = randomOf(seeds);
  const plates = [...layout.plates];
  const share = Math.min(1, Math.max(0, fault.share ?? 0));
  const count = Math.min(plates.length, Math.max(1, Math.round(share * plates.length)));
  for (let index = 0; index < count; index++) {
    const other = index + random.below(plates.length - index);
    [plates[index], plates[other]] = [plates[other]!, plates[index]!];
  }
  return plates.slice(0, count);
}

/** By `fixtureIndex`, in the order of the faults. */
export function faultyPlates(
  faults: readonly PlateFault[],
  layout: StoreLayout,
  seed: number,
): FaultyPlate[][] {
  const byFixture = layout.fixtures.map((): FaultyPlate[] => []);
  faults.forEach((fault, faultIndex) => {
    for (const plate of struckPlates(fault, layout, [seed, FAULT_STREAM, faultIndex])) {
      const { fixtureIndex } = layout.shelves[plate.shelfIndex]!;
      byFixture[fixtureIndex]!.push({ columnIndex: plate.columnIndex, fault, beforeGrams: NaN });
    }
  });
  return byFixture;
}

/** What a plate shows `sinceS` after its fault began; `beforeGrams` is its last sample before. */
function lie(
  fault: PlateFault,
  grams: number,
  at: { readonly sinceS: number; readonly beforeGrams: number },
) {
  switch (fault.kind) {
    case 'plate-dead':
      return NaN;
    case 'plate-stuck':
      return at.beforeGrams;
    case 'plate-drifting':
      return grams + (fault.gramsPerHour * at.sinceS) / 3600;
    case 'plate-miscalibrated':
      return at.beforeGrams + (grams - at.beforeGrams) * fault.factor;
    default:
      return assertNever(fault);
  }
}

/** Puts the faults of one fixture into a batch `(samples, plates)`. A plate shows whole quanta, faulty or not. */
export function spoilBatch(
  faulty: readonly FaultyPlate[],
  samplesGrams: Float32Array,
  at: { readonly times: BatchTimes; readonly fixture: Fixture; readonly quantumGrams: number },
): void {
  const { times, quantumGrams } = at;
  const plateCount = at.fixture.plates.length;
  for (const plate of faulty) {
    const { fromS, untilS = Infinity } = plate.fault;
    for (let sample = 0; sample < times.samples; sample++) {
      const atS = (times.firstMs + sample * times.sampleMs) / 1000;
      const index = sample * plateCount + plate.columnIndex;
      const grams = samplesGrams[index]!;
      // A fault from the very start keeps the first sample.
      if (atS < fromS || Number.isNaN(plate.beforeGrams)) plate.beforeGrams = grams;
      if (atS < fromS || atS >= untilS) continue;
      const lied = lie(plate.fault, grams, { sinceS: atS - fromS, beforeGrams: plate.beforeGrams });
      samplesGrams[index] = Math.floor(lied / quantumGrams + 0.5) * quantumGrams;
    }
  }
}
