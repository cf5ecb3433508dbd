/**
 * The options of a moment: every outcome by everybody who may have done it, and by two where two hands were there.
 *
 *   ln p(outcome, one person)  = ln p(outcome) + ln P(person)
 *   ln p(outcome, two persons) = ln p(outcome; each their own grasp) + ln P(first) + ln r(second) + ln(together)
 *
 * r is the likelihood of the second reach against its not having been one.
 */
import { logAddExp } from '../../kernel/index.ts';
import type { MovedItem, MoveKind } from '../../domain/index.ts';
import { logCount } from '../goods/counts.ts';
import type { Outcome } from '../goods/outcomes.ts';
import type { PersonShare } from '../people/person-shares.ts';
import type { FusionSettings } from '../settings.ts';
import type { Deed, Option } from './story.ts';

export interface Doer extends PersonShare {
  /** What may have been moved, where this person did it. */
  readonly outcomes: readonly Outcome[];
  /** True for somebody who works here: what they bring was in nobody's basket. */
  readonly isCrew: boolean;
}

/** Whoever is less likely than this to have been there has no part in a moment of two. */
const TOGETHER_SHARE_MIN = 0.01;
/** A hand may be in the shelf and take nothing just then: its being there says no more than this that it did. */
const IDLE_HAND_LOG = Math.log(50);
/** A fallback so improbable that it only counts where nothing else is possible. */
const LAST_RESORT_LOG = -1000;

/** The options of one moment, the likeliest first, at most twice `outcomesMax`. */
export function optionsOf(
  doers: readonly Doer[],
  settings: FusionSettings,
  handsOf: HandsOf = () => ({ first: doers, second: doers }),
): Option[] {
  const outcomes = doers[0]?.outcomes ?? [];
  const options = [...byNobody(outcomes), ...doers.flatMap(byOne), ...byTwo(outcomes, handsOf, settings)];
  options.sort((a, b) => b.logLikelihood - a.logLikelihood);
  return withNothing(options.slice(0, settings.outcomesMax * 2), doers);
}

/** Where nothing was moved nobody did it: one option, whoever's outcomes it stands in. */
function byNobody(outcomes: readonly Outcome[]): Option[] {
  return outcomes
    .filter(({ items }) => items.length === 0)
    .map((outcome) => ({ outcome, deeds: [], logLikelihood: outcome.logLikelihood }));
}

function byOne(doer: Doer): Option[] {
  return doer.outcomes
    .filter(({ items }) => items.length > 0)
    .map((outcome) => ({
      outcome,
      deeds: deedsOf(doer, outcome),
      logLikelihood: outcome.logLikelihood + doer.logShare,
    }));
}

/** What one person did where all of it was theirs: what they took, and what they put down. */
function deedsOf(doer: Pick<Doer, 'visitId' | 'isCrew'>, outcome: Outcome): Deed[] {
  const taken = outcome.items.filter(({ count }) => count > 0);
  const returned = outcome.items.filter(({ count }) => count < 0);
  const deeds: Deed[] = [];
  if (taken.length > 0) deeds.push({ visitId: doer.visitId, items: taken, kind: 'pick' });
  if (returned.length > 0)
    deeds.push({ visitId: doer.visitId, items: returned, kind: returnKind(doer, outcome) });
  return deeds;
}

function returnKind(doer: Pick<Doer, 'visitId' | 'isCrew'>, outcome: Outcome): MoveKind {
  if (doer.visitId === null || doer.isCrew) return 'restock';
  return outcome.isMisplaced ? 'misplace' : 'put-back';
}

/** The persons of two hands at once: who may have been there first, and who after them. */
export interface TwoHands {
  readonly first: readonly PersonShare[];
  readonly second: readonly PersonShare[];
}

/** Whose the two hands of an outcome may be: by the plates of its items, where each has its own, else by time. */
export type HandsOf = (outcome: Outcome) => TwoHands;

/** Each took one part of what went. What two people bring at once is left to single moments. */
function byTwo(outcomes: readonly Outcome[], handsOf: HandsOf, settings: FusionSettings): Option[] {
  const options = new Map<string, Option>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'taken') addByTwo(options, { outcome, hands: handsOf(outcome), settings });
  }
  return [...options.values()];
}

interface Taken {
  readonly outcome: Outcome;
  readonly hands: TwoHands;
  readonly settings: FusionSettings;
}

function addByTwo(options: Map<string, Option>, { outcome, hands, settings }: Taken): void {
  const near = (shares: readonly PersonShare[]): readonly PersonShare[] =>
    shares.filter(({ visitId, logShare }) => visitId !== null && logShare > Math.log(TOGETHER_SHARE_MIN));
  for (const first of near(hands.first)) {
    for (const second of near(hands.second)) {
      if (first.visitId === second.visitId) continue;
      for (const option of shared(outcome, { first, second, settings })) {
        // Who was first changes nothing of what each has: the two orders are one option.
        const name = option.deeds.map(nameOf).sort().join(' & ');
        const same = options.get(name);
        const logLikelihood = same
          ? logAddExp(same.logLikelihood, option.logLikelihood)
          : option.logLikelihood;
        options.set(name, { ...option, logLikelihood });
      }
    }
  }
}

function nameOf({ visitId, items }: Deed): string {
  return [visitId, ...items.map(({ productId, count }) => `${productId}*${count}`)].join(' ');
}

interface Pair {
  readonly first: PersonShare;
  readonly second: PersonShare;
  readonly settings: FusionSettings;
}

/** The ways in which two people can have taken the outcome's items: one of a kind each, or a kind each. */
function shared(outcome: Outcome, { first, second, settings }: Pair): Option[] {
  const [one, other] = outcome.items;
  if (!one || outcome.items.length > 2) return [];
  const together =
    Math.log(settings.twoHandsShare / 2) + first.logShare + Math.min(second.logReach, IDLE_HAND_LOG);
  const option = (mine: MovedItem, yours: MovedItem, logGrasps: number): Option => ({
    outcome,
    deeds: [
      { visitId: first.visitId, items: [mine], kind: 'pick' },
      { visitId: second.visitId, items: [yours], kind: 'pick' },
    ],
    logLikelihood: outcome.logLikelihood + logGrasps + together,
  });
  // Of a grasp by one person two kinds at once are rare; two people take one kind each.
  if (other) return [option(one, other, -Math.log(settings.mixedGraspShare))];
  if (one.count < 2) return [];
  const mine = one.count - Math.floor(one.count / 2);
  const yours = one.count - mine;
  const logGrasps = logCount(mine, settings) + logCount(yours, settings) - logCount(one.count, settings);
  return [option({ ...one, count: mine }, { ...one, count: yours }, logGrasps)];
}

/** Keeps a way out: where every kept option returns what nobody may hold, "nothing" must be possible. */
function withNothing(options: Option[], doers: readonly Doer[]): Option[] {
  if (options.some(({ deeds }) => deeds.length === 0)) return options;
  const outcome = doers[0]?.outcomes.find(({ kind }) => kind === 'nothing');
  const logLikelihood = outcome?.logLikelihood ?? LAST_RESORT_LOG;
  const fallback: Outcome = { kind: 'nothing', items: [], logLikelihood, isMisplaced: false, thing: null };
  return [...options, { outcome: outcome ?? fallback, deeds: [], logLikelihood }];
}
