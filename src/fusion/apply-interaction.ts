/**
 * One interaction applied to the groups: its steps are read, each step group becomes an event whose options are
 * outcomes by persons, and the stories of everybody who may have done it continue with it.
 */
import { logNormal, logSumExp } from '../kernel/index.ts';
import { productId } from '../domain/index.ts';
import type { Interaction, ProductId, VisitId, WeightStep } from '../domain/index.ts';
import { learnOffset } from './people/clock-offset.ts';
import type { ClockOffset } from './people/clock-offset.ts';
import type { FusionScene } from './fusion-state.ts';
import { addToBook, groupsOf } from './stories/group-book.ts';
import { holdingOf, optionProbabilities, UNNAMED } from './stories/stories.ts';
import type { FusedEvent, Group, Option } from './stories/stories.ts';
import { outcomesOf } from './goods/outcomes.ts';
import type { Evidence, Outcome } from './goods/outcomes.ts';
import { reachWindow, sharesIn } from './people/person-shares.ts';
import type { PersonShare, SharesOf } from './people/person-shares.ts';
import { reachProfile } from './people/reach.ts';
import { readingsOf } from './goods/step-groups.ts';
import type { FusionSettings } from './settings.ts';
import type { Level, OneHand, Reading, StepGroup } from './goods/step-groups.ts';

/** An event as it stands right after it was applied: P(option) in the order of its options. */
export interface AppliedEvent {
  readonly event: FusedEvent;
  readonly probabilities: Float64Array;
}

/** Applies `interaction` to the groups of `state`; returns the events it became. */
export function applyInteraction(state: FusionScene, interaction: Interaction): AppliedEvent[] {
  const sharesOf = sharesIn(state);
  const reading = bestReading(state, interaction, sharesOf);
  return reading.groups.map((stepGroup) => applyStepGroup(state, stepGroup, sharesOf(stepGroup)));
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
    const variance = state.settings.pushGrams * state.settings.pushGrams;
    log += Math.log(pushShare(level, state.settings)) + logNormal(level.deltaGrams, 0, variance);
  }
  for (const stepGroup of reading.groups) {
    const held = heldProducts(state, sharesOf(stepGroup));
    log += outcomesOf(evidenceFor(state, held), stepGroup.plates)[0]?.logLikelihood ?? 0;
  }
  return log;
}

/** P(a level between two steps was only a hand pressing), by how long it stood. */
function pushShare(level: Level, settings: FusionSettings): number {
  return level.lastedMs <= settings.briefMs ? settings.briefPushShare : settings.longPushShare;
}

function evidenceFor(state: FusionScene, held: ReadonlySet<ProductId>): Evidence {
  const { store, places, weights, settings } = state;
  return { store, places, weights, settings, held };
}

function applyStepGroup(
  state: FusionScene,
  stepGroup: StepGroup,
  shares: readonly PersonShare[],
): AppliedEvent {
  const outcomes = outcomesOf(evidenceFor(state, heldProducts(state, shares)), stepGroup.plates);
  const event: FusedEvent = { stepGroup, options: optionsOf(outcomes, shares, state.settings.outcomesMax) };
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

/** A reach whose person is this sure says something about the clocks. */
const SURE_PERSON = 0.95;

/** The clock belief after an event: unchanged unless one person surely did it. */
export function clockAfter(state: FusionScene, applied: AppliedEvent): ClockOffset {
  const byPerson = new Map<VisitId | null, number>();
  applied.event.options.forEach(({ visitId }, choice) => {
    byPerson.set(visitId, (byPerson.get(visitId) ?? 0) + applied.probabilities[choice]!);
  });
  for (const [visitId, probability] of byPerson) {
    const body = visitId === null ? undefined : state.bodies.byVisit.get(visitId);
    if (!body || probability < SURE_PERSON) continue;
    const window = reachWindow(state, applied.event.stepGroup);
    return learnOffset(state.clock, reachProfile(body, window, state.settings));
  }
  return state.clock;
}

/** Everything that any of the candidates may hold. */
function heldProducts(state: FusionScene, shares: readonly PersonShare[]): Set<ProductId> {
  const groups = new Set<Group>();
  for (const { visitId } of shares)
    if (visitId !== null) for (const group of groupsOf(state.groups, visitId)) groups.add(group);
  const keys = new Set<string>();
  for (const group of groups)
    for (const story of group.stories) for (const key of story.holdings.keys()) keys.add(key);
  const candidates = new Set(shares.map(({ visitId }) => visitId));
  const held = new Set<ProductId>();
  for (const key of keys) {
    const { visitId, productName } = holdingOf(key);
    if (productName !== UNNAMED && candidates.has(visitId)) held.add(productId(productName));
  }
  return held;
}

function optionsOf(outcomes: readonly Outcome[], shares: readonly PersonShare[], most: number): Option[] {
  const options: Option[] = [];
  for (const outcome of outcomes) {
    if (outcome.items.length === 0) {
      options.push({ visitId: null, outcome, logLikelihood: outcome.logLikelihood });
      continue;
    }
    for (const { visitId, logShare } of shares)
      options.push({ visitId, outcome, logLikelihood: outcome.logLikelihood + logShare });
  }
  options.sort((a, b) => b.logLikelihood - a.logLikelihood);
  return withNothing(options.slice(0, most * 2), outcomes);
}

/** Keeps a way out: where every kept option returns what nobody may hold, "nothing" must be possible. */
function withNothing(options: Option[], outcomes: readonly Outcome[]): Option[] {
  if (options.some((option) => option.visitId === null)) return options;
  const outcome = outcomes.find((candidate) => candidate.kind === 'nothing');
  const logLikelihood = outcome?.logLikelihood ?? -1000;
  const fallback: Outcome = { kind: 'nothing', items: [], logLikelihood, isMisplaced: false, thing: null };
  return [...options, { visitId: null, outcome: outcome ?? fallback, logLikelihood }];
}
