/** The families in which ours does worst, said first of all by whoever publishes the rest. */
import type { BenchmarkResults, FamilyResult } from '../results.ts';
import { familyTitle, percent, percentWithInterval, scoreWithInterval } from './figures.ts';

const NAMED = 3;

export function worstFamilies(results: BenchmarkResults): FamilyResult[] {
  const f1 = ({ systems }: FamilyResult): number => systems[0]!.f1.value;
  return results.families.toSorted((a, b) => f1(a) - f1(b)).slice(0, NAMED);
}

export function worstText(results: BenchmarkResults): string {
  const lines = worstFamilies(results).map((family) => {
    const { f1, exact, wrongUnreviewed, attribution } = family.systems[0]!;
    return (
      `- **${familyTitle(family)}**: item F1 ${scoreWithInterval(f1)}, ${percentWithInterval(exact)} of receipts exactly right, ` +
      `${percent(attribution.value)} of units with the right person, ` +
      `${percentWithInterval(wrongUnreviewed, 2)} of visits wrong and unreviewed.`
    );
  });
  return lines.join('\n');
}
