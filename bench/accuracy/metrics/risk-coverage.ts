/**
 * What going by the stated probability is worth. Receipts are accepted from the surest downwards; at each coverage
 * (share accepted) the generalised risk is the share of all receipts that are accepted and wrong. Its area over the
 * coverage is the AUGRC (Traub et al. 2024, 'Overcoming common flaws in the evaluation of selective classification'):
 * the mean risk of a wrong receipt that nobody looks at; 0 is perfect, wrong² / 2 the best that a given share of
 * wrong ones allows. Receipts of equal probability are accepted together, the risk between is a straight line.
 */
import type { Statement } from './calibration.ts';

export interface RiskPoint {
  readonly coverage: number;
  /** Share of all receipts that are accepted and wrong. */
  readonly risk: number;
}

/** From (0, 0) on, one point per distinct probability; only the first without statements. */
export function riskCoverage(statements: readonly Statement[]): RiskPoint[] {
  const sorted = statements.toSorted((a, b) => b.probability - a.probability);
  const points: RiskPoint[] = [{ coverage: 0, risk: 0 }];
  let wrong = 0;
  for (const [index, { probability, isRight }] of sorted.entries()) {
    if (!isRight) wrong++;
    if (sorted[index + 1]?.probability === probability) continue;
    points.push({ coverage: (index + 1) / sorted.length, risk: wrong / sorted.length });
  }
  return points;
}

/** The exact area under the curve; NaN without statements. */
export function areaUnderRisk(statements: readonly Statement[]): number {
  const points = riskCoverage(statements);
  if (points.length < 2) return Number.NaN;
  let area = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1]!;
    const to = points[index]!;
    area += ((to.coverage - from.coverage) * (from.risk + to.risk)) / 2;
  }
  return area;
}

const DRAWN_POINTS_MAX = 200;

/** At most about 200 points of the curve, first and last among them, evenly spread. */
export function thinned(points: readonly RiskPoint[]): RiskPoint[] {
  const stride = Math.max(1, Math.ceil((points.length - 1) / DRAWN_POINTS_MAX));
  return points.filter((_, index) => index % stride === 0 || index === points.length - 1);
}
