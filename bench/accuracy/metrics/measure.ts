/**
 * Everything that is measured of one system on the runs of one family (or of all): definitions stand in the files of
 * this folder, one each. Shares of visits come with Wilson's interval, errors among the unreviewed with Clopper and
 * Pearson's, everything else with that of runs drawn again.
 */
import type { Decision } from '../../../src/domain/index.ts';
import type { AuditCode } from '../../../src/twin/index.ts';
import type { SystemUnderTest } from '../benchmark-run.ts';
import { attributedUnits } from './attribution.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { calibrationOf } from './calibration.ts';
import type { Calibration, Statement } from './calibration.ts';
import { clopperPearsonInterval, wilsonInterval } from './intervals.ts';
import type { Count, Interval } from './intervals.ts';
import type { JudgedRun, JudgedVisit } from './judge-visits.ts';
import { quantile } from './quantile.ts';
import { estimateMean, estimateRatio } from './ratio.ts';
import type { Estimate } from './ratio.ts';
import { areaUnderRisk, riskCoverage, thinned } from './risk-coverage.ts';
import type { RiskPoint } from './risk-coverage.ts';
import { stepFigures } from './step-error.ts';
import type { StepFigures } from './step-error.ts';

export interface MoneyError {
  /** Mean over visits, in minor units. */
  readonly perVisitMinor: Estimate;
  /** Of the value of everything that was carried out. */
  readonly shareOfTrue: Estimate;
}

export interface Stated {
  /** Per line of every receipt. */
  readonly lines: Calibration;
  /** Per receipt, by P(all right). */
  readonly receipts: Calibration;
  readonly augrc: Estimate;
  readonly riskCurve: readonly RiskPoint[];
}

