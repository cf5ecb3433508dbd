/** A plot as SVG text, without a browser or a canvas: the widths of words are estimated, the same everywhere. */
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Plot } from './plot-style.ts';

export async function drawPlot({ spec }: Plot): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
