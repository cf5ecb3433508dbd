/** What the search of deals is given, and how it is made smaller before it begins. */
export interface Taken {
  readonly classIndex: number;
  readonly units: number;
}

export interface Choice {
  readonly takes: readonly Taken[];
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

export function unitsIn({ counts }: SearchProblem): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What the units of a choice are priced at. */
export function pricedAt({ takes }: Choice, prices: readonly number[]): number {
  return takes.reduce((sum, { classIndex, units }) => sum + units * prices[classIndex]!, 0);
}

/** What all units together are priced at: with prices that no choice beats, nothing gains more. */
export function boundOf({ counts }: SearchProblem, prices: readonly number[]): number {
  return counts.reduce((sum, count, c) => sum + count * prices[c]!, 0);
}

/** The uses that a deal has left are units of a class of their own: they are scarce, and priced, like goods. */
export function withUsesAsUnits(problem: SearchProblem): SearchProblem {
  const { counts, choices, limits } = problem;
  const units = unitsIn(problem);
  const limited = limits.flatMap(({ usesLeft }, limit) => (usesLeft < units ? [limit] : []));
  const classOf = new Map(limited.map((limit, index) => [limit, counts.length + index]));
  return {
    limits,
    counts: [...counts, ...limited.map((limit) => limits[limit]!.usesLeft)],
    choices: choices.map((choice) => {
      const { takes, limitIndex } = choice;
      if (limitIndex === null) return choice;
      const classIndex = classOf.get(limitIndex);
      return {
        ...choice,
        takes: classIndex === undefined ? takes : [...takes, { classIndex, units: 1 }],
        limitIndex: limits[limitIndex]!.budgetLeft === Infinity ? null : limitIndex,
      };
    }),
  };
}

/** Indexes of choices for which no other gives as much for the same units; those with a budget stay. */
export function undominated({ choices }: SearchProblem): number[] {
  const best = new Map<string, number>();
  for (const [index, { takes, gain, limitIndex }] of choices.entries()) {
    if (limitIndex !== null) continue;
    const key = takes.map(({ classIndex, units }) => `${classIndex}x${units}`).join();
    const known = best.get(key);
    if (known === undefined || choices[known]!.gain < gain) best.set(key, index);
  }
  const kept = new Set(best.values());
  return choices.flatMap(({ limitIndex }, index) => (limitIndex !== null || kept.has(index) ? [index] : []));
}

/** The same problem with its classes in another order. */
export function reordered(
  { counts, choices, limits }: SearchProblem,
  order: readonly number[],
): SearchProblem {
  const placeOf = counts.map(() => 0);
  for (const [place, c] of order.entries()) placeOf[c] = place;
  return {
    limits,
    counts: order.map((c) => counts[c]!),
    choices: choices.map((choice) => ({
      ...choice,
      takes: choice.takes
        .map(({ classIndex, units }) => ({ classIndex: placeOf[classIndex]!, units }))
        .toSorted((a, b) => a.classIndex - b.classIndex),
    })),
  };
}
