/**
 * Joint hypotheses of who holds what, for a group of people whose baskets hang together. Each is one consistent
 * story: what every member holds, and which option was chosen at each event. Stories that end alike are
 * merged, the improbable are pruned, and the mass that pruning lost is kept as doubt.
 *
 * Conservation lives here: an option that returns an item is impossible in a story where nobody holds it.
 */
import { logAddExp, logSumExp } from '../kernel/index.ts';
import type { MovedItem, ProductId, VisitId } from '../domain/index.ts';
import type { Outcome } from './outcomes.ts';
import type { StepGroup } from './step-groups.ts';

/** One outcome done by one person; null is somebody unseen, or nobody. */
export interface Option {
  readonly visitId: VisitId | null;
  readonly outcome: Outcome;
  readonly logLikelihood: number;
}

export interface FusedEvent {
  readonly stepGroup: StepGroup;
  readonly options: readonly Option[];
}

/** What each member holds, by `holdingKey`; counts are positive. */
export type Holdings = ReadonlyMap<string, number>;

export interface Story {
  readonly logProb: number;
  readonly holdings: Holdings;
  /** Index of the option chosen at each event of the group, in order. */
  readonly choices: readonly number[];
}

export interface Group {
  readonly members: ReadonlySet<VisitId>;
  readonly events: readonly FusedEvent[];
  readonly stories: readonly Story[];
  /** Share of all probability that pruning has left. */
  readonly keptMass: number;
}

const SEPARATOR = '\n';
/** The name under which items are held that nobody can name. */
export const UNNAMED = '';

/** The key of what `visit` holds of `product`; null is the unnamed item. */
export function holdingKey(visit: VisitId, product: ProductId | null): string {
  return `${visit}${SEPARATOR}${product ?? UNNAMED}`;
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

export function newGroup(member: VisitId): Group {
  const nothing: Story = { logProb: 0, holdings: new Map(), choices: [] };
  return { members: new Set([member]), events: [], stories: [nothing], keptMass: 1 };
}

/** Stories this far (e⁻¹⁴) behind the best are dropped before their holdings are even worked out. */
const LOG_KEEP = 14;
/** Stories that may still merge are kept up to this multiple of the bound until they have. */
const BEFORE_MERGE = 8;

/** The group with one more event: every story continues with every option that it allows. */
export function addEvent(group: Group, event: FusedEvent, storiesMax: number): Group {
  const continuations: { story: Story; choice: number; logProb: number }[] = [];
  for (const story of group.stories) {
    event.options.forEach((option, choice) => {
      continuations.push({ story, choice, logProb: story.logProb + option.logLikelihood });
    });
  }
  continuations.sort((a, b) => b.logProb - a.logProb);
  const all = logTotal(continuations);
  const grown: Story[] = [];
  let impossible = 0;
  for (const { story, choice, logProb } of continuations) {
    const best = grown[0]?.logProb ?? -Infinity;
    if (logProb < best - LOG_KEEP || grown.length >= storiesMax * BEFORE_MERGE) break;
    const holdings = afterOption(story.holdings, event.options[choice]!);
    if (holdings) grown.push({ logProb, holdings, choices: [...story.choices, choice] });
    else impossible += Math.exp(logProb - all);
  }
  const kept = logTotal(grown);
  // What was dropped unseen may have been impossible: counting all of it as lost errs towards doubt.
  const keptShare = Math.min(Math.exp(kept - all) / Math.max(1 - impossible, Number.EPSILON), 1);
  const keptMass = group.keptMass * keptShare;
  const events = [...group.events, event];
  return pruned({ ...group, events, stories: grown, keptMass }, storiesMax);
}

/** ln of the mass of all `stories`. */
function logTotal(stories: readonly Pick<Story, 'logProb'>[]): number {
  const logs = stories.map((story) => story.logProb);
  return logSumExp(logs, logs.length);
}

/** What is held after the option; null where it returns what nobody holds. */
function afterOption(holdings: Holdings, option: Option): Holdings | null {
  if (option.visitId === null || option.outcome.items.length === 0) return holdings;
  const next = new Map(holdings);
  for (const item of option.outcome.items) {
    if (item.productId === null && item.count < 0) continue;
    if (!moveItem(next, option.visitId, item)) return null;
  }
  return next;
}

function moveItem(holdings: Map<string, number>, visit: VisitId, item: MovedItem): boolean {
  const key = holdingKey(visit, item.productId);
  const count = (holdings.get(key) ?? 0) + item.count;
  if (count < 0) return false;
  if (count === 0) holdings.delete(key);
  else holdings.set(key, count);
  return true;
}

function stateName(holdings: Holdings): string {
  return [...holdings]
    .map(([key, count]) => `${key}${SEPARATOR}${count}`)
    .sort()
    .join(SEPARATOR + SEPARATOR);
}

/** Merges stories that end alike (the likelier keeps its choices), prunes the rest and normalises. */
function pruned(group: Group, storiesMax: number): Group {
  const byState = new Map<string, Story>();
  for (const story of group.stories) {
    const name = stateName(story.holdings);
    const same = byState.get(name);
    if (!same) {
      byState.set(name, story);
      continue;
    }
    const likelier = same.logProb >= story.logProb ? same : story;
    byState.set(name, { ...likelier, logProb: logAddExp(same.logProb, story.logProb) });
  }
  const sorted = [...byState.values()].sort((a, b) => b.logProb - a.logProb);
  const total = logTotal(sorted);
  const kept = sorted.slice(0, storiesMax);
  const keptTotal = logTotal(kept);
  const stories = kept.map((story) => ({ ...story, logProb: story.logProb - keptTotal }));
  return { ...group, stories, keptMass: group.keptMass * Math.exp(keptTotal - total) };
}

/** One group out of two that were independent until now. */
export function mergeGroups(a: Group, b: Group, storiesMax: number): Group {
  const stories: Story[] = [];
  for (const one of a.stories) {
    for (const other of b.stories) {
      stories.push({
        logProb: one.logProb + other.logProb,
        holdings: new Map([...one.holdings, ...other.holdings]),
        choices: [...one.choices, ...other.choices],
      });
    }
  }
  const members = new Set([...a.members, ...b.members]);
  const events = [...a.events, ...b.events];
  return pruned({ members, events, stories, keptMass: a.keptMass * b.keptMass }, storiesMax);
}

/** The group without a member whose visit has ended: their holdings are summed out. */
export function withoutMember(group: Group, member: VisitId, storiesMax: number): Group {
  const prefix = `${member}${SEPARATOR}`;
  const members = new Set(group.members);
  members.delete(member);
  const stories = group.stories.map((story) => ({
    ...story,
    holdings: new Map([...story.holdings].filter(([key]) => !key.startsWith(prefix))),
  }));
  return pruned({ ...group, members, stories }, storiesMax);
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
