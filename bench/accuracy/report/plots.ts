/**
 * The plots of the page, described for vega-lite. Colours are Okabe and Ito's, which people with any colour vision
 * tell apart, and every series has a shape of its own too.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { Calibration } from '../metrics/calibration.ts';
import { wilsonInterval } from '../metrics/intervals.ts';
import type { BenchmarkResults } from '../results.ts';

const COLOURS = ['#0072B2', '#D55E00', '#009E73'];
const SHAPES = ['circle', 'square', 'diamond'];
const GREY = '#6b6b6b';

export interface Plot {
  readonly fileName: string;
  readonly spec: TopLevelSpec;
}

const CONFIG = {
  background: 'white',
  font: 'sans-serif',
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    gridColor: '#e5e5e5',
    labelLimit: 420,
  },
  legend: { labelFontSize: 12, orient: 'top', title: null, symbolSize: 90, labelLimit: 300 },
  view: { stroke: null },
} as const;

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const PADDING = 12;

function colours(names: readonly string[]): object {
  return { scale: { domain: names, range: COLOURS.slice(0, names.length) }, title: null, type: 'nominal' };
}

function shapes(names: readonly string[]): object {
  return { scale: { domain: names, range: SHAPES.slice(0, names.length) }, title: null, type: 'nominal' };
}

function f1Plot({ families, overall }: BenchmarkResults): Plot {
  const names = overall.map(({ system }) => system);
  const values = families.flatMap(({ words, systems }) =>
    systems.map(({ system, f1 }) => ({ family: words, system, f1: f1.value, low: f1.low, high: f1.high })),
  );
  const lowest = Math.min(...values.map(({ low }) => low));
  const scale = { domain: [Math.max(0, Math.floor(lowest * 10) / 10), 1], zero: false };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 460,
    height: { step: 18 },
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
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: {
          x: { field: 'f1', type: 'quantitative', scale },
          shape: { field: 'system', ...shapes(names) },
        },
      },
    ],
  };
  return { fileName: 'benchmark-f1.svg', spec: spec as TopLevelSpec };
}

interface DoubtPoint {
  readonly of: string;
  readonly doubt: number;
  readonly wrong: number;
  readonly low: number;
  readonly high: number;
}

function doubtPoints(of: string, { bins }: Calibration): DoubtPoint[] {
  return bins.map(({ count, meanProbability, rightShare }) => {
    const hits = Math.round((1 - rightShare) * count);
    return {
      of,
      doubt: 1 - meanProbability,
      wrong: 1 - rightShare,
      ...wilsonInterval({ hits, trials: count }),
    };
  });
}

/** Most of what is said is nearly sure, so doubt is drawn, on a scale by its square root. */
function reliabilityPlot({ overall }: BenchmarkResults): Plot {
  const stated = overall[0]!.stated;
  const names = ['lines of receipts', 'whole receipts'];
  const values = stated
    ? [...doubtPoints(names[0]!, stated.lines), ...doubtPoints(names[1]!, stated.receipts)]
    : [];
  const scale = { type: 'sqrt', domain: [0, 1], nice: false };
  const axis = { values: [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1], format: '.0%' };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 380,
    height: 380,
    layer: [
      {
        data: { values: [{ at: 0 }, { at: 1 }] },
        mark: { type: 'line', color: GREY, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: {
          x: {
            field: 'at',
            type: 'quantitative',
            scale,
            axis,
            title: 'doubt that was stated (1 − probability)',
          },
          y: {
            field: 'at',
            type: 'quantitative',
            scale,
            axis,
            title: 'share that was wrong, with its 95 % interval',
          },
        },
      },
      {
        data: { values },
        encoding: {
          x: { field: 'doubt', type: 'quantitative', scale },
          color: { field: 'of', ...colours(names) },
        },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6 },
            encoding: { y: { field: 'low', type: 'quantitative', scale }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 60, opacity: 1 },
            encoding: {
              y: { field: 'wrong', type: 'quantitative', scale },
              shape: { field: 'of', ...shapes(names) },
            },
          },
        ],
      },
    ],
  };
  return { fileName: 'benchmark-reliability.svg', spec: spec as TopLevelSpec };
}

function riskPlot({ overall }: BenchmarkResults): Plot {
  const [ours, ...others] = overall;
  const curve = (ours!.stated?.riskCurve ?? []).map((point) => ({ ...point, of: ours!.system }));
  const last = curve.at(-1);
  const chance = last ? [{ coverage: 0, risk: 0 }, last].map((point) => ({ ...point, of: 'chance' })) : [];
  const points = others.map(({ system, exact }) => ({
    of: `${system}, which accept everything`,
    coverage: 1,
    risk: 1 - exact.value,
  }));
  const names = [ours!.system, ...points.map(({ of }) => of)];
  const x = {
    field: 'coverage',
    type: 'quantitative',
    axis: { format: '.0%' },
    scale: { domain: [0, 1] },
    title: 'receipts accepted without a look, surest first',
  };
  const y = {
    field: 'risk',
    type: 'quantitative',
    axis: { format: '.1~%' },
    title: 'receipts accepted and wrong, of all receipts',
  };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 460,
    height: 300,
    layer: [
      {
        data: { values: chance },
        mark: { type: 'line', color: GREY, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x, y },
      },
      {
        data: { values: curve },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: { x, y, color: { field: 'of', ...colours(names) } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 90, opacity: 1, shape: 'square', clip: false },
        encoding: { x, y, color: { field: 'of', ...colours(names) } },
      },
    ],
  };
  return { fileName: 'benchmark-risk-coverage.svg', spec: spec as TopLevelSpec };
}

export function benchmarkPlots(results: BenchmarkResults): Plot[] {
  return [f1Plot(results), reliabilityPlot(results), riskPlot(results)];
}
