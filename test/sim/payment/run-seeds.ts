/** Runs seeds; the first violation is run again with its trace. */
import { AssertionFailure } from '../../../src/base/index.ts';
import { Violation } from './auditor.ts';
import type { Parts } from './our-side.ts';
import { World } from './world.ts';

export interface FoundViolation {
  readonly seed: number;
  readonly what: string;
  readonly trace: readonly string[];
}

export interface SeedsRun {
  readonly seedCount: number;
  readonly stepCount: number;
  readonly crashCount: number;
  readonly violation: FoundViolation | null;
}

export const PARTS: Parts = {
  commandsOf: ({ commands }) => commands,
  keyOf: (request) => request.commandId,
  inOrder: (keep, send) => {
    keep();
    send();
  },
};

function violationOf(world: World): string | null {
  try {
    world.run();
    return null;
  } catch (error) {
    if (error instanceof Violation || error instanceof AssertionFailure) return error.message;
    throw error;
  }
}

/** Seeds from `from` on, until one violates what must hold. */
export function runSeeds(seeds: { readonly from: number; readonly count: number }, parts: Parts): SeedsRun {
  let stepCount = 0;
  let crashCount = 0;
  for (let seed = seeds.from; seed < seeds.from + seeds.count; seed++) {
    const world = new World(seed, parts, false);
    const what = violationOf(world);
    stepCount += world.stepCount;
    crashCount += world.crashCount;
    if (what !== null) {
      const traced = new World(seed, parts, true);
      violationOf(traced);
      const violation = { seed, what, trace: traced.trace };
      return { seedCount: seed - seeds.from + 1, stepCount, crashCount, violation };
    }
  }
  return { seedCount: seeds.count, stepCount, crashCount, violation: null };
}

/** For a person: what, where, and how to see it again. */
export function violationText({ seed, what, trace }: FoundViolation): string {
  const again = `npm run sim:payment -- --seeds 1 --from ${seed}`;
  return [`seed ${seed}: ${what}`, ...trace, `seed ${seed}: ${what}`, `again: ${again}`].join('\n');
}
