/** The rows of the comparison. */
import { quantile } from './measure.ts';
import { allPlateNumbers, busyCorrelation, pickNumbers } from './statistics.ts';
import type { PlateNumbers } from './statistics.ts';
import type { Stretch } from './signal.ts';

interface Row {
  readonly name: string;
  readonly digits: number;
  readonly of: (measured: Measured) => number;
}

export interface Measured {
  readonly plates: readonly PlateNumbers[];
  readonly pick: ReturnType<typeof pickNumbers>;
  readonly correlationNext: number;
  readonly correlationFar: number;
}

export function measured(stretch: Stretch): Measured {
  return {
    plates: allPlateNumbers(stretch),
    pick: pickNumbers(stretch),
    correlationNext: busyCorrelation(stretch, 1),
    correlationFar: busyCorrelation(stretch, 6),
  };
}

function over(of: (plate: PlateNumbers) => number, share: number): Row['of'] {
  return ({ plates }) => quantile(plates.map(of).filter(Number.isFinite), share);
}

/** A row for each of three quantiles over the plates. */
function spreadRows(name: string, of: (plate: PlateNumbers) => number): Row[] {
  return [
    { name: `${name}: a tenth of plates below`, digits: 2, of: over(of, 0.1) },
    { name: `${name}: median plate`, digits: 2, of: over(of, 0.5) },
    { name: `${name}: nine tenths below`, digits: 2, of: over(of, 0.9) },
    { name: `${name}: greatest`, digits: 1, of: over(of, 1) },
  ];
}

const ROWS: readonly Row[] = [
  { name: 'step between values (g)', digits: 3, of: over((plate) => plate.quantumGrams, 0.5) },
  ...spreadRows('noise in a calm second (g)', (plate) => plate.calmGrams),
  { name: 'tone at 24.4 Hz: median plate (g)', digits: 2, of: over((plate) => plate.humGrams, 0.5) },
  { name: 'tone at 24.4 Hz: nine tenths below (g)', digits: 2, of: over((plate) => plate.humGrams, 0.9) },
  ...[1, 2, 3, 5, 8, 12].map((lag) => ({
    name: `autocorrelation, calm, lag ${lag}: median plate`,
    digits: 2,
    of: over((plate) => plate.autocorrelation[lag - 1] ?? NaN, 0.5),
  })),
  {
    name: 'means of seconds differ by (g): median plate',
    digits: 2,
    of: over((plate) => plate.wanderGrams, 0.5),
  },
  {
    name: 'means of seconds differ by (g): nine tenths below',
    digits: 2,
    of: over((plate) => plate.wanderGrams, 0.9),
  },
  { name: 'samples that repeat the one before', digits: 3, of: over((plate) => plate.repeatedShare, 0.5) },
  ...spreadRows('ringing in a busy second (g)', (plate) => plate.busyGrams),
  { name: 'peak in busy seconds: median plate (g)', digits: 1, of: over((plate) => plate.peakGrams, 0.5) },
  { name: 'peak in busy seconds: greatest (g)', digits: 0, of: over((plate) => plate.peakGrams, 1) },
  { name: 'correlation of neighbours, busy', digits: 2, of: (it) => it.correlationNext },
  { name: 'correlation six plates away, busy', digits: 2, of: (it) => it.correlationFar },
  { name: 'pick of 621.67 g: step (g)', digits: 1, of: (it) => it.pick.stepGrams },
  { name: 'pick: hand’s force before it (g)', digits: 0, of: (it) => it.pick.swellGrams },
  ...[-2, -1, 1].map((apart, index) => ({
    name: `pick: plate ${apart > 0 ? '+' : '−'}${Math.abs(apart)} moves by (g)`,
    digits: 1,
    of: (it: Measured) => it.pick.besideGrams[index]!,
  })),
  { name: 'shelf rings 1–4 s behind the pick (g)', digits: 1, of: (it) => it.pick.shelfAfterGrams },
  { name: 'its highest peak then (g)', digits: 0, of: (it) => it.pick.shelfPeakGrams },
];

function text(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : 'none';
}

/** Markdown: real, simulated (median of the seeds), and where nine tenths of the seeds lie. */
export function comparisonTable(real: Measured, simulated: readonly Measured[]): string {
  const lines = ROWS.map(({ name, digits, of }) => {
    const seeds = simulated.map(of).filter(Number.isFinite);
    const [low, middle, high] = [0.05, 0.5, 0.95].map((share) => text(quantile(seeds, share), digits));
    return `| ${name} | ${text(of(real), digits)} | ${middle} | ${low} … ${high} |`;
  });
  return [
    `| statistic | real | simulated, median | of nine tenths of ${simulated.length} seeds |`,
    '| --- | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
