/** The plots of the page, described for vega-lite. */
import type { TopLevelSpec } from 'vega-lite';
import type { Calibration } from '../metrics/calibration.ts';
import { wilsonInterval } from '../metrics/intervals.ts';
import type { RiskPoint } from '../metrics/risk-coverage.ts';
import type { BenchmarkResults } from '../results.ts';
import { familyTitle } from './figures.ts';
import { looksPlots } from './healthy.ts';
import { COLOURS, CONFIG, GREY, PADDING, SCHEMA, SHAPES } from './plot-style.ts';
import type { Plot } from './plot-style.ts';

function colours(names: readonly string[]): object {
  return { scale: { domain: names, range: COLOURS.slice(0, names.length) }, title: null, type: 'nominal' };
}

function shapes(names: readonly string[]): object {
  return { scale: { domain: names, range: SHAPES.slice(0, names.length) }, title: null, type: 'nominal' };
}

function f1Plot({ families, overall }: BenchmarkResults): Plot {
  const names = overall.map(({ system }) => system);
  const values = families.flatMap((family) =>
    family.systems.map(({ system, f1 }) => ({
      family: familyTitle(family),
      system,
      f1: f1.value,
      low: f1.low,
      high: f1.high,
    })),
  );
  const lowest = Math.min(...values.map(({ low }) => low));
  const scale = { domain: [Math.max(0, Math.floor(lowest * 10) / 10), 1], zero: false };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 460,
    height: { step: 10 },
    data: { values },
    encoding: {
      y: {
        field: 'family',
        type: 'nominal',
        sort: null,
        title: null,
        scale: { paddingInner: 0.35, paddingOuter: 0.2 },
      },
      yOffset: { field: 'system', sort: names },
      color: { field: 'system', ...colours(names) },
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          x: {
            field: 'low',
            type: 'quantitative',
            scale,
            title: 'item F1, mean over visits, with its 95 % interval',
          },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 50, opacity: 1 },
        encoding: {
          x: { field: 'f1', type: 'quantitative', scale },
          shape: { field: 'system', ...shapes(names) },
        },
      },
    ],
  };
  return { fileName: 'benchmark-f1.svg', spec: spec as TopLevelSpec };
}

const PANEL_PX = 300;

/** Statements of one kind: the doubt of each bin against how often it was wrong. */
function reliabilityPanel(title: string, colour: string, calibration: Calibration): object {
  const scale = { type: 'sqrt', domain: [0, 1], nice: false };
  const axis = { values: [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1], format: '.0%' };
  const x = { field: 'doubt', type: 'quantitative', scale, axis, title: 'stated doubt (1 − probability)' };
  const y = { type: 'quantitative', scale, axis, title: 'share wrong, 95 % interval' };
  return {
    title: { text: title, fontSize: 13, fontWeight: 'normal', anchor: 'start' },
    width: PANEL_PX,
    height: PANEL_PX,
    layer: [
      {
        data: {
          values: [
            { doubt: 0, wrong: 0 },
            { doubt: 1, wrong: 1 },
          ],
        },
        mark: { type: 'line', color: GREY, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: 'wrong' } },
      },
      {
        data: { values: doubtPoints(calibration) },
        encoding: { x },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.5, color: colour },
            encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 50, opacity: 1, color: colour },
            encoding: { y: { ...y, field: 'wrong' } },
          },
        ],
      },
    ],
  };
}

interface DoubtPoint {
  readonly doubt: number;
  readonly wrong: number;
  readonly low: number;
  readonly high: number;
}

function doubtPoints({ bins }: Calibration): DoubtPoint[] {
  return bins.map(({ count, meanProbability, rightShare }) => {
    const hits = Math.round((1 - rightShare) * count);
    return { doubt: 1 - meanProbability, wrong: 1 - rightShare, ...wilsonInterval({ hits, trials: count }) };
  });
}

/** Most of what is said is nearly sure, so doubt is drawn, on a scale by its square root. */
function reliabilityPlot({ overall }: BenchmarkResults): Plot {
  const stated = overall[0]!.stated;
  const hconcat = stated
    ? [
        reliabilityPanel('lines of receipts', COLOURS[0]!, stated.lines),
        reliabilityPanel('whole receipts', COLOURS[0]!, stated.receipts),
      ]
    : [];
  const spec = { $schema: SCHEMA, config: CONFIG, padding: PADDING, spacing: 40, hconcat };
  return { fileName: 'benchmark-reliability.svg', spec: spec as TopLevelSpec };
}

const SURENESS = {
  field: 'coverage',
  type: 'quantitative',
  axis: { format: '.0%' },
  scale: { domain: [0, 1] },
  title: 'receipts accepted without a look, surest first',
};
const RISK = {
  field: 'risk',
  type: 'quantitative',
  axis: { format: '.1~%' },
  title: 'accepted and wrong, of all receipts',
};

/** What a probability that says nothing would do. */
function chanceLayers(end: RiskPoint): object[] {
  const middle = { coverage: end.coverage / 2, risk: end.risk / 2, text: 'if probabilities said nothing' };
  return [
    {
      data: { values: [{ coverage: 0, risk: 0 }, end] },
      mark: { type: 'line', color: GREY, strokeDash: [5, 4], strokeWidth: 1.5 },
      encoding: { x: SURENESS, y: RISK },
    },
    {
      data: { values: [middle] },
      mark: { type: 'text', color: GREY, align: 'right', dy: -12, fontSize: 12 },
      encoding: { x: SURENESS, y: RISK, text: { field: 'text' } },
    },
  ];
}

function riskPlot({ overall }: BenchmarkResults): Plot {
  const [ours, ...others] = overall;
  const curve = (ours!.stated?.riskCurve ?? []).map((point) => ({ ...point, system: ours!.system }));
  const end = curve.at(-1);
  const points = others.map(({ system, exact }) => ({ system, coverage: 1, risk: 1 - exact.value }));
  const color = { field: 'system', ...colours(overall.map(({ system }) => system)) };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 460,
    height: 320,
    layer: [
      ...(end ? chanceLayers(end) : []),
      {
        data: { values: curve },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: { x: SURENESS, y: RISK, color },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 90, opacity: 1, shape: 'square' },
        encoding: { x: SURENESS, y: RISK, color },
      },
    ],
  };
  return { fileName: 'benchmark-risk-coverage.svg', spec: spec as TopLevelSpec };
}

export function benchmarkPlots(results: BenchmarkResults): Plot[] {
  return [f1Plot(results), reliabilityPlot(results), riskPlot(results), ...looksPlots(results)];
}
