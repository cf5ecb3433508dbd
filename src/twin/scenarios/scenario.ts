/** A scenario: which shop, who comes, how they behave, and what goes wrong. Data; a seed makes a run of it. */
import type { GeneratedStoreOptions } from '../worlds/index.ts';
import type { TwinFault } from '../words/index.ts';

/** Which shop is generated; the seed of the run furnishes and fills it. */
export type StoreSpec = Omit<GeneratedStoreOptions, 'seed'>;

/** How shoppers behave; shares are of the things they mean to take, or of people where they say so. */
export interface ShopperHabits {
  /** Different things they mean to take. */
  readonly itemsMin: number;
  readonly itemsMax: number;
  /** Share of actions that make it hard on purpose: take and return, swap, misplace, lean, hide the hand … */
  readonly adversarialShare: number;
  readonly lookAndPutBackShare: number;
  /** Looks at the shelf first; every third time a finger rests on it. */
  readonly browseShare: number;
  readonly misplaceShare: number;
  readonly leanShare: number;
  readonly bumpShare: number;
  readonly ownThingShare: number;
  /** The camera does not see the arm. */
  readonly hiddenHandShare: number;
  /** Of the adults, as long as there are carts. */
  readonly cartShare: number;
  /** Only products that share their shelf with one of (nearly) the same weight. */
  readonly isSameWeightOnly: boolean;
}

export type PeoplePlan =
  /** Everybody comes at once and shops until done. */
  | { readonly kind: 'crowd'; readonly count: number }
  /** Always this many inside: who leaves is followed by the next. */
  | { readonly kind: 'steady'; readonly count: number }
  /** Parties come at random, so many an hour; `partyShare` of them are two or three people, children among them. */
  | {
      readonly kind: 'stream';
      readonly perHour: number;
      /** Twenty-four factors of `perHour`, by the hour from the start; all 1 where they are missing. */
      readonly byHour?: readonly number[];
      readonly partyShare: number;
      /** Associates who fill shelves, at any time. */
      readonly associates: number;
    }
  /** Two people and one difficulty, several times over. */
  | { readonly kind: 'pairs'; readonly difficulty: Difficulty; readonly rounds: number };

/** What a pair of shoppers shows. */
export type Difficulty = 'same-shelf' | 'misplaced-then-bought' | 'hand-over' | 'long-hold' | 'side-by-side';

export interface Scenario {
  readonly name: string;
  /** One sentence for lists. */
  readonly words: string;
  readonly store: StoreSpec;
  readonly people: PeoplePlan;
  readonly habits: ShopperHabits;
  readonly faults: readonly TwinFault[];
  /** How long people may come in; the run ends when the last has left, at most `OVERTIME_MINUTES` later. */
  readonly minutes: number;
  /** Smart carts that stand ready. */
  readonly cartCount: number;
  /** `recorded`: the cameras are as late as in the public recording, 2.3 s; else a quarter of a second. */
  readonly trackLatency: 'usual' | 'recorded';
}

export const OVERTIME_MINUTES = 20;

export const PLAIN_HABITS: ShopperHabits = {
  itemsMin: 2,
  itemsMax: 6,
  adversarialShare: 0,
  lookAndPutBackShare: 0.1,
  browseShare: 0.2,
  misplaceShare: 0.01,
  leanShare: 0.02,
  bumpShare: 0.005,
  ownThingShare: 0.005,
  hiddenHandShare: 0.01,
  cartShare: 0,
  isSameWeightOnly: false,
};
