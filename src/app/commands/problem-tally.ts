/**
 * Counts problems by code and keeps the first few of each: one bad record among thousands must not flood, and a
 * thousand must not be hidden behind one. What is kept is bounded by the codes there are.
 */
import { problemText } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';

export interface ProblemCount {
  readonly code: string;
  readonly count: number;
  readonly samples: readonly DataProblem[];
}

const SAMPLES_KEPT = 3;

export class ProblemTally {
  private readonly byCode = new Map<string, { count: number; readonly samples: DataProblem[] }>();

  readonly add = (problem: DataProblem): void => {
    const entry = this.byCode.get(problem.code) ?? { count: 0, samples: [] };
    entry.count++;
    if (entry.samples.length < SAMPLES_KEPT) entry.samples.push(problem);
    this.byCode.set(problem.code, entry);
  };

  /** Most frequent first. */
  counts(): ProblemCount[] {
    const counts = [...this.byCode].map(([code, { count, samples }]) => ({ code, count, samples }));
    return counts.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }
}

/** Lines for a terminal; none where there is no problem. */
export function problemCountLines(counts: readonly ProblemCount[]): string[] {
  return counts.flatMap(({ code, count, samples }) => {
    const more = count - samples.length;
    return [
      `${count} × ${code}`,
      ...samples.map((sample) => `  ${problemText(sample)}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ];
  });
}
