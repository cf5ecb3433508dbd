/**
 * Which groups of stories every visit has a part in. What one moment changed hangs together with another only if
 * something came back, or where one reach may have made both: a put-back needs the item to be held, so it ties together
 * the moments at which it may have been taken. Everything else is independent, and is kept apart: what somebody holds is
 * the sum over their groups. This is the joint distribution over everybody and everything, not an approximation of it;
 * multiplied out, sixteen people with two alternatives each would be 65,536 stories.
 */
import type { VisitId } from '../../domain/index.ts';
import { mayShareReach } from './one-reach.ts';
import { addEvent, holdingKey, lyingKey, mergeGroups, newGroup, withoutMember } from './stories.ts';
import { peopleIn } from './story.ts';
import type { FusedEvent, Group, Option } from './story.ts';

/** The groups of every visit that ever was near a change, oldest first; a group stands with each of its members. */
export type GroupBook = Map<VisitId, readonly Group[]>;

export function groupsOf(book: ReadonlyMap<VisitId, readonly Group[]>, visit: VisitId): readonly Group[] {
  return book.get(visit) ?? [];
}

/** Every group once. */
export function allGroups(book: GroupBook): Set<Group> {
  return new Set([...book.values()].flat());
}

/** Puts `next` in the place of `old` with everybody; `next` without members is forgotten. */
export function replaceGroups(book: GroupBook, old: readonly Group[], next: Group): void {
  const gone = new Set(old);
  const visits = new Set([...old.flatMap(({ members }) => [...members]), ...next.members]);
  for (const visit of visits) {
    const before = groupsOf(book, visit);
    const place = before.findIndex((group) => gone.has(group));
    const rest = before.filter((group) => !gone.has(group));
    if (next.members.has(visit)) rest.splice(place < 0 ? rest.length : place, 0, next);
    if (rest.length > 0) book.set(visit, rest);
    else book.delete(visit);
  }
}

/** Returns less probable than this against everything that may have happened tie nobody together: they are doubt. */
const RETURN_SHARE_MIN = 1e-3;

interface Source {
  readonly group: Group;
  /** P(the person has some of the product from this group). */
  readonly probability: number;
}

/** Of `groups` those from which somebody may have what is held under `key`. */
function sourcesOf(groups: Iterable<Group>, key: string): Source[] {
  return [...groups].flatMap((group) => {
    let probability = 0;
    for (const { holdings, logProb } of group.stories)
      if (holdings.has(key)) probability += Math.exp(logProb);
    return probability > 0 ? [{ group, probability }] : [];
  });
}

interface GivenAway {
  readonly key: string;
  /** Where it may have come from. */
  readonly groups: Iterable<Group>;
}

/** What somebody must have held, or what must have lain there, for the option to be possible. */
function givenAway(book: GroupBook, option: Option): GivenAway[] {
  const { deeds, lying } = option;
  const given = deeds.flatMap(({ visitId, items, kind }): GivenAway[] => {
    if (visitId === null || kind === 'restock') return [];
    const groups = groupsOf(book, visitId);
    return items.flatMap(({ productId, count }) =>
      productId !== null && count < 0 ? [{ key: holdingKey(visitId, productId), groups }] : [],
    );
  });
  if (lying?.count === -1) given.push({ key: lyingKey(lying.thingId), groups: allGroups(book) });
  return given;
}

interface WeighedOption {
  readonly option: Option;
  /** Likelihood times the chance that what it returns is held, against the likeliest option. */
  readonly weight: number;
  /** Null where nothing named comes back. */
  readonly sources: readonly Source[] | null;
}

function weigh(book: GroupBook, option: Option, bestLog: number): WeighedOption {
  const given = givenAway(book, option);
  const sources: Source[] = [];
  let weight = Math.exp(option.logLikelihood - bestLog);
  for (const { groups, key } of given) {
    const found = sourcesOf(groups, key);
    sources.push(...found);
    weight *= Math.min(
      1,
      found.reduce((sum, { probability }) => sum + probability, 0),
    );
  }
  return { option, weight, sources: given.length > 0 ? sources : null };
}

interface TiedEvent {
  readonly event: FusedEvent;
  readonly tied: readonly Group[];
  /** Of everything that may have happened, what the event's options hold. */
  readonly keptShare: number;
}

/** The event without returns that are next to impossible, and the groups that the others tie together. */
function tie(book: GroupBook, event: FusedEvent): TiedEvent {
  const bestLog = Math.max(...event.options.map(({ logLikelihood }) => logLikelihood));
  const weighed = event.options.map((option) => weigh(book, option, bestLog));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const kept = weighed.filter(({ sources, weight }) => sources === null || weight > RETURN_SHARE_MIN * total);
  if (kept.length === 0) return { event, tied: [], keptShare: 1 };
  const keptWeight = kept.reduce((sum, { weight }) => sum + weight, 0);
  const tied = new Set(kept.flatMap(({ sources }) => (sources ?? []).map(({ group }) => group)));
  if (event.reaches)
    for (const group of allGroups(book))
      if (group.events.some((earlier) => mayShareReach(event, earlier))) tied.add(group);
  return {
    event: { ...event, options: kept.map(({ option }) => option) },
    tied: [...tied],
    keptShare: total > 0 ? keptWeight / total : 1,
  };
}

/**
 * The event as part of everybody's stories; the group it went into, in which it is the last event. Null where nobody
 * that is followed can have had a part in it.
 */
export function addToBook(book: GroupBook, whole: FusedEvent, storiesMax: number): Group | null {
  const { event, tied, keptShare } = tie(book, whole);
  const people = event.options.flatMap(peopleIn);
  if (people.length === 0) return null;
  const joined = tied.reduce((all, group) => mergeGroups(all, group, storiesMax), newGroup());
  const members = new Set([...joined.members, ...people]);
  const grown = addEvent({ ...joined, members }, event, storiesMax);
  const next = { ...grown, keptMass: grown.keptMass * keptShare };
  replaceGroups(book, tied, next);
  return next;
}

/** The visit has ended: what it holds is summed out of every group. */
export function forgetVisit(book: GroupBook, visit: VisitId, storiesMax: number): void {
  for (const group of groupsOf(book, visit))
    replaceGroups(book, [group], withoutMember(group, visit, storiesMax));
  book.delete(visit);
}

/** Joins the oldest groups of whoever has more than `groupsMax`: a long visit must not grow without bound. */
export function keepBookShort(book: GroupBook, limits: { groupsMax: number; storiesMax: number }): void {
  for (const visit of [...book.keys()]) {
    for (
      let groups = groupsOf(book, visit);
      groups.length > limits.groupsMax;
      groups = groupsOf(book, visit)
    ) {
      const [first, second] = groups as [Group, Group];
      replaceGroups(book, [first, second], mergeGroups(first, second, limits.storiesMax));
    }
  }
}
