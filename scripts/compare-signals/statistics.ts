/** What is compared, each statistic by one function for both sides. Grams unless it says otherwise. */
import {
  autocorrelation,
  correlation,
  mean,
  quantile,
  standardDeviation,
  toneGrams,
  withoutSlow,
} from './measure.ts';
import { secondsOf, windowsOf } from './seconds.ts';
import type { FixtureSignal, PlateSignal, Stretch } from './signal.ts';
import { plateOfPick } from './signal.ts';

export interface PlateNumbers {
  readonly plate: PlateSignal;
  readonly fixtureId: string;
  /** Mean over calm seconds; NaN where there are none, as for busy ones below. */
  readonly calmGrams: number;
  readonly humGrams: number;
  /** Lags 1 to `LAGS` in calm seconds. */
  readonly autocorrelation: readonly number[];
  /** Standard deviation of the means of the seconds. */
  readonly wanderGrams: number;
  readonly busyGrams: number;
  /** Farthest from the plate's median in busy seconds. */
  readonly peakGrams: number;
  readonly repeatedShare: number;
  readonly quantumGrams: number;
}

export const LAGS = 12;
const HUM_HZ = 24.4;

function meanOver(windows: readonly Float64Array[], of: (window: Float64Array) => number): number {
  return windows.length === 0 ? NaN : mean(windows.map(of));
}

function plateNumbers(
  fixture: FixtureSignal,
  plate: PlateSignal,
  seconds: ReturnType<typeof secondsOf>,
): PlateNumbers {
  const { grams } = plate;
  const { rateHz } = fixture;
  const calm = windowsOf(grams, seconds.calm, rateHz);
  const busy = windowsOf(grams, seconds.busy, rateHz);
  const middle = quantile([...grams], 0.5);
  const steps = grams.slice(1).map((value, index) => Math.abs(value - grams[index]!));
  const moved = steps.filter((step) => step > 0.01);
  const starts = Array.from({ length: Math.floor(grams.length / rateHz) }, (_, second) => second * rateHz);
  return {
    plate,
    fixtureId: fixture.fixtureId,
    calmGrams: meanOver(calm, standardDeviation),
    humGrams: meanOver(calm, (window) => toneGrams(window, HUM_HZ, rateHz)),
    autocorrelation:
      calm.length === 0 ? [] : Array.from({ length: LAGS }, (_, lag) => autocorrelation(calm, lag + 1)),
    wanderGrams: standardDeviation(windowsOf(grams, starts, rateHz).map(mean)),
    busyGrams: meanOver(busy, (window) => standardDeviation(withoutSlow(window))),
    peakGrams:
      busy.length === 0
        ? NaN
        : Math.max(...busy.flatMap((window) => [...window].map((value) => Math.abs(value - middle)))),
    repeatedShare: steps.filter((step) => step === 0).length / steps.length,
    quantumGrams: Math.min(...moved),
  };
}

/** Of every plate, but of the shelf of the pick: its numbers are told apart. */
export function allPlateNumbers(stretch: Stretch): PlateNumbers[] {
  return stretch.fixtures.flatMap((fixture) => {
    const seconds = secondsOf(fixture);
    const plates = fixture.plates.filter((plate) => plate.shelfId !== stretch.pick.shelfId);
    return plates.map((plate) => plateNumbers(fixture, plate, seconds));
  });
}

/** Median correlation of plates that lie `apart` on a shelf, in busy seconds. */
export function busyCorrelation(stretch: Stretch, apart: number): number {
  const found: number[] = [];
  for (const fixture of stretch.fixtures) {
    const { busy } = secondsOf(fixture);
    for (const plate of fixture.plates) {
      const other = fixture.plates.find(
        (candidate) =>
          candidate.shelfId === plate.shelfId && candidate.plateNumber === plate.plateNumber + apart,
      );
      if (!other || plate.shelfId === stretch.pick.shelfId) continue;
      for (const start of busy) {
        const window = (signal: PlateSignal): Float64Array =>
          withoutSlow(signal.grams.subarray(start, start + fixture.rateHz));
        found.push(correlation(window(plate), window(other)));
      }
    }
  }
  return quantile(found, 0.5);
}

const BEFORE = { from: -90, to: -30 };
const AFTER = { from: 20, to: 66 };

/** What the plate shows less than a second before the pick. */
export function levelBefore(stretch: Stretch, plate: PlateSignal): number {
  const { atSample } = stretch.pick;
  return mean(plate.grams.subarray(atSample + BEFORE.from, atSample + BEFORE.to));
}

export interface PickNumbers {
  readonly stepGrams: number;
  /** The plates beside it, −2, −1 and +1 away. */
  readonly besideGrams: readonly number[];
  /** Highest reading of the hand's force before the step. */
  readonly swellGrams: number;
  /** Median over the shelf of the standard deviation one to four seconds behind the pick. */
  readonly shelfAfterGrams: number;
  readonly shelfPeakGrams: number;
}

export function pickNumbers(stretch: Stretch): PickNumbers {
  const { atSample, plateNumber } = stretch.pick;
  const change = (number: number): number => {
    const plate = plateOfPick(stretch, number);
    if (!plate) return NaN;
    return (
      mean(plate.grams.subarray(atSample + AFTER.from, atSample + AFTER.to)) - levelBefore(stretch, plate)
    );
  };
  const own = plateOfPick(stretch, plateNumber)!;
  const swell = own.grams.subarray(atSample - 20, atSample + 2);
  const others = Array.from({ length: 12 }, (_, index) => index + 1)
    .filter((number) => number !== plateNumber)
    .flatMap((number) => plateOfPick(stretch, number) ?? []);
  const after = others.map(({ grams }) => withoutSlow(grams.subarray(atSample + 60, atSample + 240)));
  return {
    stepGrams: change(plateNumber),
    besideGrams: [-2, -1, 1].map((apart) => change(plateNumber + apart)),
    swellGrams: Math.max(...swell) - levelBefore(stretch, own),
    shelfAfterGrams: quantile(after.map(standardDeviation), 0.5),
    shelfPeakGrams: Math.max(...after.flatMap((window) => [...window].map(Math.abs))),
  };
}
