/** The model as a graph, drawn by hand: what is hidden in circles, what is seen in boxes. */
import { INK, titled } from './draw.ts';
import type { Picture } from './draw.ts';

const WIDTH = 760;
const HEIGHT = 430;
const HIDDEN_FILL = '#ffffff';
const SEEN_FILL = '#d7e6f2';

interface Node {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly isSeen?: boolean;
}

const NODES = {
  before: { x: 105, y: 75, lines: ['who holds what', 'before'] },
  after: { x: 655, y: 75, lines: ['who holds what', 'after'] },
  event: { x: 380, y: 75, lines: ['what happened', 'who · what · how many'] },
  weights: { x: 100, y: 215, lines: ['what units', 'weigh'] },
  places: { x: 240, y: 165, lines: ['what lies', 'where'] },
  pushes: { x: 130, y: 335, lines: ['pushes, noise,', 'faults'] },
  clock: { x: 655, y: 205, lines: ['clock offset,', 'spread of hands'] },
  steps: { x: 385, y: 335, lines: ['weight steps', 'of the plates'], isSeen: true },
  bodies: { x: 640, y: 335, lines: ['hands, chests, heads', 'of all bodies'], isSeen: true },
} satisfies Record<string, Node>;

type NodeName = keyof typeof NODES;

const ARROWS: readonly (readonly [NodeName, NodeName])[] = [
  ['before', 'event'],
  ['event', 'after'],
  ['event', 'steps'],
  ['event', 'bodies'],
  ['weights', 'steps'],
  ['places', 'event'],
  ['pushes', 'steps'],
  ['clock', 'bodies'],
];

const HALF_W = 88;
const HALF_H = 32;

function nodeText(node: Node): string {
  const { x, y, lines, isSeen } = node;
  const shape = isSeen
    ? `<rect x="${x - HALF_W}" y="${y - HALF_H}" width="${2 * HALF_W}" height="${2 * HALF_H}" rx="4" fill="${SEEN_FILL}" stroke="${INK}" stroke-width="1.5"/>`
    : `<ellipse cx="${x}" cy="${y}" rx="${HALF_W}" ry="${HALF_H}" fill="${HIDDEN_FILL}" stroke="${INK}" stroke-width="1.5"/>`;
  const text = lines
    .map(
      (line, index) => `<text x="${x}" y="${y + 5 + (index - (lines.length - 1) / 2) * 17}">${line}</text>`,
    )
    .join('');
  return shape + text;
}

/** Where the line from the middle of `from` to that of `to` leaves the shape of `from`. */
function edgeOf(from: Node, to: Node, gap: number): { readonly x: number; readonly y: number } {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const inside = from.isSeen
    ? Math.min(HALF_W / Math.abs(dx || 1e-9), HALF_H / Math.abs(dy || 1e-9))
    : 1 / Math.hypot(dx / HALF_W, dy / HALF_H);
  const share = inside + gap / Math.hypot(dx, dy);
  return { x: Math.round(from.x + dx * share), y: Math.round(from.y + dy * share) };
}

function arrowText([from, to]: readonly [NodeName, NodeName]): string {
  const start = edgeOf(NODES[from], NODES[to], 0);
  const end = edgeOf(NODES[to], NODES[from], 7);
  return `<line x1="${start.x}" y1="${start.y}" x2="${end.x}" y2="${end.y}" stroke="${INK}" stroke-width="1.5" marker-end="url(#tip)"/>`;
}

const TIP =
  '<defs><marker id="tip" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#222222"/></marker></defs>';

export function modelPicture(): Picture {
  const alt =
    'The model as a graph: what happened, who took what and how many, is hidden; it depends on who holds what and on what lies where, and shows itself in weight steps, which also depend on what units weigh and on pushes and noise, and in the positions of hands, chests and heads, which also depend on the clocks';
  const key = `<ellipse cx="60" cy="405" rx="22" ry="12" fill="${HIDDEN_FILL}" stroke="${INK}"/><text x="92" y="410" text-anchor="start">hidden</text><rect x="170" y="393" width="44" height="24" rx="3" fill="${SEEN_FILL}" stroke="${INK}"/><text x="224" y="410" text-anchor="start">seen</text>`;
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    TIP,
    `<g font-family="Helvetica, Arial, sans-serif" font-size="13" text-anchor="middle" fill="${INK}">`,
    ...ARROWS.map(arrowText),
    ...Object.values<Node>(NODES).map(nodeText),
    key,
    '</g>',
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">\n${parts.join('\n')}\n</svg>\n`;
  return { fileName: 'inference-model.svg', alt, svg: titled(svg, alt) };
}
