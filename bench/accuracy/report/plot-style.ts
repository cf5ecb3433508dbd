/**
 * How every plot looks. Colours are Okabe and Ito's, which people with any colour vision tell apart, and every series has
 * a shape of its own too.
 */
import type { TopLevelSpec } from 'vega-lite';

export const COLOURS = ['#0072B2', '#D55E00', '#009E73'];
export const SHAPES = ['circle', 'square', 'diamond'];
export const GREY = '#6b6b6b';

export interface Plot {
  readonly fileName: string;
  readonly spec: TopLevelSpec;
}

export const CONFIG = {
  background: 'white',
  font: 'sans-serif',
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    gridColor: '#e5e5e5',
    labelLimit: 0,
  },
  legend: { labelFontSize: 12, orient: 'top', title: null, symbolSize: 90, labelLimit: 0 },
  view: { stroke: null },
} as const;

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
export const PADDING = 12;
