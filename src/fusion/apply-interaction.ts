/**
 * One interaction applied to the groups: its steps are read, each step group becomes an event whose options are
 * outcomes by persons, and the stories of everybody who may have done it continue with it.
 */
import { logAddExp, logGamma, logNormal, logSumExp } from '../kernel/index.ts';
import type { Interaction, VisitId, WeightStep } from '../domain/index.ts';
import { bodyOf } from './people/bodies.ts';
import { learnOffset } from './people/clock-offset.ts';
import type { ClockOffset } from './people/clock-offset.ts';
import type { FusionScene } from './fusion-state.ts';
import { addToBook } from './stories/group-book.ts';
import { optionsOf } from './stories/options.ts';
import type { Doer, HandsOf, TwoHands } from './stories/options.ts';
import { isHeldByStories, withThings } from './stories/placed-things.ts';
import { optionProbabilities, peopleIn } from './stories/stories.ts';
import type { FusedEvent, Reaches } from './stories/stories.ts';
import { weighedTakes } from './stories/weighed-takes.ts';
import { outcomesOf } from './goods/outcomes.ts';
import { thingsAfter } from './goods/place-update.ts';
import { logUnknownWeight } from './goods/weight-belief.ts';
import { reachWindow, sharesIn } from './people/person-shares.ts';
import type { PersonShare, SharesOf } from './people/person-shares.ts';
import { reachSpan } from './people/reach-span.ts';
import type { Span } from './people/reach-span.ts';
import { learnSpread } from './people/reach-spread.ts';
import { reachMiss, reachProfile } from './people/reach.ts';
import type { Lean } from './goods/leans.ts';
import type { Level, OneHand } from './goods/levels.ts';
import { readingsOf } from './goods/readings.ts';
import type { Reading } from './goods/readings.ts';
import type { FusionSettings } from './settings.ts';
import type { StepGroup } from './goods/step-groups.ts';

/** An event as it stands right after it was applied: P(option) in the order of its options. */
export interface AppliedEvent {
  readonly event: FusedEvent;
  readonly probabilities: Float64Array;
}

/** Applies `interaction` to the groups and nameless things of `state`; returns the events it became. */
export function applyInteraction(state: FusionScene, interaction: Interaction): AppliedEvent[] {
  const sharesOf = sharesIn(state);
  const reading = bestReading(state, interaction, sharesOf);
  return reading.groups.map((stepGroup) => {
    const applied = applyStepGroup(state, stepGroup, sharesOf);
    thingsAfter(state, applied);
    return applied;
  });
}

function bestReading(state: FusionScene, interaction: Interaction, sharesOf: SharesOf): Reading {
  const readings = readingsOf(interaction, oneHandBy(sharesOf));
  let best = readings[0]!;
  let bestLog = -Infinity;
  if (readings.length === 1) return best;
  for (const reading of readings) {
    const log = readingLog(state, reading, sharesOf);
    if (log > bestLog) {
      bestLog = log;
      best = reading;
    }
  }
  return best;
}

/** Where one person made both steps of a pair with less than this, two people did. */
const ONE_HAND_MIN = 0.05;

/** Says of two steps whether one person may have made both, by where everybody's hands were. */
function oneHandBy(sharesOf: SharesOf): OneHand {
  const at = (step: WeightStep): readonly PersonShare[] =>
    sharesOf({ leftAtMs: step.leftAtMs, settledAtMs: step.settledAtMs, plates: [step] });
  return (a, b) => {
    const second = new Map(at(b).map(({ visitId, logShare }) => [visitId, Math.exp(logShare)]));
    let both = 0;
    for (const { visitId, logShare } of at(a)) both += Math.exp(logShare) * (second.get(visitId) ?? 0);
    return both >= ONE_HAND_MIN;
  };
}

