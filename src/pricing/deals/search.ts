/**
 * The best set of applications: branch and bound over classes of units. A unit is in one application at most, and a
 * deal is applied as often as its limits allow. The bound is a price per unit of each class (a feasible solution of the
 * linear programme's dual): no application gains more than its units are priced at, so what is left can gain no more
 * than the units left. Prices are first guessed, and taken from the linear programme where the guess proves nothing;
 * choices that fall too far short of their units' prices are then left out, and the dearest units are decided first.
 * States reached before with as much gain are not searched again. Cost: exponential at worst, so nodes are bounded; the
 * result then says by how much, at most, it could be better.
 */
import { linearSolution } from './linear-prices.ts';
import { boundOf, pricedAt, reordered, undominated, unitsIn, withUsesAsUnits } from './search-problem.ts';
import type { Choice, SearchProblem } from './search-problem.ts';

export interface SearchResult {
  /** Indexes of choices, each as often as it is applied. */
  readonly chosen: readonly number[];
  readonly gain: number;
  /** Nothing gains more; equal to `gain` where the result is proved the best. */
  readonly bound: number;
}

const NODES_MAX = 20_000;
/** The search goes one deeper with each unit; above, only the greedy choice and its bound. */
const UNITS_MAX = 400;
const DUAL_PASSES = 4;

/** The least that class `c` may be priced at while the other prices hold. */
function leastPrice(c: number, prices: readonly number[], choices: readonly Choice[]): number {
  let least = 0;
  for (const { takes, gain } of choices) {
    let own = 0;
    let others = 0;
    for (const { classIndex, units } of takes) {
      if (classIndex === c) own = units;
      else others += units * prices[classIndex]!;
    }
    if (own > 0) least = Math.max(least, Math.ceil((gain - others) / own));
  }
  return least;
}

/** A price per unit of each class, such that no choice gains more than its units are priced at. */
export function unitPrices({ counts, choices }: SearchProblem): number[] {
  const prices = counts.map(() => 0);
  for (const { takes, gain } of choices) {
    const size = takes.reduce((sum, { units }) => sum + units, 0);
    for (const { classIndex } of takes)
      prices[classIndex] = Math.max(prices[classIndex]!, Math.ceil(gain / size));
  }
  const touching = counts.map((_, c) =>
    choices.filter(({ takes }) => takes.some(({ classIndex }) => classIndex === c)),
  );
  const order = counts.map((_, c) => c).toSorted((a, b) => counts[b]! - counts[a]! || a - b);
  for (let pass = 0; pass < DUAL_PASSES; pass++)
    for (const c of order) prices[c] = leastPrice(c, prices, touching[c]!);
  return prices;
}

/** What is left, uses among the units, while choices are taken and given back. */
class Rest {
  readonly counts: number[];
  readonly budgetLeft: number[];

  constructor({ counts, limits }: SearchProblem) {
    this.counts = [...counts];
    this.budgetLeft = limits.map(({ budgetLeft }) => budgetLeft);
  }

  allows({ takes, limitIndex, exact }: Choice): boolean {
    if (limitIndex !== null && this.budgetLeft[limitIndex]! < exact) return false;
    for (const { classIndex, units } of takes) if (this.counts[classIndex]! < units) return false;
    return true;
  }

  /** `times` −1 gives back. */
  take({ takes, limitIndex, exact }: Choice, times: 1 | -1): void {
    for (const { classIndex, units } of takes) this.counts[classIndex]! -= times * units;
    if (limitIndex === null) return;
    this.budgetLeft[limitIndex]! -= times * exact;
  }
}

function greedy(problem: SearchProblem, order: readonly number[]): { chosen: number[]; gain: number } {
  const rest = new Rest(problem);
  const chosen: number[] = [];
  let gain = 0;
  for (const index of order) {
    const choice = problem.choices[index]!;
    while (rest.allows(choice)) {
      rest.take(choice, 1);
      chosen.push(index);
      gain += choice.gain;
    }
  }
  return { chosen, gain };
}

/** Best first: what a choice falls short of its units' prices, then the greater gain. */
function byPromise(
  { choices }: SearchProblem,
  prices: readonly number[],
  among: readonly number[],
): number[] {
  const lacks = choices.map((choice) => pricedAt(choice, prices) - choice.gain);
  return among.toSorted((a, b) => lacks[a]! - lacks[b]! || choices[b]!.gain - choices[a]!.gain || a - b);
}

