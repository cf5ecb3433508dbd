/** `docs/benchmarks.md`: fixed words around figures that come from the results alone. */
import { format } from 'prettier';
import type { BenchmarkResults } from '../results.ts';
import { TEST_SEEDS_FROM, TUNING_SEEDS_BELOW } from '../seeds.ts';
import { ablationText, aimsText } from './aims.ts';
import { score } from './figures.ts';
import { healthyText } from './healthy.ts';
import {
  auditTable,
  familiesList,
  honestyTable,
  itemsTable,
  moneyTable,
  precisionTable,
  speedTable,
  stepsTable,
} from './tables.ts';
import { worstFamilies, worstText } from './worst.ts';

const NUMBER_WORDS = ['no', 'one', 'two', 'three'];

function methodText({ seeds, families, overall }: BenchmarkResults): string {
  const runs = overall[0]!.runs;
  const last = seeds.from + seeds.count - 1;
  return `Shops, people and sensors are **simulated**; the system sees what sensors would have sent and nothing else, and the
simulation knows the truth. Every family is a kind of day in a shop, run with the seeds ${seeds.from} to ${last}: ${runs} runs of
${families.length} families, ${overall[0]!.visits} visits. Settings, thresholds and priors may be chosen on seeds below ${TUNING_SEEDS_BELOW} only;
figures here are from seeds from ${TEST_SEEDS_FROM} upwards${seeds.use === 'test' ? '' : ' (**these are not: they are from tuning seeds**)'}, and the command refuses to mix them.

Beside Tillfree stand the **published rules of the winner of the AutoCheckout competition**, written anew from their
description: shelf sums, a moving window, fixed thresholds, the nearest person. Where the description leaves a choice,
it was made in favour of the rules. They read whole recordings, so they have no delay; they state no
probabilities; and they link no ids, so what somebody takes under a second track id is lost to them.`;
}

const DEFINITIONS = `- **Item F1**: precision and recall over the units of a visit, mean of their F1 over visits, as in the competition. A visit
  without a receipt counts 0 unless nothing was carried out; a receipt of nobody's visit counts 0 unless it is empty.
- **Receipts exactly right**: right to the last unit, before anybody looks at it.
- **Right person**: of the units that were carried out and stand on anybody's receipt, the share on the receipt of
  whoever carried them.
- **Charged too much, too little**: money on receipts beyond the truth and missing from it, mean per visit, and as a
  share of everything carried out; before any review.
- **Wrong and unreviewed**: charged and not exactly right, or no receipt at all.
- **Calibration error**: expected calibration error of the probability of each line, 15 bins of equal mass.
- **AUGRC**: area under the generalised risk over coverage of receipts by P(all right); lower is better, 0 is perfect.
- Intervals are of 95 %. F1: runs drawn again with replacement, 1000 times. Shares of visits: Wilson. Wrong among
  charged and wrong and unreviewed: Clopper and Pearson.
- **CPU**: user and system time of the process on one machine; making the observations is not in it.`;

/** Empty in results from before it was measured. */
function stepsText(results: BenchmarkResults): string {
  const table = stepsTable(results);
  if (table === null) return '';
  return `## Weight steps

What plates told of each true deed at them, where nothing is at fault: the error of the weight, and how often it lies
within the spread that was stated with it. Aimed at: median 2 g, 95 of 100 below 6 g.

${table}

`;
}

function overallText({ overall }: BenchmarkResults): string {
  const [ours, ...others] = overall;
  const beside = others.map(({ system, f1 }) => `${system} ${score(f1.value)}`).join(', ');
  return `Over everything: item F1 ${score(ours!.f1.value)} (${beside}).`;
}

/** The page as it must be; `images` is where the plots lie, seen from the page. */
export async function benchmarkPage(results: BenchmarkResults, images: string): Promise<string> {
  const worstCount = NUMBER_WORDS[worstFamilies(results).length]!;
  const text = `# Benchmarks: who took what

<!-- Written by \`npm run bench:accuracy -- --write\` from docs/benchmarks.json; change the code, not this page. -->

${methodText(results)}

\`\`\`sh
${results.command}
\`\`\`

At commit \`${results.commit}\`, on ${results.machine}. \`docs/benchmarks.json\` holds every figure.

${aimsText(results)}## Who took what

${overallText(results)} Families from easy to hard:

${familiesList(results)}

${itemsTable(results)}

![Item F1 by family with intervals, Tillfree and the winner's rules](${images}/benchmark-f1.svg)

The ${worstCount} worst for Tillfree:

${worstText(results)}

## Too much or too little

${precisionTable(results)}

## Money

${moneyTable(results)}

## What it says of itself

A receipt is charged, or the shopper is asked, or somebody reviews it, or it is waived.

${honestyTable(results)}

![How often what was doubted was wrong](${images}/benchmark-reliability.svg)

![Wrong receipts accepted against receipts accepted](${images}/benchmark-risk-coverage.svg)

${healthyText(results, images)}${ablationText(results)}${stepsText(results)}## What the auditor found

An auditor with books of its own follows every single unit through the world and checks every receipt against them.
A fault of the world would make the run worthless (it stops the benchmark); a fault of the system is a broken contract;
misjudged receipts are counted again here, line by line.

${auditTable(results)}

## Time

${speedTable(results)}

## What is measured

${DEFINITIONS}
`;
  return format(text, { parser: 'markdown', printWidth: 110 });
}
