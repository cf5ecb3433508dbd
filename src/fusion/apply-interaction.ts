/**
 * One interaction applied to the groups: its steps are read, each step group becomes an event whose options are
 * outcomes by persons, and the stories of everybody who may have done it continue with it.
 */
import { logSumExp } from '../kernel/index.ts';
import type { Interaction, VisitId } from '../domain/index.ts';
import { bestReading } from './best-reading.ts';
import { doersOf } from './doers.ts';
import type { FusionScene } from './fusion-state.ts';
import { thingsAfter } from './place-update.ts';
import type { StepGroup } from './goods/step-groups.ts';
import { bodyOf } from './people/bodies.ts';
import { learnOffset } from './people/clock-offset.ts';
import type { ClockOffset } from './people/clock-offset.ts';
import { reachWindow, sharesIn } from './people/person-shares.ts';
import type { PersonShare, SharesOf } from './people/person-shares.ts';
import { reachSpan } from './people/reach-span.ts';
import type { Span } from './people/reach-span.ts';
import { learnSpread } from './people/reach-spread.ts';
import { reachMiss, reachProfile } from './people/reach.ts';
import { addToBook } from './stories/group-book.ts';
import { optionsOf } from './stories/options.ts';
import type { HandsOf, TwoHands } from './stories/options.ts';
import { withThings } from './stories/placed-things.ts';
import { optionProbabilities } from './stories/stories.ts';
import { peopleIn } from './stories/story.ts';
import type { AppliedEvent, FusedEvent, Reaches } from './stories/story.ts';

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
