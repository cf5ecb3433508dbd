/** The figures that somebody at a terminal looks at, one row per family and system. */
import {
  changeText,
  healthyRows,
  percent,
  percentWithInterval,
  score,
  scoreWithInterval,
  seconds,
} from './report/index.ts';
import type { AblationFigures } from './ablation-figures.ts';
import type { HealthyFigures } from './healthy/figures.ts';
import type { Measured } from './results.ts';
import type { SystemMetrics } from './metrics/measure.ts';

const HEAD = [
  'family',
  'system',
  'visits',
  'item F1',
  'exactly right',
  'person',
  'too much',
  'too little',
  'charged',
  'wrong unreviewed',
  'ECE',
  'AUGRC',
  'p99 delay',
  'CPU s/h',
];

function rowOf(family: string, metrics: SystemMetrics): string[] {
  const { stated, delay } = metrics;
  return [
    family,
    metrics.system,
    String(metrics.visits),
    scoreWithInterval(metrics.f1),
    percentWithInterval(metrics.exact),
    percent(metrics.attribution.value),
    percent(metrics.overcharge.shareOfTrue.value),
    percent(metrics.undercharge.shareOfTrue.value),
    percent(metrics.decisions.charge.value),
    percentWithInterval(metrics.wrongUnreviewed),
    score(stated?.lines.error ?? Number.NaN),
    score(stated?.augrc.value ?? Number.NaN),
    seconds(delay?.p99Ms ?? Number.NaN),
    metrics.cpuSecondsPerStoreHour.toFixed(1),
  ];
}

function aligned(rows: readonly (readonly string[])[], leftColumns: number): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < leftColumns ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ');
  return rows.map(line).join('\n');
}

export function summaryTable({ families, overall }: Measured): string {
  const rows = [
    HEAD,
    ...families.flatMap(({ name, systems }) => systems.map((system) => rowOf(name, system))),
    ...overall.map((system) => rowOf('all', system)),
  ];
  return aligned(rows, 2);
}

/** One row per figure, one column per kind of shop. */
export function healthySummary(kinds: readonly HealthyFigures[]): string {
  const rows = healthyRows(kinds);
  return aligned([['healthy shop', ...kinds.map(({ name }) => name)], ...rows], 1);
}

export function ablationSummary({ rows }: AblationFigures): string {
  const cells = rows.map(({ name, all }) => [name, changeText(all.f1), changeText(all.exact)]);
  return aligned([['without', 'item F1', 'exactly right'], ...cells], 1);
}
