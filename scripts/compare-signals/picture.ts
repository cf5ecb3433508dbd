/** The comparison as one picture: the recording in the left column, the twin in the right, same axes. */
import { compile } from 'vega-lite';
import type { TopLevelSpec } from 'vega-lite';
import { parse, View } from 'vega';
import { burstPanel, pickPanel } from './trace-panels.ts';
import { autocorrelationPanel, noisePanel } from './spread-panels.ts';
import type { Side } from './side.ts';

const INK = '#222222';
const SOFT_INK = '#555555';
const GRID = '#e4e4e4';

function heading(side: Side): Record<string, unknown> {
  const title = { text: side.title, subtitle: side.subtitle, anchor: 'start', color: side.color };
  return { ...title, fontSize: 17, subtitleFontSize: 12, subtitleColor: SOFT_INK, offset: 14 };
}

function column(side: Side): Record<string, unknown> {
  const panels = [noisePanel(side), autocorrelationPanel(side), ...pickPanel(side), burstPanel(side)];
  return { title: heading(side), vconcat: panels, spacing: 26 };
}

/** SVG text. The same numbers give the same picture. */
export async function pictureOf(sides: readonly Side[]): Promise<string> {
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 18,
    hconcat: sides.map(column),
    spacing: 40,
    config: {
      font: 'Helvetica, Arial, sans-serif',
      view: { stroke: null },
      axis: {
        labelFontSize: 11,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        labelColor: INK,
        titleColor: INK,
        gridColor: GRID,
        domainColor: '#999999',
        tickColor: '#999999',
        titlePadding: 8,
      },
      title: {
        fontSize: 13,
        anchor: 'start',
        frame: 'group',
        color: INK,
        fontWeight: 'bold',
        subtitleColor: SOFT_INK,
      },
      text: { font: 'Helvetica, Arial, sans-serif' },
    },
  };
  const view = new View(parse(compile(spec as unknown as TopLevelSpec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
