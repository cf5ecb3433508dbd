/**
 * Fusion as a fold: `fold(state, input)` consumes the state it is given and returns the next one. Interactions wait
 * in `pending` until the engine says by a horizon that nothing earlier can still come (a hand that is in another shelf
 * may have taken before this one put back); then they are committed in the order of time. The live basket is the
 * committed stories plus the pending ones, told provisionally.
 */
import { assertNever } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type {
  Attribution,
  Basket,
  BasketAlternative,
  Interaction,
  ProductId,
  TrackFrame,
  VisitId,
} from '../domain/index.ts';
import { applyEvent, applyInteraction, clockAfter } from './apply-interaction.ts';
import type { AppliedEvent } from './stories/story.ts';
import { attributionOf, attributionsOfGroup, involves } from './stories/attributions.ts';
import { alternativesFromGroups, basketFromGroups } from './stories/basket-of.ts';
import { followFrame, setAside } from './people/bodies.ts';
import { endVisit, forgetDecided } from './ended-visits.ts';
import { watchHands } from './people/hand-meetings.ts';
import type { UnweighedReach } from './stories/unweighed-event.ts';
import { eventsOf } from './unseen-moments.ts';
import type { UnseenMoment } from './unseen-moments.ts';
import { EXPLANATIONS_MAX, PENDING_MAX } from './fusion-state.ts';
import type { EndedVisit, FusionState } from './fusion-state.ts';
import { allGroups, groupsOf, keepBookShort, replaceGroups } from './stories/group-book.ts';
import type { GroupBook } from './stories/group-book.ts';
import { optionProbabilities, withoutOldestEvent } from './stories/stories.ts';
import { learnFromEvents } from './learning/learn-event.ts';
import { foreignAfter } from './place-update.ts';

export type FusionInput =
  | TrackFrame
  | { readonly kind: 'interaction'; readonly interaction: Interaction }
  /** A hand stayed over a plate that does not work. */
  | { readonly kind: 'unweighed-reach'; readonly reach: UnweighedReach }
  /** Nothing that began before `atMs` can still be told: what is pending until then may be committed. */
  | { readonly kind: 'horizon'; readonly atMs: EpochMs }
  /** The day ends and nothing waits any more: everything pending until `atMs` is committed as it is. */
  | { readonly kind: 'settle'; readonly atMs: EpochMs }
  /** The visit has gone for good; what it did is still told. */
  | { readonly kind: 'visit-left'; readonly visitId: VisitId }
  /** The visit has its receipt, and is forgotten as soon as nothing about it is undecided. */
  | ({ readonly kind: 'visit-ended' } & EndedVisit);

/** The next state. O(people) for a frame; O(outcomes · stories) for an interaction that is committed. */
export function fold(state: FusionState, input: FusionInput): FusionState {
  state.committed = [];
  if (input.kind === 'interaction' || (input.kind === 'tracks' && isEvidence(state, input)))
    state.tentative = null;
  switch (input.kind) {
    case 'tracks':
      followFrame(state.bodies, input);
      noteMeetings(state, input.observedAtMs);
      return state;
    case 'interaction':
      takeInteraction(state, input.interaction);
      return state;
    case 'unweighed-reach':
      waitFor(state, [{ kind: 'unweighed', atMs: input.reach.atMs, reach: input.reach }]);
      return state;
    case 'horizon':
      commitUntil(state, input.atMs);
      forgetToldOf(state, input.atMs);
      return state;
    case 'settle':
      commitAllUntil(state, input.atMs);
      forgetToldOf(state, Infinity);
      return state;
    case 'visit-left':
      state.tentative = null;
      setAside(state.bodies, input.visitId);
      return state;
    case 'visit-ended':
      endVisit(state, input);
      return state;
    default:
      return assertNever(input);
  }
}

/** Moments wait for their turn like everything else, ≤ `PENDING_MAX`, the oldest forgotten first. */
function waitFor(state: FusionState, moments: readonly UnseenMoment[]): void {
  if (moments.length === 0) return;
  state.moments.push(...moments);
  state.moments.splice(0, Math.max(0, state.moments.length - PENDING_MAX));
  state.tentative = null;
}

function noteMeetings(state: FusionState, atMs: EpochMs): void {
  const met = watchHands(state.hands, state.bodies, atMs);
  waitFor(
    state,
    met.map((meeting) => ({ kind: 'meeting', atMs: meeting.atMs, meeting })),
  );
}

/** How long after a step the positions of bodies still speak of it: the reach's end and the clocks' difference. */
const SPEAKS_MS = 1500;

/** True where the frame's positions belong to a reach that is still pending. */
function isEvidence(state: FusionState, frame: TrackFrame): boolean {
  for (const interaction of state.pending.values()) {
    const last = interaction.steps.at(-1);
    if (last && last.settledAtMs + SPEAKS_MS > frame.observedAtMs) return true;
  }
  return false;
}

