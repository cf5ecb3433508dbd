/**
 * Which groups of stories every visit has a part in. What one moment changed hangs together with another only if
 * something came back: a put-back needs the item to be held, so it ties together the moments at which it may have been
 * taken. Everything else is independent, and is kept apart: what somebody holds is the sum over their groups. This is the
 * joint distribution over everybody and everything, not an approximation of it; multiplied out, sixteen people with two
 * alternatives each would be 65,536 stories.
 */
import type { VisitId } from '../domain/index.ts';
import { addEvent, holdingKey, mergeGroups, newGroup, withoutMember } from './stories.ts';
import type { FusedEvent, Group } from './stories.ts';

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

/** The groups from which the event may return something: in some story of theirs the person holds it. */
function tiedGroups(book: GroupBook, event: FusedEvent): Set<Group> {
  const tied = new Set<Group>();
  for (const { visitId, outcome } of event.options) {
    if (visitId === null) continue;
    for (const { productId, count } of outcome.items) {
      if (count >= 0 || productId === null) continue;
      const key = holdingKey(visitId, productId);
      for (const group of groupsOf(book, visitId))
        if (group.stories.some(({ holdings }) => holdings.has(key))) tied.add(group);
    }
  }
  return tied;
}

/**
 * The event as part of everybody's stories; the group it went into, in which it is the last event. Null where nobody
 * that is followed can have had a part in it.
 */
export function addToBook(book: GroupBook, event: FusedEvent, storiesMax: number): Group | null {
  const people = event.options.flatMap(({ visitId }) => (visitId === null ? [] : [visitId]));
  if (people.length === 0) return null;
  const tied = [...tiedGroups(book, event)];
  const joined = tied.reduce((all, group) => mergeGroups(all, group, storiesMax), newGroup());
  const members = new Set([...joined.members, ...people]);
  const next = addEvent({ ...joined, members }, event, storiesMax);
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
