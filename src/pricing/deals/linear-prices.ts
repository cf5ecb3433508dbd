/**
 * Prices per unit of each class from the linear programme: the most that choices could gain if they could be applied in
 * parts, `max g·x` with `A·x ≤ counts`, `x ≥ 0`. Its dual solution is the tightest price per unit that there is. The
 * simplex method runs on floating point numbers, which is only a way to a good guess: the guess is rounded up to integers
 * and raised until no choice gains more than its units are priced at, so the bound is a bound whatever was rounded.
 * Cost: O(classes · choices) per step; steps are bounded.
 */
import type { Choice } from './search-problem.ts';

type Priced = Pick<Choice, 'takes' | 'gain'>;

const STEPS_MAX = 300;
/** Relative to the greatest gain; below it a step improves nothing. */
const TOLERANCE = 1e-10;

/** Rows of classes, then the row of what each column still gains; the last column is the right side. */
interface Tableau {
  readonly rows: readonly Float64Array[];
  readonly gains: Float64Array;
  readonly width: number;
}

function tableauOf(counts: readonly number[], choices: readonly Priced[]): Tableau {
  const width = choices.length + counts.length + 1;
  const rows = counts.map((count, c) => {
    const row = new Float64Array(width);
    row[choices.length + c] = 1;
    row[width - 1] = count;
    return row;
  });
  const gains = new Float64Array(width);
  for (const [column, { takes, gain }] of choices.entries()) {
    gains[column] = gain;
    for (const { classIndex, units } of takes) rows[classIndex]![column] = units;
  }
  return { rows, gains, width };
}

/** The column that gains most; −1 where none gains. */
function entering({ gains, width }: Tableau, least: number): number {
  let best = -1;
  let most = least;
  for (let column = 0; column < width - 1; column++)
    if (gains[column]! > most) {
      most = gains[column]!;
      best = column;
    }
  return best;
}

/** The row that is used up first; −1 where none is. */
function leaving({ rows, width }: Tableau, column: number): number {
  let best = -1;
  let least = Infinity;
  for (const [index, row] of rows.entries()) {
    const per = row[column]!;
    if (per <= TOLERANCE) continue;
    const ratio = row[width - 1]! / per;
    if (ratio < least) {
      least = ratio;
      best = index;
    }
  }
  return best;
}

function takeOut(target: Float64Array, row: Float64Array, column: number): void {
  const factor = target[column]!;
  if (factor === 0) return;
  for (let at = 0; at < target.length; at++) target[at] = target[at]! - factor * row[at]!;
}

function pivot({ rows, gains }: Tableau, place: { row: number; column: number }): void {
  const row = rows[place.row]!;
  const divisor = row[place.column]!;
  for (let at = 0; at < row.length; at++) row[at] = row[at]! / divisor;
  for (const other of rows) if (other !== row) takeOut(other, row, place.column);
  takeOut(gains, row, place.column);
}

/** Prices raised until no choice gains more than its units are priced at. */
function raised(guess: readonly number[], choices: readonly Priced[]): number[] {
  const prices = [...guess];
  for (const { takes, gain } of choices) {
    const priced = takes.reduce((sum, { classIndex, units }) => sum + units * prices[classIndex]!, 0);
    const [first] = takes;
    if (priced < gain && first) prices[first.classIndex]! += Math.ceil((gain - priced) / first.units);
  }
  return prices;
}

export interface LinearSolution {
  /** Integer prices, none negative, such that no choice gains more than its units are priced at. */
  readonly prices: readonly number[];
  /** How often each choice is applied, in parts too; a guess to begin with. */
  readonly times: readonly number[];
}

export function linearSolution(counts: readonly number[], choices: readonly Priced[]): LinearSolution {
  const tableau = tableauOf(counts, choices);
  const basis = counts.map((_, c) => choices.length + c);
  const least = TOLERANCE * choices.reduce((most, { gain }) => Math.max(most, gain), 0);
  for (let step = 0; step < STEPS_MAX; step++) {
    const column = entering(tableau, least);
    const row = column < 0 ? -1 : leaving(tableau, column);
    if (row < 0) break;
    pivot(tableau, { row, column });
    basis[row] = column;
  }
  const times = choices.map(() => 0);
  for (const [row, column] of basis.entries())
    if (column < choices.length) times[column] = tableau.rows[row]![tableau.width - 1]!;
  // What a unit more of a class would gain stands, negative, in the column of its slack.
  const guess = counts.map((_, c) => Math.max(0, Math.ceil(-tableau.gains[choices.length + c]!)));
  return { prices: raised(guess, choices), times };
}
