/**
 * Joint hypotheses of who holds what, for events that hang together. Each is one consistent story: what every member has
 * from these events, and which option was chosen at each of them. Stories that end alike are merged, the improbable are
 * pruned, and the mass that pruning lost is kept as doubt.
 *
 * Conservation lives here: an option that returns an item is impossible in a story where nobody holds it.
 */
import { logAddExp, logSumExp } from '../../kernel/index.ts';
import type { ProductId, VisitId } from '../../domain/index.ts';
import { graspedAgain } from './one-reach.ts';
import type { FusedEvent, Group, Holdings, Option, Story } from './story.ts';

const SEPARATOR = '\n';
/** The name under which items are held that nobody can name. */
export const UNNAMED = '';

/** The key of what `visit` holds of `product`; null is the unnamed item. */
export function holdingKey(visit: VisitId, product: ProductId | null): string {
  return `${visit}${SEPARATOR}${product ?? UNNAMED}`;
}

/** The key of a nameless thing that lies on a plate, in nobody's hands. */
export function lyingKey(thingId: string): string {
  return `${SEPARATOR}${thingId}`;
}

/** The products of `visit` in `holdings`: name (empty for the unnamed) and count. */
export function heldBy(holdings: Holdings, visit: VisitId): [string, number][] {
  const prefix = `${visit}${SEPARATOR}`;
  const held: [string, number][] = [];
  for (const [key, count] of holdings) {
    if (key.startsWith(prefix)) held.push([key.slice(prefix.length), count]);
  }
  return held;
}

export function newGroup(...members: readonly VisitId[]): Group {
  const nothing: Story = { logProb: 0, holdings: new Map(), fingerprint: 0, choices: [] };
  return { members: new Set(members), events: [], stories: [nothing], keptMass: 1 };
}

/** Stories this far (e⁻¹⁴) behind the best are dropped before their holdings are even worked out. */
const LOG_KEEP = 14;
/** Stories that may still merge are kept up to this multiple of the bound until they have. */
const BEFORE_MERGE = 8;

/** A story that goes on with an option; what is held then is worked out only if it is kept. */
interface Continuation {
  readonly story: Story;
  readonly choice: number;
  readonly logProb: number;
  readonly fingerprint: number;
}

/** The group with one more event: every story continues with every option that it allows. */
export function addEvent(group: Group, event: FusedEvent, storiesMax: number): Group {
  const { options } = event;
  const logAgain = graspedAgain(group, event);
  const continuations: Omit<Continuation, 'fingerprint'>[] = [];
  for (const story of group.stories) {
    options.forEach((option, choice) => {
      const logProb = story.logProb + option.logLikelihood + logAgain(story, option);
      continuations.push({ story, choice, logProb });
    });
  }
  continuations.sort((a, b) => b.logProb - a.logProb);
  const all = logTotal(continuations);
  const grown: Continuation[] = [];
  let impossible = 0;
  for (const continuation of continuations) {
    const { story, choice, logProb } = continuation;
    const best = grown[0]?.logProb ?? -Infinity;
    if (logProb < best - LOG_KEEP || grown.length >= storiesMax * BEFORE_MERGE) break;
    const fingerprint = fingerprintAfter(story, options[choice]!);
    if (fingerprint === null) impossible += Math.exp(logProb - all);
    else grown.push({ ...continuation, fingerprint });
  }
  // What was dropped unseen may have been impossible: counting all of it as lost errs towards doubt.
  const grownShare = Math.min(Math.exp(logTotal(grown) - all) / Math.max(1 - impossible, Number.EPSILON), 1);
  const { kept, keptShare } = mergedBest(grown, storiesMax);
  const stories = kept.map(({ story, choice, logProb, fingerprint }): Story => ({
    logProb,
    holdings: holdingsAfter(story.holdings, options[choice]!),
    fingerprint,
    choices: [...story.choices, choice],
  }));
  return {
    ...group,
    events: [...group.events, event],
    stories,
    keptMass: group.keptMass * grownShare * keptShare,
  };
}

/** ln of the mass of all `stories`. */
function logTotal(stories: readonly Pick<Story, 'logProb'>[]): number {
  const logs = stories.map((story) => story.logProb);
  return logSumExp(logs, logs.length);
}

/** What an option changes in one person's hands, or on a plate. */
interface HeldChange {
  readonly key: string;
  readonly count: number;
}

/**
 * What an option moves into or out of hands. Whoever restocks brings goods that were in nobody's hands; an unnamed thing
 * that comes to lie somewhere was nobody's purchase.
 */
function heldChanges(option: Option): HeldChange[] {
  const { lying } = option;
  const changes: HeldChange[] = lying ? [{ key: lyingKey(lying.thingId), count: lying.count }] : [];
  return changes.concat(handChanges(option));
}

function handChanges(option: Option): HeldChange[] {
  return option.deeds.flatMap(({ visitId: visit, items, kind }) => {
    if (visit === null || kind === 'restock') return [];
    return items.flatMap(({ productId, count }) =>
      productId === null && count < 0 ? [] : [{ key: holdingKey(visit, productId), count }],
    );
  });
}

/** The fingerprint of what is held after the option; null where it returns what nobody holds. */
function fingerprintAfter({ holdings, fingerprint }: Story, option: Option): number | null {
  let print = fingerprint;
  const moved = new Map<string, number>();
  for (const { key, count: change } of heldChanges(option)) {
    const before = moved.get(key) ?? holdings.get(key) ?? 0;
    const count = before + change;
    if (count < 0) return null;
    moved.set(key, count);
    print = addPrints(print, FINGERPRINTS - holdingPrint(key, before));
    print = addPrints(print, holdingPrint(key, count));
  }
  return print;
}