/** A step is not known to the block: its moment moves by this much from one telling to the next. */
const MOMENT_MS = 400;

function takeInteraction(state: FusionState, told: Interaction): void {
  const id = told.interactionId;
  const untilMs = state.committedEarly.get(id);
  if (untilMs !== undefined && told.phase === 'final') {
    state.committedEarly.delete(id);
    state.counters.lateFinals++;
  }
  const interaction = untilMs === undefined ? told : stepsAfter(told, untilMs + MOMENT_MS);
  if (interaction.steps.length === 0) {
    state.pending.delete(id);
    return;
  }
  state.pending.set(id, interaction);
  while (state.pending.size > PENDING_MAX) {
    state.counters.forced++;
    commit(state, firstPending(state));
  }
}

/** A contact that went on after a visit had to settle: what happened in it since. */
function stepsAfter(interaction: Interaction, afterMs: number): Interaction {
  const steps = interaction.steps.filter((step) => step.settledAtMs > afterMs);
  // What every plate came to since the contact began was told with the first part.
  const changes = interaction.changes.map((change) => ({ ...change, deltaGrams: 0 }));
  return { ...interaction, steps, changes };
}

function firstPending(state: FusionState): Interaction {
  return [...state.pending.values()].reduce((a, b) => (stepTime(b) < stepTime(a) ? b : a));
}

function stepTime(interaction: Interaction): number {
  return interaction.steps[0]?.settledAtMs ?? interaction.endedAtMs;
}

function lastStepTime(interaction: Interaction): number {
  return interaction.steps.at(-1)?.settledAtMs ?? interaction.endedAtMs;
}

/** Something that is told but not yet committed. */
type Waiting =
  { readonly kind: 'interaction'; readonly atMs: number; readonly interaction: Interaction } | UnseenMoment;

function inOrder(state: FusionState): Waiting[] {
  const interactions = [...state.pending.values()].map((interaction): Waiting => ({
    kind: 'interaction',
    atMs: stepTime(interaction),
    interaction,
  }));
  return [...interactions, ...state.moments].sort((a, b) => a.atMs - b.atMs);
}

/**
 * A contact that is still open holds up later ones for this long after its last step: a lean of minutes must not stop the
 * shop. Then it is committed as it stands, for a put-back must not be judged before its pick.
 */
const HOLD_UP_MS = 10_000;

function commitUntil(state: FusionState, atMs: number): void {
  for (const waiting of inOrder(state)) {
    if (waiting.kind !== 'interaction') {
      if (waiting.atMs > atMs) return;
      commitMoment(state, waiting);
      continue;
    }
    const { interaction } = waiting;
    const lastMs = lastStepTime(interaction);
    if (lastMs > atMs) return;
    if (interaction.phase === 'provisional' && lastMs > atMs - HOLD_UP_MS) return;
    commit(state, interaction);
  }
}

/** Forgets visits that have ended before anything that is pending began, where all is told until `toldUntilMs`. */
function forgetToldOf(state: FusionState, toldUntilMs: number): void {
  if (state.ended.size === 0) return;
  const [first] = inOrder(state);
  forgetDecided(state, Math.min(toldUntilMs, first?.atMs ?? Infinity));
}

/** Commits everything pending that stepped until `atMs`, final or not: nothing waits any more. */
function commitAllUntil(state: FusionState, atMs: number): void {
  for (const waiting of inOrder(state)) {
    if (waiting.atMs > atMs) return;
    if (waiting.kind === 'interaction') commit(state, waiting.interaction);
    else commitMoment(state, waiting);
  }
}

/** What no plate weighed: it may have changed who holds what. */
function commitMoment(state: FusionState, moment: UnseenMoment): void {
  state.tentative = null;
  state.moments.splice(state.moments.indexOf(moment), 1);
  for (const event of eventsOf(state, moment)) {
    const applied = applyEvent(state, event);
    state.committed.push(attributionOf(applied.event, applied.probabilities));
  }
  keepGroupsShort(state);
}

function commit(state: FusionState, interaction: Interaction): void {
  state.tentative = null;
  state.pending.delete(interaction.interactionId);
  if (interaction.phase === 'provisional') rememberEarly(state, interaction);
  const events = applyInteraction(state, interaction);
  learnFromEvents(state, events);
  for (const applied of events) {
    state.committed.push(attributionOf(applied.event, applied.probabilities));
    foreignAfter(state, applied);
    noteUnfollowed(state, applied);
    state.clock = clockAfter(state, applied);
  }
  keepGroupsShort(state);
}

