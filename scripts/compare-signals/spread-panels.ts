/** How noise spreads over plates, and how it is correlated in time. */
import { quantile } from './measure.ts';
import { PANEL_WIDTH } from './side.ts';
import type { Side } from './side.ts';
import { LAGS } from './statistics.ts';

/** Edges grow by a quarter from bin to bin. */
const BIN_RATIO = 1.25;
const BIN_LEAST_GRAMS = 0.25;
const BIN_COUNT = 16;
const BIN_TICKS = [0.25, 0.5, 1, 2, 4, 8];

export function noisePanel(side: Side): Record<string, unknown> {
  const noise = side.plates.map((plate) => plate.calmGrams).filter(Number.isFinite);
  const values = Array.from({ length: BIN_COUNT }, (_, bin) => {
    const from = BIN_LEAST_GRAMS * BIN_RATIO ** bin;
    const to = from * BIN_RATIO;
    const count = noise.filter((grams) => grams >= from && grams < to).length;
    return { from, to: to * 0.985, share: count / noise.length, floor: 0 };
  });
  const middle = quantile(noise, 0.5);
  const scale = { type: 'log', domain: [BIN_LEAST_GRAMS, 9], nice: false };
  return {
    title: 'Noise of plates in calm seconds',
    width: PANEL_WIDTH,
    height: 130,
    layer: [
      {
        data: { values },
        mark: { type: 'bar', color: side.color, opacity: 0.85 },
        encoding: {
          x: {
            field: 'from',
            type: 'quantitative',
            scale,
            title: 'standard deviation within a second, g (log scale)',
            axis: { values: BIN_TICKS, format: '~g', grid: false },
          },
          x2: { field: 'to' },
          y2: { field: 'floor' },
          y: {
            field: 'share',
            type: 'quantitative',
            title: 'share of plates',
            scale: { domain: [0, 0.25], nice: false },
            stack: null,
            axis: { format: '.0%', tickCount: 5 },
          },
        },
      },
      {
        data: { values: [{ at: middle, text: `median ${middle.toFixed(2)} g`, top: 0.24 }] },
        layer: [
          {
            mark: { type: 'rule', color: '#222222', strokeDash: [4, 3] },
            encoding: { x: { field: 'at', type: 'quantitative' } },
          },
          {
            mark: { type: 'text', align: 'left', dx: 6, baseline: 'top', color: '#222222' },
            encoding: {
              x: { field: 'at', type: 'quantitative' },
              y: { field: 'top', type: 'quantitative' },
              text: { field: 'text' },
            },
          },
        ],
      },
    ],
  };
}

export function autocorrelationPanel(side: Side): Record<string, unknown> {
  const rows = Array.from({ length: LAGS }, (_, index) => {
    const own = side.plates.map((plate) => plate.autocorrelation[index] ?? NaN).filter(Number.isFinite);
    const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(own, share));
    return { lagMs: ((index + 1) * 1000) / 60, low, middle, high };
  });
  const x = {
    field: 'lagMs',
    type: 'quantitative',
    title: 'lag, ms (a point per sample)',
    scale: { domain: [0, 210], nice: false },
    axis: { grid: false, tickCount: 6 },
  };
  const y = { title: 'autocorrelation', scale: { domain: [-0.6, 1] }, axis: { tickCount: 5 } };
  return {
    title: {
      text: 'Autocorrelation in calm seconds',
      subtitle: 'median plate; band: eight tenths of plates',
    },
    width: PANEL_WIDTH,
    height: 130,
    data: { values: rows },
    layer: [
      {
        mark: { type: 'area', color: side.color, opacity: 0.2 },
        encoding: { x, y: { field: 'low', type: 'quantitative', ...y }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', color: side.color, strokeWidth: 2, point: { color: side.color, size: 28 } },
        encoding: { x, y: { field: 'middle', type: 'quantitative', ...y } },
      },
    ],
  };
}