/** What is held after an option that is possible. */
function holdingsAfter(holdings: Holdings, option: Option): Holdings {
  const changes = heldChanges(option);
  if (changes.length === 0) return holdings;
  const next = new Map(holdings);
  for (const { key, count: change } of changes) {
    const count = (next.get(key) ?? 0) + change;
    if (count === 0) next.delete(key);
    else next.set(key, count);
  }
  return next;
}

/** FNV-1a over the UTF-16 units of `key`, begun at `basis` (Fowler, Noll and Vo), then mixed once more. */
function hashed(key: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

const FINGERPRINTS = 2 ** 52;

/** What one holding adds to the fingerprint of its story, below 2⁵²; nothing held adds nothing. */
function holdingPrint(key: string, count: number): number {
  if (count === 0) return 0;
  const low = hashed(key, 0x811c9dc5 ^ Math.imul(count, 0x9e3779b1));
  const high = hashed(key, 0x27d4eb2f ^ Math.imul(count, 0x85ebca6b)) >>> 12;
  return high * 2 ** 32 + low;
}

/** Fingerprints add up, whatever the order: the sum of two below 2⁵² is exact. */
function addPrints(a: number, b: number): number {
  return (a + b) % FINGERPRINTS;
}

function fingerprintOf(holdings: Holdings): number {
  let sum = 0;
  for (const [key, count] of holdings) sum = addPrints(sum, holdingPrint(key, count));
  return sum;
}

interface Ended {
  readonly logProb: number;
  readonly fingerprint: number;
}

/** Of those that end alike one is left (the likelier, with the mass of all); the best are kept and normalised. */
function mergedBest<Kind extends Ended>(
  ended: readonly Kind[],
  storiesMax: number,
): { readonly kept: readonly Kind[]; readonly keptShare: number } {
  const byPrint = new Map<number, Kind>();
  for (const story of ended) {
    const same = byPrint.get(story.fingerprint);
    if (!same) {
      byPrint.set(story.fingerprint, story);
      continue;
    }
    const likelier = same.logProb >= story.logProb ? same : story;
    const logProb = logAddExp(same.logProb, story.logProb);
    byPrint.set(story.fingerprint, { ...likelier, logProb });
  }
  const sorted = [...byPrint.values()].sort((a, b) => b.logProb - a.logProb);
  const best = sorted.slice(0, storiesMax);
  const bestTotal = logTotal(best);
  return {
    kept: best.map((story) => ({ ...story, logProb: story.logProb - bestTotal })),
    keptShare: Math.exp(bestTotal - logTotal(sorted)),
  };
}

function addHoldings(a: Holdings, b: Holdings): Holdings {
  if (b.size === 0) return a;
  const sum = new Map(a);
  for (const [key, count] of b) sum.set(key, (sum.get(key) ?? 0) + count);
  return sum;
}

/**
 * One group out of two that were independent until now: every pair of stories is a story. Of two lists in falling
 * order the pair at (i, j) has at least (i + 1)(j + 1) − 1 pairs before it, so only those with (i + 1)(j + 1) within the
 * bound can be among the best.
 */
export function mergeGroups(a: Group, b: Group, storiesMax: number): Group {
  const pairs: { one: Story; other: Story; logProb: number }[] = [];
  a.stories.forEach((one, i) => {
    const most = Math.floor((storiesMax * BEFORE_MERGE) / (i + 1));
    for (const other of b.stories.slice(0, most))
      pairs.push({ one, other, logProb: one.logProb + other.logProb });
  });
  pairs.sort((first, second) => second.logProb - first.logProb);
  const best = pairs.slice(0, storiesMax * BEFORE_MERGE).map(({ one, other, logProb }): Story => {
    const holdings = addHoldings(one.holdings, other.holdings);
    const fingerprint = fingerprintOf(holdings);
    return { logProb, holdings, fingerprint, choices: [...one.choices, ...other.choices] };
  });
  const pairedShare = Math.exp(logTotal(best) - logTotal(a.stories) - logTotal(b.stories));
  const { kept, keptShare } = mergedBest(best, storiesMax);
  return {
    members: new Set([...a.members, ...b.members]),
    events: [...a.events, ...b.events],
    stories: kept,
    keptMass: a.keptMass * b.keptMass * Math.min(1, pairedShare) * keptShare,
  };
}

/** The group without a member whose visit has ended: their holdings are summed out. */
export function withoutMember(group: Group, member: VisitId, storiesMax: number): Group {
  const prefix = `${member}${SEPARATOR}`;
  const members = new Set(group.members);
  members.delete(member);
  const stories = group.stories.map((story) => {
    const holdings = new Map([...story.holdings].filter(([key]) => !key.startsWith(prefix)));
    return { ...story, holdings, fingerprint: fingerprintOf(holdings) };
  });
  const { kept, keptShare } = mergedBest(stories, storiesMax);
  return { ...group, members, stories: kept, keptMass: group.keptMass * keptShare };
}

/** Drops the oldest event; its options no longer vary between stories that are otherwise alike. */
export function withoutOldestEvent(group: Group): Group {
  return {
    ...group,
    events: group.events.slice(1),
    stories: group.stories.map((story) => ({ ...story, choices: story.choices.slice(1) })),
  };
}

/** P(option) for every option of the event at `index`, by all that happened before and after it. */
export function optionProbabilities(group: Group, index: number): Float64Array {
  const event = group.events[index]!;
  const probabilities = new Float64Array(event.options.length);
  for (const story of group.stories) probabilities[story.choices[index]!]! += Math.exp(story.logProb);
  return probabilities;
}
