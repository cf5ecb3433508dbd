/**
 * What a shop that has learnt does with visits it has never seen. Wrong is strict: what is charged differs from what was
 * carried out, whoever gains by it; a line waived that was truly taken is wrong too. A visit without a receipt counts as
 * charged nothing and unreviewed; a receipt of nobody's visit counts as a visit that carried nothing.
 */
import type { Threshold } from '../../../src/decision/index.ts';
import { calibrationOf } from '../metrics/calibration.ts';
import { clopperPearsonInterval, wilsonInterval } from '../metrics/intervals.ts';
import type { Count, Interval } from '../metrics/intervals.ts';
import type { Estimate } from '../metrics/ratio.ts';
import { areaUnderRisk, riskCoverage, thinned } from '../metrics/risk-coverage.ts';
import type { TradedVisit } from './judge-traded.ts';

/** `hits` of `trials` with the interval, as it is published. */
export interface Counted extends Estimate, Count {}

export interface LookPoint {
  /** Share of visits looked at, least sure first. */
  readonly looked: number;
  /** Of the others: not exactly right as told. */
  readonly wrong: number;
}

export interface HealthyFigures {
  readonly name: string;
  readonly words: string;
  readonly stores: number;
  readonly learntVisits: number;
  readonly testVisits: number;
  /** From the audits of all stores of the kind together, and how many of the stores prove one alone. */
  readonly threshold: Threshold | null;
  readonly provenAlone: number;
  readonly asked: Counted;
  readonly reviewed: Counted;
  readonly waived: Counted;
  /** Of what nobody looked at. */
  readonly wrongUnreviewed: Counted;
  readonly overchargedUnreviewed: Counted;
  /** Told right, but not charged in full: in the shopper's favour. */
  readonly waivedWrongly: Counted;
  /** Of all visits: charged as told, at or above the proven threshold, and wrong. */
  readonly wrongAboveThreshold: Counted;
  /** Of those asked: what is charged after truthful answers is right. */
  readonly rightAfterAnswers: Counted;
  /** As told, before anything was asked: the first visits of each store, and the test. */
  readonly exactCold: Counted;
  readonly exactWarm: Counted;
  readonly lineError: BeforeAfter;
  readonly receiptError: BeforeAfter;
  readonly augrc: number;
  readonly curve: readonly LookPoint[];
}

/** Expected calibration error before and after calibration. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export interface ToMeasure {
  readonly kind: { readonly name: string; readonly words: string };
  /** One list per store. */
  readonly learnt: readonly (readonly TradedVisit[])[];
  readonly tested: readonly TradedVisit[];
  readonly threshold: Threshold | null;
  readonly provenAlone: number;
}

/** The visits of a store on its first day, before it can have learnt much. */
const COLD_VISITS = 25;

function counted<Item>(
  items: readonly Item[],
  isHit: (item: Item) => boolean,
  intervalOf: (count: Count) => Interval = clopperPearsonInterval,
): Counted {
  const count = { hits: items.filter(isHit).length, trials: items.length };
  return { ...count, value: count.trials > 0 ? count.hits / count.trials : Number.NaN, ...intervalOf(count) };
}

export function isUnreviewed({ decision }: TradedVisit): boolean {
  return decision !== 'ask' && decision !== 'review';
}

function isAbove(visit: TradedVisit, threshold: Threshold | null): boolean {
  if (threshold?.kind !== 'proven' || visit.decision !== 'charge' || !visit.audit) return false;
  return visit.audit.probabilityAllRight >= threshold.probabilityAllRight;
}

function receiptStatements(visits: readonly TradedVisit[], of: 'before' | 'after') {
  return visits.flatMap((visit) =>
    visit.audit
      ? [
          {
            probability: of === 'before' ? visit.audit.probabilityAllRight : visit.probabilityAllRight,
            isRight: visit.told.isRight && visit.isReal,
          },
        ]
      : [],
  );
}

/** What looking at more would leave, if whatever is looked at came out right. */
export function lookCurve(visits: readonly TradedVisit[]): LookPoint[] {
  return thinned(riskCoverage(receiptStatements(visits, 'after')))
    .filter(({ coverage }) => coverage > 0)
    .map(({ coverage, risk }) => ({ looked: 1 - coverage, wrong: risk / coverage }));
}

function calibrationErrors(
  visits: readonly TradedVisit[],
): Pick<HealthyFigures, 'lineError' | 'receiptError'> {
  const receipts = (of: 'before' | 'after'): number => calibrationOf(receiptStatements(visits, of)).error;
  return {
    lineError: {
      before: calibrationOf(visits.flatMap(({ audit }) => audit?.lines ?? [])).error,
      after: calibrationOf(visits.flatMap(({ lines }) => lines)).error,
    },
    receiptError: { before: receipts('before'), after: receipts('after') },
  };
}

function unlookedFigures(visits: readonly TradedVisit[]) {
  const unlooked = visits.filter(isUnreviewed);
  return {
    wrongUnreviewed: counted(unlooked, ({ charged }) => !charged.isRight),
    overchargedUnreviewed: counted(unlooked, ({ charged }) => charged.isOver),
    waivedWrongly: counted(unlooked, ({ told, charged }) => told.isRight && !charged.isRight),
  };
}

export function healthyFigures({ kind, learnt, tested, threshold, provenAlone }: ToMeasure): HealthyFigures {
  const asked = tested.filter(({ answered }) => answered !== null);
  const share = (decision: TradedVisit['decision']): Counted =>
    counted(tested, (visit) => visit.decision === decision, wilsonInterval);
  return {
    name: kind.name,
    words: kind.words,
    stores: learnt.length,
    learntVisits: learnt.reduce((sum, visits) => sum + visits.length, 0),
    testVisits: tested.length,
    threshold,
    provenAlone,
    asked: share('ask'),
    reviewed: share('review'),
    waived: share('waive'),
    ...unlookedFigures(tested),
    wrongAboveThreshold: counted(tested, (visit) => isAbove(visit, threshold) && !visit.told.isRight),
    rightAfterAnswers: counted(asked, ({ answered }) => answered!.isRight),
    exactCold: counted(
      learnt.flatMap((visits) => visits.slice(0, COLD_VISITS)),
      ({ told }) => told.isRight,
    ),
    exactWarm: counted(tested, ({ told }) => told.isRight),
    ...calibrationErrors(tested),
    augrc: areaUnderRisk(receiptStatements(tested, 'after')),
    curve: lookCurve(tested),
  };
}