export interface Delay {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface SystemMetrics {
  readonly system: string;
  readonly runs: number;
  /** True visits. */
  readonly visits: number;
  readonly visitsWithoutReceipt: number;
  /** Receipts with items that are of nobody's visit. */
  readonly strayReceipts: number;
  readonly f1: Estimate;
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** Of true visits: the receipt is right to the last item, whoever was to look at it. */
  readonly exact: Estimate;
  readonly attribution: Estimate;
  readonly overcharge: MoneyError;
  readonly undercharge: MoneyError;
  /** Of all receipts. */
  readonly decisions: Readonly<Record<Decision, Estimate>>;
  /** Wrong receipts among those charged without a look. */
  readonly wrongAmongCharged: Estimate;
  /** Of true visits: charged and wrong, or left without any receipt. */
  readonly wrongUnreviewed: Estimate;
  /** Null where the system states no probabilities. */
  readonly stated: Stated | null;
  /** From exit to receipt; null where the system is not live. */
  readonly delay: Delay | null;
  /** Null where the system tells no steps; missing in results from before they were measured. */
  readonly steps?: StepFigures | null;
  readonly cpuSecondsPerStoreHour: number;
  /** What the auditor found, by code; only what occurred. */
  readonly audit: Readonly<Partial<Record<AuditCode, number>>>;
}

const SHARES: readonly Decision[] = ['charge', 'ask', 'review', 'waive'];

function share(counted: Count, intervalOf: (count: Count) => Interval = wilsonInterval): Estimate {
  return { value: counted.trials > 0 ? counted.hits / counted.trials : Number.NaN, ...intervalOf(counted) };
}

function shareOf<Item>(items: readonly Item[], isHit: (item: Item) => boolean): Count {
  return { hits: items.filter(isHit).length, trials: items.length };
}

function moneyError(runs: readonly JudgedRun[], minorOf: (visit: JudgedVisit) => number): MoneyError {
  const sum = (run: JudgedRun, valueOf: (visit: JudgedVisit) => number): number =>
    run.visits.reduce((total, visit) => total + valueOf(visit), 0);
  return {
    perVisitMinor: estimateMean(runs, minorOf),
    shareOfTrue: estimateRatio(runs, (run) => ({
      part: sum(run, minorOf),
      whole: sum(run, ({ trueMinor }) => trueMinor),
    })),
  };
}

function receiptStatements(runs: readonly JudgedRun[]): Statement[] {
  return runs
    .flatMap(({ visits }) => visits)
    .flatMap(({ stated, isExact }) =>
      stated ? [{ probability: stated.probabilityAllRight, isRight: isExact }] : [],
    );
}

function statedOf(runs: readonly JudgedRun[]): Stated {
  const receipts = receiptStatements(runs);
  const augrcOf = (drawn: readonly JudgedRun[]): number => areaUnderRisk(receiptStatements(drawn));
  return {
    lines: calibrationOf(runs.flatMap(({ visits }) => visits.flatMap(({ lines }) => lines))),
    receipts: calibrationOf(receipts),
    augrc: { value: areaUnderRisk(receipts), ...bootstrapInterval(runs, augrcOf) },
    riskCurve: thinned(riskCoverage(receipts)),
  };
}

function delayOf(visits: readonly JudgedVisit[]): Delay {
  const delays = visits.flatMap(({ stated }) => stated?.delayMs ?? []);
  const at = (part: number): number => quantile(delays, part);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

function decisionShares(visits: readonly JudgedVisit[]): Record<Decision, Estimate> {
  const decided = visits.flatMap(({ stated }) => stated?.decision ?? []);
  const entries = SHARES.map((decision) => [decision, share(shareOf(decided, (each) => each === decision))]);
  return Object.fromEntries(entries) as Record<Decision, Estimate>;
}

function auditOf(runs: readonly JudgedRun[]): Partial<Record<AuditCode, number>> {
  const counts: Partial<Record<AuditCode, number>> = {};
  for (const { code } of runs.flatMap(({ findings }) => findings)) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function costOf(runs: readonly JudgedRun[]): number {
  const sum = (valueOf: (run: JudgedRun) => number): number =>
    runs.reduce((total, run) => total + valueOf(run), 0);
  return sum(({ cpuMs }) => cpuMs) / 1000 / (sum(({ spanMs }) => spanMs) / 3_600_000);
}

export function measure(system: SystemUnderTest, runs: readonly JudgedRun[]): SystemMetrics {
  const visits = runs.flatMap((run) => run.visits);
  const real = visits.filter(({ isReal }) => isReal);
  const charged = visits.filter(({ stated }) => stated?.decision === 'charge');
  const isUnreviewed = ({ stated }: JudgedVisit): boolean => stated === null || stated.decision === 'charge';
  const wrongUnreviewed = shareOf(real, (visit) => !visit.isExact && isUnreviewed(visit));
  return {
    system: system.name,
    runs: runs.length,
    visits: real.length,
    visitsWithoutReceipt: real.filter(({ stated }) => stated === null).length,
    strayReceipts: visits.length - real.length,
    f1: estimateMean(runs, ({ f1 }) => f1),
    precision: estimateMean(runs, ({ precision }) => precision),
    recall: estimateMean(runs, ({ recall }) => recall),
    exact: share(shareOf(real, ({ isExact }) => isExact)),
    attribution: estimateRatio(runs, (run) => {
      const { hits, trials } = attributedUnits([run]);
      return { part: hits, whole: trials };
    }),
    overcharge: moneyError(runs, ({ overchargeMinor }) => overchargeMinor),
    undercharge: moneyError(runs, ({ underchargeMinor }) => underchargeMinor),
    decisions: decisionShares(visits),
    wrongAmongCharged: share(
      shareOf(charged, ({ isExact }) => !isExact),
      clopperPearsonInterval,
    ),
    wrongUnreviewed: share(wrongUnreviewed, clopperPearsonInterval),
    stated: system.statesProbabilities ? statedOf(runs) : null,
    delay: system.isLive ? delayOf(visits) : null,
    steps: stepFigures(runs.map(({ weighed }) => weighed)),
    cpuSecondsPerStoreHour: costOf(runs),
    audit: auditOf(runs),
  };
}
