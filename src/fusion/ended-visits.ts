/**
 * Visits whose receipt is out. What they may have had a part in can still be undecided: a shelf near by is still in contact,
 * or its plate rings. Until that is committed their body stands where it was, so that what they did is nobody else's; no
 * id is linked to it any more. Then everything about them is forgotten.
 *
 * Rejected: committing everything pending when somebody leaves. A contact that is still open has not told all its steps;
 * what it told later was dropped, or taken by whoever was left.
 */
import type { EndedVisit, FusionState } from './fusion-state.ts';
import { learnFromVisit } from './learn.ts';
import { bodyOf, forgetBody, setAside } from './people/bodies.ts';
import { forgetVisit, groupsOf } from './stories/group-book.ts';

/** Hands were where they were for as long as this after their body was last seen: clocks differ, plates ring. */
const AFTER_MS = 1500;
/** Of more than these the oldest are forgotten first. */
const ENDED_MAX = 64;

/** The visit has its receipt; what is known of it is kept until nothing about it is undecided. */
export function endVisit(state: FusionState, ended: EndedVisit): void {
  state.tentative = null;
  setAside(state.bodies, ended.visitId);
  const leftAtMs = bodyOf(state.bodies, ended.visitId)?.leftAtMs ?? -Infinity;
  state.ended.set(ended.visitId, { ...ended, untilMs: leftAtMs + AFTER_MS });
  for (const oldest of [...state.ended.values()].slice(0, -ENDED_MAX)) forgetEnded(state, oldest);
}

/** Forgets those about whom nothing can still be told that began before `untilMs`, where everything until then is told. */
export function forgetDecided(state: FusionState, untilMs: number): void {
  for (const ended of [...state.ended.values()]) if (ended.untilMs < untilMs) forgetEnded(state, ended);
}

function forgetEnded(state: FusionState, { visitId, isTrusted }: EndedVisit): void {
  state.tentative = null;
  state.ended.delete(visitId);
  if (state.bodies.aside.get(visitId)?.enteredAs) state.learnt.visitCount++;
  if (isTrusted) for (const group of groupsOf(state.groups, visitId)) learnFromVisit(state, group, visitId);
  forgetVisit(state.groups, visitId, state.settings.storiesMax);
  state.explained.delete(visitId);
  state.toldBaskets.delete(visitId);
  state.unfollowed.delete(visitId);
  forgetBody(state.bodies, visitId);
}
