/** The tables of the page: families downwards from easy to hard, ours beside the others. */
import { AUDIT_FINDINGS } from '../../../src/twin/index.ts';
import type { AuditCode } from '../../../src/twin/index.ts';
import { isHealthy } from '../families.ts';
import type { BenchmarkResults } from '../results.ts';
import type { SystemMetrics } from '../metrics/measure.ts';
import {
  familyTitle,
  grams,
  markdownTable,
  meanMoney,
  NOT_MEASURED,
  percent,
  percentWithInterval,
  score,
  scoreWithInterval,
  seconds,
} from './figures.ts';

interface Row {
  readonly title: string;
  readonly systems: readonly SystemMetrics[];
}

function rowsOf(results: BenchmarkResults): Row[] {
  const families = results.families.map((family) => ({
    title: familyTitle(family),
    systems: family.systems,
  }));
  return [...families, { title: '**all together**', systems: results.overall }];
}

interface Column {
  readonly title: string;
  readonly cell: (system: SystemMetrics) => string;
}

/** Every column once per system, a system's name behind the title. */
function besideEachOther(results: BenchmarkResults, columns: readonly Column[]): string {
  const names = results.overall.map(({ system }) => system);
  const heads = columns.flatMap(({ title }) => names.map((name) => `${title}, ${name}`));
  const rows = rowsOf(results).map(({ title, systems }) => [
    title,
    String(systems[0]!.visits),
    ...columns.flatMap(({ cell }) => systems.map(cell)),
  ]);
  return markdownTable(['family', 'visits', ...heads], rows);
}

/** What each family is. */
export function familiesList({ families }: BenchmarkResults): string {
  return families.map((family) => `- **${familyTitle(family)}**: ${family.words}`).join('\n');
}

export function itemsTable(results: BenchmarkResults): string {
  return besideEachOther(results, [
    { title: 'item F1', cell: ({ f1 }) => scoreWithInterval(f1) },
    { title: 'receipts exactly right', cell: ({ exact }) => percentWithInterval(exact) },
    { title: 'right person', cell: ({ attribution }) => percent(attribution.value) },
  ]);
}

export function moneyTable(results: BenchmarkResults): string {
  const mean = (minor: number, share: number): string =>
    `${meanMoney(minor, results.currency)} (${percent(share)})`;
  return besideEachOther(results, [
    {
      title: 'charged too much',
      cell: ({ overcharge }) => mean(overcharge.perVisitMinor.value, overcharge.shareOfTrue.value),
    },
    {
      title: 'charged too little',
      cell: ({ undercharge }) => mean(undercharge.perVisitMinor.value, undercharge.shareOfTrue.value),
    },
  ]);
}

/** Precision and recall over the units of a visit. */
export function precisionTable(results: BenchmarkResults): string {
  return besideEachOther(results, [
    { title: 'precision', cell: ({ precision }) => scoreWithInterval(precision) },
    { title: 'recall', cell: ({ recall }) => scoreWithInterval(recall) },
  ]);
}

/** What only ours states. */
export function honestyTable(results: BenchmarkResults): string {
  const head = [
    'family',
    'ask',
    'review',
    'waive',
    'wrong among charged',
    'wrong and unreviewed, of all visits',
    'calibration error per line',
    'AUGRC',
  ];
  const rows = rowsOf(results).map(({ title, systems }) => {
    const { decisions, wrongAmongCharged, wrongUnreviewed, stated } = systems[0]!;
    return [
      title,
      percent(decisions.ask.value),
      percent(decisions.review.value),
      percent(decisions.waive.value),
      percentWithInterval(wrongAmongCharged, 2),
      percentWithInterval(wrongUnreviewed, 2),
      stated ? score(stated.lines.error) : NOT_MEASURED,
      stated ? stated.augrc.value.toFixed(4) : NOT_MEASURED,
    ];
  });
  return markdownTable(head, rows);
}

/** How well plates weigh, where they work; null in results from before it was measured. */
export function stepsTable({ families, healthySteps }: BenchmarkResults): string | null {
  if (!healthySteps) return null;
  const rows = families
    .filter(isHealthy)
    .flatMap((family) => {
      const figures = family.systems[0]!.steps;
      return figures ? [{ title: familyTitle(family), figures }] : [];
    })
    .concat({ title: '**all together**', figures: healthySteps })
    .map(({ title, figures }) => [
      title,
      String(figures.deeds),
      grams(figures.p50Grams),
      grams(figures.p95Grams),
      ...figures.within.map((share) => percent(share)),
      percent(figures.unheardShare),
    ]);
  const head = ['family', 'deeds', 'median', '95 of 100 below', 'within 1 σ', '2 σ', '3 σ', 'not heard'];
  return markdownTable(head, rows);
}

/** What the auditor found, over all families. */
export function auditTable(results: BenchmarkResults): string {
  const codes = Object.keys(AUDIT_FINDINGS) as AuditCode[];
  const rows = codes.map((code) => {
    const [blame, words] = AUDIT_FINDINGS[code];
    return [words, blame, ...results.overall.map(({ audit }) => String(audit[code] ?? 0))];
  });
  const names = results.overall.map(({ system }) => system);
  return markdownTable(['finding', 'whose fault', ...names], rows);
}

export function speedTable(results: BenchmarkResults): string {
  const names = results.overall.map(({ system }) => system);
  const head = [
    'family',
    'exit to receipt, median',
    '95 of 100',
    '99 of 100',
    ...names.map((name) => `CPU seconds per store-hour, ${name}`),
  ];
  const rows = rowsOf(results).map(({ title, systems }) => {
    const delay = systems[0]!.delay;
    return [
      title,
      seconds(delay?.p50Ms ?? Number.NaN),
      seconds(delay?.p95Ms ?? Number.NaN),
      seconds(delay?.p99Ms ?? Number.NaN),
      ...systems.map(({ cpuSecondsPerStoreHour }) => cpuSecondsPerStoreHour.toFixed(1)),
    ];
  });
  return markdownTable(head, rows);
}
