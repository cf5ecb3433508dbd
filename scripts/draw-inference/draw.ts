/** Vega-lite to SVG text, with a title inside for whoever does not see it. The same numbers give the same picture. */
import { compile } from 'vega-lite';
import type { TopLevelSpec } from 'vega-lite';
import { parse, View } from 'vega';

/** Okabe and Ito's, which people with any colour vision tell apart. */
export const BLUE = '#0072B2';
export const ORANGE = '#D55E00';
export const GREEN = '#009E73';
export const PURPLE = '#AA4499';
export const GREY = '#6b6b6b';
export const INK = '#222222';

export interface Picture {
  /** In docs/images, and in the page under this name. */
  readonly fileName: string;
  /** What it shows, in a sentence: its title, and its text on the page. */
  readonly alt: string;
  readonly svg: string;
}

const CONFIG = {
  font: 'Helvetica, Arial, sans-serif',
  view: { stroke: null },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: INK,
    titleColor: INK,
    gridColor: '#e4e4e4',
    labelLimit: 0,
    titlePadding: 8,
  },
  title: {
    fontSize: 14,
    anchor: 'start',
    frame: 'group',
    color: INK,
    fontWeight: 'bold',
    subtitleFontSize: 12,
  },
  legend: {
    labelFontSize: 12,
    titleFontSize: 12,
    orient: 'top',
    title: null,
    labelLimit: 0,
    symbolSize: 120,
  },
  text: { fontSize: 12 },
};

export function titled(svg: string, alt: string): string {
  const text = alt.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return svg.replace(/<svg ([^>]*)>/, `<svg role="img" $1><title>${text}</title>`);
}

export async function drawn(
  name: { readonly fileName: string; readonly alt: string },
  spec: Record<string, unknown>,
): Promise<Picture> {
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 14,
    config: CONFIG,
    ...spec,
  };
  const view = new View(parse(compile(whole as unknown as TopLevelSpec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return { ...name, svg: `${titled(svg, name.alt)}\n` };
}

/** To `digits` after the point: the last bits of a number may differ between machines, pictures may not. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Words at a place of a plot. */
export function words(
  text: string,
  at: Readonly<Record<string, number | string>>,
  mark: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const field = (name: string): Record<string, unknown> =>
    name in at ? { [name]: { field: name, type: 'quantitative' } } : {};
  return {
    data: { values: [{ ...at, text }] },
    mark: { type: 'text', align: 'left', baseline: 'middle', color: INK, fontSize: 12, ...mark },
    encoding: { ...field('x'), ...field('y'), text: { field: 'text' } },
  };
}
