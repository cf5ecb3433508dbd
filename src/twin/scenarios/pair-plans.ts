/** Two shoppers and one difficulty, acted out on purpose: each round brings two new people. */
import type { Task } from '../people/index.ts';
import { drawTraits } from './people-traits.ts';
import type { PlannedArrival } from './planned-arrival.ts';
import type { Difficulty } from './scenario.ts';
import type { Planning } from './shopper-plan.ts';
import { drawWare } from './shelfware.ts';
import type { Ware } from './shelfware.ts';

/** A round is over, nearly always, before the next one begins. */
const ROUND_MS = 75_000;
/** They need this long from the door to the shelf. */
const FIRST_MEETING_MS = 22_000;
const SECOND_MEETING_MS = 42_000;

interface Round extends Planning {
  readonly startsTrueMs: number;
}

interface Pair {
  readonly first: readonly Task[];
  readonly second: readonly Task[];
  /** The second comes in this much later. */
  readonly secondAfterMs: number;
}

function takeAt(ware: Ware, notBeforeTrueMs?: number, handInShelfMs?: number): Task {
  return {
    kind: 'take',
    productId: ware.productId,
    count: 1,
    plateIndexes: ware.plateIndexes,
    ...(notBeforeTrueMs === undefined ? {} : { notBeforeTrueMs }),
    ...(handInShelfMs === undefined ? {} : { handInShelfMs }),
  };
}

/** Two wares of one shelf; `isBeside`: with neighbouring plates. */
function twoOfAShelf({ shelfware, random }: Planning, isBeside: boolean): readonly [Ware, Ware] {
  const shelves = [...shelfware.byShelf.values()].filter((wares) => wares.length > 1);
  const wares = shelves.length > 0 ? shelves[random.below(shelves.length)]! : shelfware.wares;
  const first = random.below(wares.length - 1);
  const second = first + 1 + (isBeside ? 0 : random.below(wares.length - 1));
  // In a shop with one thing to buy both take that.
  return [wares[first]!, wares[second % wares.length]!];
}

function anyWare({ shelfware, random }: Planning): Ware {
  return drawWare(shelfware.wares, random);
}

/** Both take from one shelf at the same moment, twice. */
function sameShelf(round: Round): Pair {
  const meet = (afterMs: number, isBeside: boolean): [Task, Task] => {
    const [one, other] = twoOfAShelf(round, isBeside);
    const atTrueMs = round.startsTrueMs + afterMs;
    return [takeAt(one, atTrueMs), takeAt(other, atTrueMs + (round.random.uniform() - 0.5) * 600)];
  };
  const early = meet(FIRST_MEETING_MS, false);
  const late = meet(SECOND_MEETING_MS, true);
  return { first: [early[0], late[0]], second: [early[1], late[1]], secondAfterMs: 2000 };
}

/** Shoulder to shoulder, one after the other. */
function sideBySide(round: Round): Pair {
  const [one, other] = twoOfAShelf(round, true);
  const [third, fourth] = twoOfAShelf(round, true);
  const atTrueMs = round.startsTrueMs + FIRST_MEETING_MS;
  const later = round.startsTrueMs + SECOND_MEETING_MS;
  return {
    first: [takeAt(one, atTrueMs), takeAt(third, later + 2500)],
    second: [takeAt(other, atTrueMs + 2500), takeAt(fourth, later)],
    secondAfterMs: 2000,
  };
}

/** The first leaves something where it does not belong; the second buys it there. */
function misplacedThenBought(round: Round): Pair {
  const ware = anyWare(round);
  const [, foreign] = [
    ware,
    ...round.shelfware.wares.filter((other) => other.shelfIndex !== ware.shelfIndex),
  ];
  const others = round.shelfware.wares.filter((other) => other.productId !== ware.productId);
  const place = others[round.random.below(others.length)] ?? foreign ?? ware;
  const plateIndex = place.plateIndexes[0]!;
  const { productId } = ware;
  return {
    first: [
      takeAt(ware),
      { kind: 'put', productId, count: 1, plateIndexes: [plateIndex] },
      takeAt(anyWare(round)),
    ],
    second: [
      {
        kind: 'take',
        productId,
        count: 1,
        plateIndexes: [plateIndex],
        notBeforeTrueMs: round.startsTrueMs + SECOND_MEETING_MS + 8000,
      },
      takeAt(anyWare(round)),
    ],
    secondAfterMs: 20_000,
  };
}

/** One takes two things and gives the other one of them. */
function handOver(round: Round, personNumber: number): Pair {
  const [one, other] = [anyWare(round), anyWare(round)];
  const gift: Task = { kind: 'hand-over', productId: one.productId, toPersonNumber: personNumber + 1 };
  return {
    first: [takeAt(one), takeAt(other), gift],
    second: [takeAt(anyWare(round)), { kind: 'wait', durationMs: 30_000 }],
    secondAfterMs: 1500,
  };
}

/** The hand stays in the shelf for a long while, then takes. */
function longHold(round: Round): Pair {
  const holdMs = 12_000 + round.random.uniform() * 18_000;
  return {
    first: [takeAt(anyWare(round), undefined, holdMs), takeAt(anyWare(round))],
    second: [takeAt(anyWare(round)), takeAt(anyWare(round), undefined, holdMs * 0.6)],
    secondAfterMs: 2500,
  };
}

const PAIRS: Readonly<Record<Difficulty, (round: Round, personNumber: number) => Pair>> = {
  'same-shelf': sameShelf,
  'side-by-side': sideBySide,
  'misplaced-then-bought': misplacedThenBought,
  'hand-over': handOver,
  'long-hold': longHold,
};

export function planPairs(planning: Planning, difficulty: Difficulty, rounds: number): PlannedArrival[] {
  const arrivals: PlannedArrival[] = [];
  for (let index = 0; index < rounds; index++) {
    const startsTrueMs = 1500 + index * ROUND_MS;
    const personNumber = arrivals.length;
    const pair = PAIRS[difficulty]({ ...planning, startsTrueMs }, personNumber);
    const { random } = planning;
    arrivals.push(
      {
        atTrueMs: startsTrueMs,
        traits: drawTraits(random, { partyNumber: personNumber }),
        tasks: pair.first,
      },
      {
        atTrueMs: startsTrueMs + pair.secondAfterMs,
        traits: drawTraits(random, { partyNumber: personNumber + 1 }),
        tasks: pair.second,
      },
    );
  }
  return arrivals;
}
