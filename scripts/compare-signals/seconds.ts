/**
 * Which seconds of a fixture are calm and which are busy. A second's unrest is the median over plates of its standard
 * deviation, against each plate's calmest fifth; calm is below 1.25, busy above 1.6.
 */
import { quantile, standardDeviation } from './measure.ts';
import type { FixtureSignal } from './signal.ts';

const CALM_BELOW = 1.25;
const BUSY_ABOVE = 1.6;

export interface Seconds {
  /** Index of the first sample of each such second. */
  readonly calm: readonly number[];
  readonly busy: readonly number[];
}

export function secondsOf(fixture: FixtureSignal): Seconds {
  const { rateHz, plates } = fixture;
  const count = Math.floor((plates[0]?.grams.length ?? 0) / rateHz);
  const spreads = plates.map(({ grams }) =>
    Array.from({ length: count }, (_, second) =>
      standardDeviation(grams.subarray(second * rateHz, (second + 1) * rateHz)),
    ),
  );
  const floors = spreads.map((own) => quantile(own, 0.2));
  const calm: number[] = [];
  const busy: number[] = [];
  for (let second = 0; second < count; second++) {
    const unrest = quantile(
      spreads.map((own, plate) => own[second]! / floors[plate]!),
      0.5,
    );
    if (unrest < CALM_BELOW) calm.push(second * rateHz);
    if (unrest > BUSY_ABOVE) busy.push(second * rateHz);
  }
  return { calm, busy };
}

export function windowsOf(
  grams: Float64Array,
  starts: readonly number[],
  length: number,
): readonly Float64Array[] {
  return starts.map((start) => grams.subarray(start, start + length));
}
