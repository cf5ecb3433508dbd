/** The healthy shop on the page: its table, its words and its plot. */
import type { TopLevelSpec } from 'vega-lite';
import type { Counted, HealthyFigures } from '../healthy/figures.ts';
import type { BenchmarkResults } from '../results.ts';
import { markdownTable, NOT_MEASURED, percent, percentWithInterval, score } from './figures.ts';
import { COLOURS, CONFIG, GREY, PADDING, SCHEMA } from './plot-style.ts';
import type { Plot } from './plot-style.ts';

function countText(counted: Counted, decimals = 2): string {
  if (counted.trials === 0) return NOT_MEASURED;
  return `${percentWithInterval(counted, decimals)}: ${counted.hits} of ${counted.trials}`;
}

function thresholdText({ threshold }: HealthyFigures): string {
  if (threshold === null) return NOT_MEASURED;
  if (threshold.kind !== 'proven') return `none: ${threshold.kind.replaceAll('-', ' ')}`;
  const { probabilityAllRight, wrongAtMost, overchargedAtMost, confidence } = threshold;
  const bounds = `≤ ${percent(wrongAtMost, 2)} wrong, ≤ ${percent(overchargedAtMost, 2)} overcharged`;
  return `P ≥ ${probabilityAllRight.toFixed(5)}; ${bounds} (${percent(confidence, 0)} sure)`;
}

const ROWS: readonly (readonly [string, (kind: HealthyFigures) => string])[] = [
  ['stores', ({ stores }) => String(stores)],
  ['audited visits to learn from', ({ learntVisits }) => String(learntVisits)],
  ['visits in the test', ({ testVisits }) => String(testVisits)],
  ['proven threshold, audits taken together', thresholdText],
  ['stores that prove one with their own audits', ({ provenAlone, stores }) => `${provenAlone} of ${stores}`],
  ['asked', ({ asked }) => countText(asked, 1)],
  ['reviewed', ({ reviewed }) => countText(reviewed, 1)],
  ['waived, in part at least', ({ waived }) => countText(waived, 1)],
  ['wrong among unreviewed', ({ wrongUnreviewed }) => countText(wrongUnreviewed)],
  ['— overcharged', ({ overchargedUnreviewed }) => countText(overchargedUnreviewed)],
  ['— told right, but waived in part', ({ waivedWrongly }) => countText(waivedWrongly)],
  [
    'charged above the threshold and wrong, of all visits',
    (kind) => (thresholdText(kind) === NOT_MEASURED ? NOT_MEASURED : countText(kind.wrongAboveThreshold)),
  ],
  [
    'right after truthful answers, of those asked',
    ({ rightAfterAnswers }) => countText(rightAfterAnswers, 1),
  ],
  ['exactly right as told: first 25 visits of each store', ({ exactCold }) => countText(exactCold, 1)],
  ['exactly right as told: in the test', ({ exactWarm }) => countText(exactWarm, 1)],
  [
    'calibration error per line, before → after',
    ({ lineError }) => `${score(lineError.before)} → ${score(lineError.after)}`,
  ],
  [
    'calibration error per receipt, before → after',
    ({ receiptError }) => `${score(receiptError.before)} → ${score(receiptError.after)}`,
  ],
  ['AUGRC', ({ augrc }) => (Number.isFinite(augrc) ? augrc.toFixed(4) : NOT_MEASURED)],
];

/** One row per figure, a cell per kind of shop. */
export function healthyRows(kinds: readonly HealthyFigures[]): string[][] {
  return ROWS.map(([title, cell]) => [title, ...kinds.map(cell)]);
}

/** Empty in results from before it was measured. */
export function healthyText({ healthyShop }: BenchmarkResults, images: string): string {
  if (!healthyShop) return '';
  const { kinds, command, commit } = healthyShop;
  return `## A healthy shop that has learnt

The families above begin anew in every run. Here, stores without faults trade while **every visit is audited**, learn
weights, places and calibration, and trade on with other people, under the default policy, while nobody tells them
anything. The auditor is simulated too, and never wrong; a real shop audits a share of its visits and needs
longer for the same proof. What the stores learn about deciding is learnt from the audits of all stores of a kind
together, because one alone has too few visits; weights, places and the budget of looks are each store's own.

- **Wrong among unreviewed** is strict: nobody was asked, nobody reviewed, and what is charged is not exactly what was
  carried out, whoever gains by it. A line that was waived and truly taken counts too, and is shown apart. Intervals are
  Clopper and Pearson's; of shares asked, reviewed and waived Wilson's.
- **Right after truthful answers**: shoppers who are asked tell what is so, up to two questions.

${markdownTable(['', ...kinds.map(({ name, words }) => `${name}: ${words}`)], healthyRows(kinds))}

![Share of visits looked at against wrong receipts among the others](${images}/benchmark-looks.svg)

The curve is of receipts as told, the least sure looked at first; the diamonds are what the policy did, by what was charged.

\`${command}\`, at commit \`${commit}\`.

`;
}

const LOOKED = {
  field: 'looked',
  type: 'quantitative',
  axis: { format: '.0%' },
  scale: { domain: [0, 0.2], clamp: true },
  title: 'visits asked or reviewed, least sure first',
};
const WRONG = {
  field: 'wrong',
  type: 'quantitative',
  axis: { format: '.1~%' },
  title: 'wrong among those nobody looked at',
};

/** What is aimed at: the share of looks, and of wrong receipts among the others. */
export const LOOKS_AIM = { looked: 0.05, wrong: 0.005 };

function policyPoint({ name, asked, reviewed, wrongUnreviewed }: HealthyFigures): object {
  return { shop: name, looked: asked.value + reviewed.value, wrong: wrongUnreviewed.value };
}

/** None in results from before it was measured. */
export function looksPlots({ healthyShop }: BenchmarkResults): Plot[] {
  if (!healthyShop) return [];
  const { kinds } = healthyShop;
  const names = kinds.map(({ name }) => name);
  const curves = kinds.flatMap(({ name, curve }) =>
    curve.filter(({ looked }) => looked <= 0.2).map((point) => ({ ...point, shop: name })),
  );
  const color = {
    field: 'shop',
    type: 'nominal',
    title: null,
    scale: { domain: names, range: COLOURS.slice(0, names.length) },
  };
  const aim = { ...LOOKS_AIM, text: 'aimed at: below and left of here' };
  const spec = {
    $schema: SCHEMA,
    config: CONFIG,
    padding: PADDING,
    width: 460,
    height: 320,
    encoding: { x: LOOKED, y: WRONG },
    layer: [
      { data: { values: curves }, mark: { type: 'line', strokeWidth: 2.5 }, encoding: { color } },
      {
        data: { values: kinds.map(policyPoint) },
        mark: { type: 'point', filled: true, size: 90, opacity: 1, shape: 'diamond' },
        encoding: { color },
      },
      { data: { values: [aim] }, mark: { type: 'point', shape: 'cross', size: 110, color: GREY } },
      {
        data: { values: [aim] },
        mark: { type: 'text', align: 'left', dx: 10, color: GREY, fontSize: 12 },
        encoding: { text: { field: 'text' } },
      },
    ],
  };
  return [{ fileName: 'benchmark-looks.svg', spec: spec as TopLevelSpec }];
}