function readingLog(state: FusionScene, reading: Reading, sharesOf: SharesOf): number {
  let log = 0;
  for (const level of reading.real) log += Math.log(1 - pushShare(level, state.settings));
  for (const level of reading.pushes) {
    log += Math.log(pushShare(level, state.settings)) + logPushSize(level.deltaGrams, state.settings);
  }
  for (const lean of reading.leans) log += leanLog(lean, state.settings);
  for (const stepGroup of reading.groups) log += bestOutcomeLog(state, stepGroup, sharesOf(stepGroup));
  return log;
}

/** ln p of the likeliest outcome, whoever of those who may have been there did it. */
function bestOutcomeLog(state: FusionScene, stepGroup: StepGroup, shares: readonly PersonShare[]): number {
  const logs = doersOf(state, stepGroup, shares)
    .filter(({ logShare }) => logShare >= Math.log(ONE_HAND_MIN))
    .map(({ outcomes }) => outcomes[0]?.logLikelihood ?? 0);
  return logs.length > 0 ? Math.max(...logs) : 0;
}

/** ln-density of a lean: how often, how heavy, and how its plates share it (uniform on the simplex). */
function leanLog({ grams, plateCount }: Lean, { longPushShare, leanShare }: FusionSettings): number {
  const logSpread = (plateCount - 1) * Math.log(grams) - logGamma(plateCount);
  return Math.log(longPushShare * leanShare) + logUnknownWeight(grams) - logSpread;
}

/** ln-density of a push: a hand presses with some tens of grams, a body that leans with anything. */
function logPushSize(deltaGrams: number, { pushGrams, leanShare }: FusionSettings): number {
  return logAddExp(
    Math.log(1 - leanShare) + logNormal(deltaGrams, 0, pushGrams * pushGrams),
    Math.log(leanShare) + logUnknownWeight(Math.abs(deltaGrams)),
  );
}

/** P(a level between two steps was only a hand pressing), by how long it stood. */
function pushShare(level: Level, settings: FusionSettings): number {
  return level.lastedMs <= settings.briefMs ? settings.briefPushShare : settings.longPushShare;
}

/** Everybody who may have been there, with what may have been moved if they did it. */
function doersOf(state: FusionScene, stepGroup: StepGroup, shares: readonly PersonShare[]): Doer[] {
  const { store, places, weights, settings } = state;
  const { plates, beside } = stepGroup;
  const isInStories = (thingId: string): boolean => isHeldByStories(state.groups, thingId);
  const world = { store, places, weights, settings, isInStories };
  // What only went is the same whoever took it; what came depends on what they had.
  const cameBack = plates.some(({ deltaGrams }) => deltaGrams > 0);
  const taken = cameBack ? null : outcomesOf({ ...world, held: new Map(), isCrew: false }, plates, beside);
  return shares.map((share) => {
    const isCrew = isCrewBody(state, share.visitId);
    const held = taken || isCrew ? new Map() : weighedTakes(state.groups, share.visitId);
    return { ...share, isCrew, outcomes: taken ?? outcomesOf({ ...world, held, isCrew }, plates, beside) };
  });
}

/** Whoever did not come in through an entrance works here. */
function isCrewBody(state: FusionScene, visit: VisitId | null): boolean {
  return bodyOf(state.bodies, visit)?.enteredAs === null;
}

/** A change that took longer than this may have been two, one after the other. */
const ONE_GRASP_MS = 400;

/** Who may have been at the plates of each item, or there in the first and in the second half of a long change. */
function handsIn(stepGroup: StepGroup, sharesOf: SharesOf): HandsOf {
  const { leftAtMs, settledAtMs, plates } = stepGroup;
  const isLong = settledAtMs - leftAtMs > ONE_GRASP_MS;
  const middleMs = isLong ? (leftAtMs + settledAtMs) / 2 : settledAtMs;
  const byTime: TwoHands = {
    first: sharesOf({ leftAtMs, settledAtMs: middleMs, plates }),
    second: sharesOf({ leftAtMs: isLong ? middleMs : leftAtMs, settledAtMs, plates }),
  };
  return ({ parts }) =>
    parts
      ? {
          first: sharesOf({ leftAtMs, settledAtMs, plates: parts[0] }),
          second: sharesOf({ leftAtMs, settledAtMs, plates: parts[1] }),
        }
      : byTime;
}

