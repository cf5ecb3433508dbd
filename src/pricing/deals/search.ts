/**
 * The best set of applications: branch and bound over classes of units. A unit is in one application at most, and a
 * deal is applied as often as its limits allow. The bound is a price per unit of each class (a feasible solution of the
 * linear programme's dual): no application gains more than its units are priced at, so what is left can gain no more
 * than the units left. States reached before with as much gain are not searched again. Cost: exponential at worst,
 * so nodes are bounded; the result then says by how much, at most, it could be better.
 */
export interface Choice {
  readonly takes: readonly { readonly classIndex: number; readonly units: number }[];
  readonly gain: number;
  /** Index into `limits`; null without limit. */
  readonly limitIndex: number | null;
  /** Counts against the budget of its limit. */
  readonly exact: number;
}

export interface SearchProblem {
  readonly counts: readonly number[];
  readonly choices: readonly Choice[];
  readonly limits: readonly { readonly usesLeft: number; readonly budgetLeft: number }[];
}

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

/** What is left while choices are taken and given back. */
class Rest {
  readonly counts: number[];
  readonly usesLeft: number[];
  readonly budgetLeft: number[];

  constructor({ counts, limits }: SearchProblem) {
    this.counts = [...counts];
    this.usesLeft = limits.map(({ usesLeft }) => usesLeft);
    this.budgetLeft = limits.map(({ budgetLeft }) => budgetLeft);
  }

  allows({ takes, limitIndex, exact }: Choice): boolean {
    if (limitIndex !== null && (this.usesLeft[limitIndex]! < 1 || this.budgetLeft[limitIndex]! < exact))
      return false;
    for (const { classIndex, units } of takes) if (this.counts[classIndex]! < units) return false;
    return true;
  }

  /** `times` −1 gives back. */
  take({ takes, limitIndex, exact }: Choice, times: 1 | -1): void {
    for (const { classIndex, units } of takes) this.counts[classIndex]! -= times * units;
    if (limitIndex === null) return;
    this.usesLeft[limitIndex]! -= times;
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
function byPromise({ choices }: SearchProblem, prices: readonly number[]): number[] {
  const lacks = choices.map(
    ({ takes, gain }) =>
      takes.reduce((sum, { classIndex, units }) => sum + units * prices[classIndex]!, 0) - gain,
  );
  return choices
    .map((_, index) => index)
    .toSorted((a, b) => lacks[a]! - lacks[b]! || choices[b]!.gain - choices[a]!.gain || a - b);
}

/** A number for each state of counts and limits; null where that would leave the safe integers. */
function stateNumber({
  counts,
  limits,
  choices,
}: SearchProblem): ((rest: Rest, at: number, from: number) => number) | null {
  if (limits.some(({ budgetLeft }) => budgetLeft !== Infinity)) return null;
  const units = counts.reduce((sum, count) => sum + count, 0);
  const uses = limits.map(({ usesLeft }) => Math.min(usesLeft, units));
  const tail = [counts.length + 1, choices.length + 1];
  const size = [...counts, ...uses].reduce((product, count) => product * (count + 1), tail[0]! * tail[1]!);
  if (!Number.isSafeInteger(size)) return null;
  return (rest, at, from) => {
    let state = 0;
    for (let c = 0; c < counts.length; c++) state = state * (counts[c]! + 1) + (c < at ? 0 : rest.counts[c]!);
    for (let each = 0; each < uses.length; each++)
      state = state * (uses[each]! + 1) + Math.min(uses[each]!, rest.usesLeft[each]!);
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
  const worth = choices.map(({ takes }) =>
    takes.reduce((sum, { classIndex, units }) => sum + units * prices[classIndex]!, 0),
  );
  const numberOf = stateNumber(problem);
  const reached = new Map<number, number>();
  const way: number[] = [];
  let best: Pick<SearchResult, 'chosen' | 'gain'> = start;
  let nodes = 0;
  /** `open` is what the classes from `at` on are priced at. */
  const visit = (at: number, from: number, sums: { gain: number; open: number }): void => {
    const { gain, open } = sums;
    if (gain > best.gain) best = { chosen: [...way], gain };
    if (at === counts.length || gain + open <= best.gain || ++nodes > NODES_MAX) return;
    if (numberOf) {
      const state = numberOf(rest, at, from);
      const before = reached.get(state);
      if (before !== undefined && before >= gain) return;
      reached.set(state, gain);
    }
    const own = byClass[at]!;
    for (let next = from; next < own.length; next++) {
      const index = own[next]!;
      const choice = choices[index]!;
      if (!rest.allows(choice)) continue;
      rest.take(choice, 1);
      way.push(index);
      visit(at, next, { gain: gain + choice.gain, open: open - worth[index]! });
      way.pop();
      rest.take(choice, -1);
    }
    visit(at + 1, 0, { gain, open: open - rest.counts[at]! * prices[at]! });
  };
  visit(0, 0, { gain: 0, open: start.bound });
  return { ...best, bound: nodes > NODES_MAX ? start.bound : best.gain };
}

/** The greatest gain; the first found of equals, in the order of `choices`. Choices take their classes ascending. */
export function bestChoices(problem: SearchProblem): SearchResult {
  const prices = unitPrices(problem);
  const order = byPromise(problem, prices);
  const first = greedy(problem, order);
  const bound = problem.counts.reduce((sum, count, c) => sum + count * prices[c]!, 0);
  const units = problem.counts.reduce((sum, count) => sum + count, 0);
  if (first.gain === bound || units > UNITS_MAX) return { ...first, bound };
  return branchAndBound(problem, { ...first, bound }, { prices, order });
}