/** A number for each state of counts; null where budgets count too, or the number would leave the safe integers. */
function stateNumber({
  counts,
  limits,
  choices,
}: SearchProblem): ((rest: Rest, at: number, from: number) => number) | null {
  if (limits.some(({ budgetLeft }) => budgetLeft !== Infinity)) return null;
  const tail = [counts.length + 1, choices.length + 1];
  const size = counts.reduce((product, count) => product * (count + 1), tail[0]! * tail[1]!);
  if (!Number.isSafeInteger(size)) return null;
  return (rest, at, from) => {
    let state = 0;
    for (let c = 0; c < counts.length; c++) state = state * (counts[c]! + 1) + (c < at ? 0 : rest.counts[c]!);
    return (state * tail[0]! + at) * tail[1]! + from;
  };
}

function branchAndBound(
  problem: SearchProblem,
  start: { chosen: number[]; gain: number; bound: number },
  context: { prices: readonly number[]; order: readonly number[] },
): SearchResult {
  const { counts, choices } = problem;
  const { prices, order } = context;
  const rest = new Rest(problem);
  const byClass = counts.map((_, c) => order.filter((index) => choices[index]!.takes[0]!.classIndex === c));
  const worth = choices.map((choice) => pricedAt(choice, prices));
  const numberOf = stateNumber(problem);
  const reached = new Map<number, number>();
  const way: number[] = [];
  let best: Pick<SearchResult, 'chosen' | 'gain'> = start;
  let nodes = 0;
  let gain = 0;
  /** What the units left of classes not yet decided are priced at. */
  let open = start.bound;
  const wasReached = (at: number, from: number): boolean => {
    if (!numberOf) return false;
    const state = numberOf(rest, at, from);
    const before = reached.get(state);
    if (before !== undefined && before >= gain) return true;
    reached.set(state, gain);
    return false;
  };
  const visit = (at: number, from: number): void => {
    if (gain > best.gain) best = { chosen: [...way], gain };
    if (at === counts.length || gain + open <= best.gain || ++nodes > NODES_MAX || wasReached(at, from))
      return;
    const own = byClass[at]!;
    for (let next = from; next < own.length; next++) {
      const index = own[next]!;
      const choice = choices[index]!;
      // The nearest to their units' prices come first, so all that follow fall short as well.
      if (nodes > NODES_MAX || gain + choice.gain + open - worth[index]! <= best.gain) break;
      if (!rest.allows(choice)) continue;
      rest.take(choice, 1);
      way.push(index);
      gain += choice.gain;
      open -= worth[index]!;
      visit(at, next);
      gain -= choice.gain;
      open += worth[index]!;
      way.pop();
      rest.take(choice, -1);
    }
    const unused = rest.counts[at]! * prices[at]!;
    open -= unused;
    visit(at + 1, 0);
    open += unused;
  };
  visit(0, 0);
  return { ...best, bound: nodes > NODES_MAX ? start.bound : best.gain };
}

/** The greatest gain; the first found of equals. */
export function bestChoices(given: SearchProblem): SearchResult {
  const problem = withUsesAsUnits(given);
  const { counts, choices } = problem;
  const quick = unitPrices(problem);
  const quickBound = boundOf(problem, quick);
  const first = greedy(problem, byPromise(problem, quick, [...choices.keys()]));
  if (first.gain === quickBound || unitsIn(given) > UNITS_MAX) return { ...first, bound: quickBound };
  const kept = undominated(problem);
  const linear = linearSolution(
    counts,
    kept.map((index) => choices[index]!),
  );
  const bound = Math.min(boundOf(problem, linear.prices), quickBound);
  const prices = bound < quickBound ? linear.prices : quick;
  const promising = byPromise(problem, prices, kept);
  const timesOf = new Map(kept.map((index, nth) => [index, linear.times[nth]!]));
  const mostTaken = promising.toSorted((a, b) => timesOf.get(b)! - timesOf.get(a)!);
  const start = [promising, mostTaken]
    .map((order) => greedy(problem, order))
    .reduce((best, each) => (each.gain > best.gain ? each : best), first);
  // With any other choice nothing better than the start can be had.
  const order = promising.filter(
    (index) => bound - pricedAt(choices[index]!, prices) + choices[index]!.gain > start.gain,
  );
  const classes = [...counts.keys()].toSorted((a, b) => prices[b]! - prices[a]! || a - b);
  const own = classes.map((c) => prices[c]!);
  return branchAndBound(reordered(problem, classes), { ...start, bound }, { prices: own, order });
}