function applyStepGroup(state: FusionScene, stepGroup: StepGroup, sharesOf: SharesOf): AppliedEvent {
  const shares = sharesOf(stepGroup);
  const doers = doersOf(state, stepGroup, shares);
  const options = optionsOf(doers, state.settings, handsIn(stepGroup, sharesOf));
  const reaches = reachesAt(state, stepGroup, shares);
  return applyEvent(state, {
    moment: stepGroup,
    options: options.map((option) => withThings(option, stepGroup)),
    ...(reaches && { reaches }),
  });
}

/** Whoever is less likely than this to have been there is not asked how long; with a second, nobody is sure. */
const REACHED_MIN = 0.01;

/** From when to when those who may have done it had an arm in the shelf. */
function reachesAt(state: FusionScene, stepGroup: StepGroup, shares: readonly PersonShare[]): Reaches | null {
  const { shelfId, leftAtMs, settledAtMs, plates } = stepGroup;
  const likely = shares.filter(({ logShare }) => logShare >= Math.log(REACHED_MIN));
  const plate = plates[0] && state.store.layout.plateById.get(plates[0].plateId);
  if (!plate) return null;
  const { space } = state.store.layout.shelves[plate.shelfIndex]!;
  const spans = new Map<VisitId, Span>();
  for (const { visitId } of likely) {
    const body = bodyOf(state.bodies, visitId);
    const span = body && reachSpan(body, space, { fromMs: leftAtMs, toMs: settledAtMs });
    if (span && visitId !== null) spans.set(visitId, span);
  }
  const isInDoubt = likely.filter(({ visitId }) => visitId !== null).length > 1;
  return spans.size > 0 ? { shelfId, spans, isInDoubt } : null;
}

/** The event as part of everybody's stories, and P(option) right after it. */
export function applyEvent(state: FusionScene, event: FusedEvent): AppliedEvent {
  const group = addToBook(state.groups, event, state.settings.storiesMax);
  const told = group?.events.at(-1);
  if (!group || !told) return { event, probabilities: optionShares(event) };
  return { event: told, probabilities: optionProbabilities(group, group.events.length - 1) };
}

/** P(option) where nobody's story depends on it. */
function optionShares(event: FusedEvent): Float64Array {
  const logs = event.options.map((option) => option.logLikelihood);
  const total = logSumExp(logs, logs.length);
  return Float64Array.from(logs, (log) => Math.exp(log - total));
}

/** A reach whose person is this sure says something about the clocks, and about how closely hands and chests tell. */
const SURE_PERSON = 0.95;

/** The clock belief after an event: it and the reaches' spread stay as they are unless one person surely did it. */
export function clockAfter(state: FusionScene, applied: AppliedEvent): ClockOffset {
  const byPerson = new Map<VisitId | null, number>();
  applied.event.options.forEach((option, choice) => {
    const people = peopleIn(option);
    for (const person of people.length > 0 ? people : [null])
      byPerson.set(person, (byPerson.get(person) ?? 0) + applied.probabilities[choice]!);
  });
  for (const [visitId, probability] of byPerson) {
    const body = bodyOf(state.bodies, visitId);
    if (!body || probability < SURE_PERSON) continue;
    const window = reachWindow(state, applied.event.moment);
    const miss = reachMiss(body, window, state.settings);
    state.bodies.reachSpread = learnSpread(state.bodies.reachSpread, miss);
    return learnOffset(state.clock, reachProfile(body, window, state.settings));
  }
  return state.clock;
}
