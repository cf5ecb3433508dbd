/** What was aimed at beside what came out, and what each ingredient is worth. */
import type { Change } from '../ablation-figures.ts';
import type { Estimate } from '../metrics/ratio.ts';
import type { BenchmarkResults } from '../results.ts';
import {
  grams,
  markdownTable,
  NOT_MEASURED,
  percentWithInterval,
  score,
  scoreWithInterval,
} from './figures.ts';
import { CAUSES } from './causes.ts';
import { LOOKS_AIM } from './healthy.ts';

interface AimRow {
  readonly words: string;
  readonly aim: string;
  readonly ours: string;
  readonly others: readonly string[];
  readonly isMet: boolean | null;
  readonly standsOn: string;
}

function estimateText(estimate: Estimate): string {
  return Number.isFinite(estimate.low) ? scoreWithInterval(estimate) : score(estimate.value);
}

function isMet(value: number, aim: number, isAtMost: boolean): boolean | null {
  if (!Number.isFinite(value)) return null;
  return isAtMost ? value <= aim : value >= aim;
}

function familyRows({ targets = [] }: BenchmarkResults): AimRow[] {
  return targets.map(({ words, aim, isAtMost, families, systems }) => {
    const [ours, ...others] = systems;
    return {
      words,
      aim: `${isAtMost ? '≤' : '≥'} ${aim}`,
      ours: estimateText(ours!),
      others: others.map(estimateText),
      isMet: isMet(ours!.value, aim, isAtMost),
      standsOn: families,
    };
  });
}

const STEP_P50_GRAMS = 2;
const STEP_P95_GRAMS = 6;
/** A spread that covers what it is said to: 95 of 100 within two standard deviations. */
const STEP_WITHIN_2_SIGMA = 0.95;

function stepRows({ healthySteps }: BenchmarkResults): AimRow[] {
  if (!healthySteps) return [];
  const { p50Grams, p95Grams, within } = healthySteps;
  const row = (words: string, value: number, aim: number): AimRow => ({
    words,
    aim: `≤ ${aim} g`,
    ours: grams(value),
    others: [],
    isMet: value <= aim,
    standsOn: 'all without faults',
  });
  return [
    row('weight step error: median', p50Grams, STEP_P50_GRAMS),
    row('weight step error: 95 of 100', p95Grams, STEP_P95_GRAMS),
    {
      words: 'weight step error within twice the stated spread',
      aim: `≥ ${STEP_WITHIN_2_SIGMA}`,
      ours: score(within[1]),
      others: [],
      isMet: isMet(within[1], STEP_WITHIN_2_SIGMA, false),
      standsOn: 'all without faults',
    },
  ];
}

const LINE_ERROR_MAX = 0.02;

function augrcRow({ overall }: BenchmarkResults): AimRow {
  const augrc = overall[0]!.stated?.augrc.value ?? Number.NaN;
  const ours = Number.isFinite(augrc) ? augrc.toFixed(4) : NOT_MEASURED;
  return { words: 'AUGRC', aim: 'published', ours, others: [], isMet: true, standsOn: 'all' };
}

function healthyAimRows({ healthyShop }: BenchmarkResults): AimRow[] {
  return (healthyShop?.kinds ?? []).flatMap(({ name, asked, reviewed, wrongUnreviewed, lineError }) => {
    const looked = asked.value + reviewed.value;
    const standsOn = `healthy shop, ${name}`;
    const isBoth = looked <= LOOKS_AIM.looked && wrongUnreviewed.value <= LOOKS_AIM.wrong;
    const wrong: AimRow = {
      words: 'wrong among unreviewed, at ≤ 5 % asked or reviewed',
      aim: '≤ 0.5 %',
      ours: `${percentWithInterval(wrongUnreviewed, 2)} at ${(looked * 100).toFixed(1)} %`,
      others: [],
      isMet: isBoth,
      standsOn,
    };
    const calibration: AimRow = {
      words: 'calibration error per line, learnt',
      aim: `≤ ${LINE_ERROR_MAX}`,
      ours: score(lineError.after),
      others: [],
      isMet: isMet(lineError.after, LINE_ERROR_MAX, true),
      standsOn,
    };
    return [wrong, calibration];
  });
}

const MET_WORDS = { true: 'yes', false: '**no**', null: NOT_MEASURED } as const;

/** The rows that are not met, each with why as far as it is known. */
function causesText(rows: readonly AimRow[]): string {
  const missed = new Set(rows.filter(({ isMet: met }) => met === false).map(({ words }) => words));
  if (missed.size === 0) return '';
  const causes = [...missed].map((words) => `- **${words}**: ${CAUSES.get(words) ?? 'not explained yet.'}`);
  return `Not met, and why, as found on tuning seeds:

${causes.join('\n')}

`;
}

/** Empty in results from before aims were worked out. */
export function aimsText(results: BenchmarkResults): string {
  if (!results.targets) return '';
  const rows = [...familyRows(results), augrcRow(results), ...stepRows(results), ...healthyAimRows(results)];
  const names = results.overall.map(({ system }) => system);
  const head = ['figure', 'aim', ...names, 'met', 'stands on'];
  const cells = rows.map(({ words, aim, ours, others, isMet: met, standsOn }) => [
    words,
    aim,
    ours,
    ...names.slice(1).map((_, index) => others[index] ?? NOT_MEASURED),
    MET_WORDS[`${met}`],
    standsOn,
  ]);
  return `## Against what was aimed at

Fixed before anything was measured. Met is told by the value; the interval of 95 % tells what chance could make of it.
Taken with another within 0.5 m: head to head over the floor as the tracker saw it, of the units that stand on anybody's receipt;
where units of one product cannot be told apart, the doubtful ones count as the wrong ones.

${markdownTable(head, cells)}

${causesText(rows)}`;
}

/** `−0.021 (−0.034 to −0.010)`. */
export function changeText({ value, low, high }: Estimate): string {
  const signed = (each: number): string => `${each < 0 ? '−' : '+'}${Math.abs(each).toFixed(3)}`;
  return Number.isFinite(value) ? `${signed(value)} (${signed(low)} to ${signed(high)})` : NOT_MEASURED;
}

function worstFamily(families: readonly ({ readonly family: string } & Change)[]): string {
  const [worst] = families.toSorted((a, b) => a.f1.value - b.f1.value);
  if (!worst || worst.f1.value >= 0) return NOT_MEASURED;
  return `${worst.family}: ${changeText(worst.f1)}`;
}

/** Empty in results from before it was measured. */
export function ablationText({ ablation }: BenchmarkResults): string {
  if (!ablation) return '';
  const { families, runs, visits, whole, rows, command, commit } = ablation;
  const cells = rows.map(({ name, all, families: each }) => [
    name,
    changeText(all.f1),
    changeText(all.exact),
    worstFamily(each),
  ]);
  return `## What each ingredient is worth

Tillfree without one thing at a time, beside itself, on the same ${runs} runs (${visits} visits) of ${families.join(', ')}. With
everything: item F1 ${scoreWithInterval(whole.f1)}, ${percentWithInterval(whole.exact)} exactly right. Below, what changes; intervals are
of pairs of runs drawn again. Where the interval holds 0, these runs do not show that the ingredient is worth anything.

${markdownTable(['left out', 'item F1', 'share exactly right', 'item F1 where it costs most'], cells)}

\`${command}\`, at commit \`${commit}\`.

`;
}
