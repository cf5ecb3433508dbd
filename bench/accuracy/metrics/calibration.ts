/**
 * Whether what is said with probability p is true p of the time. Statements are sorted by their probability and cut
 * into bins of equal mass; the expected calibration error is the mean over statements of the distance between a bin's
 * mean probability and its share of truths (Naeini et al. 2015, with equal-mass bins as Nguyen and O'Connor 2015).
 */
export interface Statement {
  readonly probability: number;
  readonly isRight: boolean;
}

export interface CalibrationBin {
  readonly count: number;
  readonly meanProbability: number;
  readonly rightShare: number;
}

export interface Calibration {
  readonly count: number;
  /** NaN without statements. */
  readonly error: number;
  readonly bins: readonly CalibrationBin[];
}

const BINS = 15;

function binOf(statements: readonly Statement[]): CalibrationBin {
  const count = statements.length;
  const sum = (valueOf: (statement: Statement) => number): number =>
    statements.reduce((total, statement) => total + valueOf(statement), 0);
  return {
    count,
    meanProbability: sum(({ probability }) => probability) / count,
    rightShare: sum(({ isRight }) => (isRight ? 1 : 0)) / count,
  };
}

/** Statements of one probability fall into one bin or the next by the order they came in. */
export function calibrationOf(statements: readonly Statement[]): Calibration {
  const sorted = statements.toSorted((a, b) => a.probability - b.probability);
  const count = sorted.length;
  const edge = (bin: number): number => Math.round((bin * count) / BINS);
  const bins = Array.from({ length: BINS }, (_, bin) => sorted.slice(edge(bin), edge(bin + 1)))
    .filter((members) => members.length > 0)
    .map(binOf);
  const gaps = bins.map((bin) => bin.count * Math.abs(bin.meanProbability - bin.rightShare));
  return { count, error: gaps.reduce((sum, gap) => sum + gap, 0) / count, bins };
}