/** Groups keep their newest events; of older ones the attribution is kept for those whom it concerns. */
function keepGroupsShort(state: FusionState): void {
  const { eventsMax, storiesMax } = state.settings;
  keepBookShort(state.groups, { groupsMax: eventsMax, storiesMax });
  for (const group of allGroups(state.groups)) {
    if (group.events.length <= eventsMax) continue;
    let short = group;
    while (short.events.length > eventsMax) {
      keepExplanation(state, attributionOf(short.events[0]!, optionProbabilities(short, 0)));
      short = withoutOldestEvent(short);
    }
    replaceGroups(state.groups, [group], short);
  }
}

function keepExplanation(state: FusionState, attribution: Attribution): void {
  for (const visit of state.groups.keys()) {
    if (!involves(attribution, visit)) continue;
    const kept = state.explained.get(visit) ?? [];
    if (kept.length < EXPLANATIONS_MAX) kept.push(attribution);
    state.explained.set(visit, kept);
  }
}

function rememberEarly(state: FusionState, interaction: Interaction): void {
  state.committedEarly.set(interaction.interactionId, lastStepTime(interaction));
  const [oldest] = state.committedEarly.keys();
  if (state.committedEarly.size > PENDING_MAX && oldest !== undefined) state.committedEarly.delete(oldest);
}

/** The committed groups with everything pending applied to a copy. */
function tentativeGroups(state: FusionState): GroupBook {
  if (state.pending.size === 0 && state.moments.length === 0) return state.groups;
  if (state.tentative) return state.tentative;
  const places = { ...state.places, things: [...state.places.things] };
  const scene = { ...state, groups: new Map(state.groups), places };
  for (const waiting of inOrder(state)) {
    if (waiting.kind === 'interaction') applyInteraction(scene, waiting.interaction);
    else for (const event of eventsOf(scene, waiting)) applyEvent(scene, event);
  }
  state.tentative = scene.groups;
  return scene.groups;
}

/** What `visit` holds by now: committed and pending interactions together. */
export function basketOf(state: FusionState, visit: VisitId): Basket {
  const groups = groupsOf(tentativeGroups(state), visit);
  const told = state.toldBaskets.get(visit);
  const isSame =
    told?.groups.length === groups.length && told.groups.every((group, index) => group === groups[index]);
  if (told && isSame) return told.basket;
  const basket = basketFromGroups(groups, visit, state.settings.sureProbability);
  state.toldBaskets.set(visit, { groups, basket });
  return basket;
}

/**
 * Nobody comes in unseen: where somebody whom no camera follows seems to have taken something, it was most probably one
 * of those inside, and a clock or a camera was wrong. Each of them is doubted for their share.
 */
function noteUnfollowed(state: FusionState, { event, probabilities }: AppliedEvent): void {
  let taken = 0;
  event.options.forEach(({ deeds }, choice) => {
    if (deeds.some(({ visitId, kind }) => visitId === null && kind === 'pick'))
      taken += probabilities[choice]!;
  });
  const inside = state.bodies.byVisit.size;
  if (taken < UNFOLLOWED_MIN || inside === 0) return;
  for (const visit of state.bodies.byVisit.keys())
    state.unfollowed.set(visit, (state.unfollowed.get(visit) ?? 1) * (1 - taken / (inside + 1)));
}

/** Less than this is too little to doubt anybody for. */
const UNFOLLOWED_MIN = 0.02;

/** What remains of the probability that the receipt of `visit` is all right, where things went that nobody seen took. */
export function unfollowedFactor(state: FusionState, visit: VisitId): number {
  return state.unfollowed.get(visit) ?? 1;
}

/** Whole baskets that `visit` may hold by now, the likeliest first; what is missing from 1 was too improbable to list. */
export function alternativesOf(state: FusionState, visit: VisitId): BasketAlternative[] {
  return alternativesFromGroups(groupsOf(tentativeGroups(state), visit), visit);
}

/** Everything that `visit` may have had a part in, in order of time, by all that is known now. */
export function attributionsOf(state: FusionState, visit: VisitId): Attribution[] {
  const recent = groupsOf(tentativeGroups(state), visit)
    .flatMap(attributionsOfGroup)
    .filter((told) => involves(told, visit));
  return [...(state.explained.get(visit) ?? []), ...recent].sort((a, b) => a.atMs - b.atMs);
}

/** Why `product` is, or might be, in the basket of `visit`: what speaks for it, in order of time. */
export function explain(state: FusionState, visit: VisitId, product: ProductId): Attribution[] {
  return attributionsOf(state, visit).filter((attribution) =>
    attribution.candidates.some((candidate) =>
      candidate.moves.some(
        (move) => move.visitId === visit && move.items.some((item) => item.productId === product),
      ),
    ),
  );
}
