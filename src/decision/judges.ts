/**
 * How far each judge is believed. A judge is a reviewer, or the shoppers together; audits are the anchor. Two tests:
 *
 * - Second looks. Where an audit looked at the same visit, two careful people differ on at most `SLIPS_SHARE` of visits:
 *   the p-value is the binomial tail of at least so many differences.
 * - Surprise. Who reviews a visit is chance, but which visits are reviewed is not: they may be worse than what was told of
 *   them. By the map learnt from what everybody else said of reviewed visits, a verdict y on a visit that is right with p surprises by
 *   −(y − p) · logit p, 0 on average. The sum over a judge's verdicts is bounded by Bernstein's inequality, its variance
 *   widened by what that map itself does not know. Who says the contrary of what is so stands out here without any audit.
 *
 * The weight is min(1, smaller p-value / `LEVEL`), so an honest judge loses any with at most twice that chance. The
 * worst judge is taken out of what the others are compared with before these are looked at again, so that a bad one does
 * not make good ones look bad.
 */
import type { JudgedBy, JudgedVisit, VisitId } from '../domain/index.ts';
import { featuresOf, learntMap, mapped, varianceAlong } from './beta-map.ts';
import type { WeightedCase } from './beta-map.ts';
import { atLeastHits } from './binomial.ts';

export interface JudgeStanding {
  readonly judgedBy: JudgedBy;
  readonly verdicts: number;
  /** Visits that an audit looked at too, and how often it said otherwise. */
  readonly audited: number;
  readonly differences: number;
  /** The smaller p-value of both tests. */
  readonly pValue: number;
  /** 0 … 1: how far the verdicts are believed. */
  readonly weight: number;
}

/** A verdict with the number of visits it stands for. */
export interface Verdict {
  readonly visit: JudgedVisit;
  /** The visit was to be reviewed for certain. */
  readonly isReviewed: boolean;
  readonly weight: number;
}

const SLIPS_SHARE = 0.06;
const LEVEL = 0.005;
/** Below so many verdicts nothing can be said of anybody. */
const VERDICTS_MIN = 5;

function receiptCases(verdicts: readonly Verdict[]): WeightedCase[] {
  return verdicts.map(({ visit }) => ({
    probability: visit.probabilityAllRight,
    isRight: visit.isAllRight,
    weight: 1,
  }));
}

/** P-value of the second test: `own` verdicts against the map of the `others`, all on reviewed visits. */
function surpriseOf(own: readonly Verdict[], others: readonly Verdict[]): number {
  const cases = receiptCases(others);
  const map = learntMap(cases);
  let [surprise, variance, largest] = [0, 0, 0];
  const direction: [number, number, number] = [0, 0, 0];
  for (const { visit } of own) {
    const p = mapped(visit.probabilityAllRight, map);
    const logit = Math.log(p / (1 - p));
    surprise -= ((visit.isAllRight ? 1 : 0) - p) * logit;
    variance += p * (1 - p) * logit * logit;
    largest = Math.max(largest, Math.abs(logit));
    for (const [i, feature] of featuresOf(visit.probabilityAllRight).entries())
      direction[i] = direction[i]! + p * (1 - p) * logit * feature;
  }
  if (surprise <= 0) return 1;
  variance += varianceAlong(map, cases, direction);
  return Math.exp((-surprise * surprise) / (2 * (variance + (largest * surprise) / 3)));
}

function standingOf(
  judgedBy: JudgedBy,
  own: readonly Verdict[],
  against: { readonly others: readonly Verdict[]; readonly audits: ReadonlyMap<VisitId, JudgedVisit> },
): JudgeStanding {
  const both = own.flatMap(({ visit }) => {
    const audit = against.audits.get(visit.visitId);
    return audit ? [audit.isAllRight === visit.isAllRight] : [];
  });
  const differences = both.filter((isSame) => !isSame).length;
  const pDiffers = atLeastHits({ count: both.length, hits: differences }, SLIPS_SHARE);
  const reviewed = own.filter(({ isReviewed }) => isReviewed);
  // Shoppers are asked about visits of their own kind: nothing but second looks can be compared.
  const isComparable = judgedBy !== 'shopper' && reviewed.length >= VERDICTS_MIN;
  const pSurprise = isComparable ? surpriseOf(reviewed, against.others) : 1;
  const pValue = Math.min(pDiffers, pSurprise);
  const weight = Math.min(1, pValue / LEVEL);
  return { judgedBy, verdicts: own.length, audited: both.length, differences, pValue, weight };
}

/** Every judge but the audits, in order of first verdict. */
export function standingsOf(verdicts: readonly Verdict[]): JudgeStanding[] {
  const audits = new Map<VisitId, JudgedVisit>();
  const byJudge = new Map<JudgedBy, Verdict[]>();
  for (const verdict of verdicts) {
    if (verdict.visit.judgedBy === 'audit') audits.set(verdict.visit.visitId, verdict.visit);
    else {
      const own = byJudge.get(verdict.visit.judgedBy) ?? [];
      own.push(verdict);
      byJudge.set(verdict.visit.judgedBy, own);
    }
  }
  const found = new Map<JudgedBy, JudgeStanding>();
  const left = new Set(byJudge.keys());
  while (left.size > 0) {
    const standings = [...left].map((judge) => {
      const others = verdicts.filter(
        ({ visit: { judgedBy }, isReviewed }) =>
          isReviewed && judgedBy !== judge && (judgedBy === 'audit' || left.has(judgedBy)),
      );
      return standingOf(judge, byJudge.get(judge)!, { others, audits });
    });
    const worst = standings.reduce((a, b) => (b.pValue < a.pValue ? b : a));
    // Once nobody stands out any more, all that are left are as they are.
    const settled = worst.weight < 1 ? [worst] : standings;
    for (const standing of settled) {
      found.set(standing.judgedBy, standing);
      left.delete(standing.judgedBy);
    }
  }
  return [...byJudge.keys()].map((judge) => found.get(judge)!);
}
