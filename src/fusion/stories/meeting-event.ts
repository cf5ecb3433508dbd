/**
 * Where the hands of two people met, something may have gone from one to the other. The event has an option for each
 * thing that either may have given, and one for nothing; who holds what decides between them, story by story.
 *
 *   P(gave p | hands met) = prior odds of those two · likelihood ratio of the meeting · P(direction) · P(p of what is held)
 *
 * What was taken last is given most often. Options of a product are divided by the probability that it is held, so
 * that the stories in which it is held carry its whole share.
 */
import { interactionId, productId } from '../../domain/index.ts';
import type { ProductId, VisitId } from '../../domain/index.ts';
import type { HandMeeting } from '../people/hand-meetings.ts';
import type { FusionSettings } from '../settings.ts';
import { groupsOf } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { heldBy, UNNAMED } from './stories.ts';
import type { FusedEvent, Group, Option } from './story.ts';

/** Of more things than this only those taken last are thought to have been given. */
const GIVABLE_MAX = 4;
/** The thing taken last is given as often as all others together, the one before as often as all before it. */
const LAST_TAKEN_SHARE = 0.5;
/** Things held with less than this are not thought to have been given. */
const HELD_MIN = 0.05;
/** Of what goes from hand to hand this share is no goods: a phone, a bag, a hand that is held. */
const OWN_THING_SHARE = 0.2;
/** Hand-offs less likely than this are not worth tying baskets together. */
const WORTH_MIN = 0.002;

/** Each single thing less likely than this, against nothing having been given, is left out. */
const GIFT_MIN = 0.004;
/** From these odds on it is asked what was given rather than, thing by thing, whether. */
const LIKELY_ODDS = 0.3;

interface Held {
  readonly productId: ProductId;
  readonly probability: number;
  readonly takenAtMs: number;
}

/**
 * The events of a meeting; none where nobody there may have held anything, or nothing likely went over. Where it is likely
 * that something did, one event says what; else each thing has an event of its own, so that a slight chance does not tie
 * everything together that the two hold (that two things went over is then as improbable as it should be).
 */
export function meetingEvents(book: GroupBook, meeting: HandMeeting, settings: FusionSettings): FusedEvent[] {
  const prior = handOffPrior(meeting, settings);
  const logOdds = Math.log(prior) + meeting.logRatio;
  if (logOdds < Math.log(WORTH_MIN)) return [];
  const { a, b, atMs, logGiverIsA } = meeting;
  const logGoods = logOdds + Math.log(1 - OWN_THING_SHARE);
  const given = [
    ...giftsOf(book, { from: a, to: b, logShare: logGoods - Math.log1p(Math.exp(-logGiverIsA)) }),
    ...giftsOf(book, { from: b, to: a, logShare: logGoods - Math.log1p(Math.exp(logGiverIsA)) }),
  ];
  const moment = {
    interactionId: interactionId(`hands of ${a} and ${b} at ${atMs}`),
    leftAtMs: atMs,
    settledAtMs: atMs,
    plates: [],
  };
  const logLikelihood = Math.log(1 - prior + OWN_THING_SHARE * Math.exp(logOdds));
  const nothing: Option = {
    outcome: { kind: 'nothing', items: [], logLikelihood, isMisplaced: false, thing: null },
    deeds: [],
    logLikelihood,
  };
  const likely = given.filter((gift) => gift.logLikelihood - logLikelihood > Math.log(GIFT_MIN));
  if (likely.length === 0) return [];
  if (logOdds - logLikelihood > Math.log(LIKELY_ODDS)) return [{ moment, options: [nothing, ...likely] }];
  return likely.map((gift) => ({ moment, options: [nothing, gift] }));
}

/** Who came in company gives the other something now and then; strangers hardly ever do. */
function handOffPrior({ companyShare }: HandMeeting, settings: FusionSettings): number {
  return companyShare * settings.handOffShare + (1 - companyShare) * settings.strangersHandOffShare;
}

interface Direction {
  readonly from: VisitId;
  readonly to: VisitId;
  readonly logShare: number;
}

function giftsOf(book: GroupBook, { from, to, logShare }: Direction): Option[] {
  const held = mayHold(book, from);
  let left = 1;
  return held.map((thing, index): Option => {
    const share = index === held.length - 1 ? left : left * LAST_TAKEN_SHARE;
    left -= share;
    const logLikelihood = logShare + Math.log(share / thing.probability);
    const items = [{ productId: thing.productId, count: 1 }];
    return {
      outcome: { kind: 'handed', items, logLikelihood, isMisplaced: false, thing: null },
      deeds: [
        { visitId: from, items: [{ productId: thing.productId, count: -1 }], kind: 'hand-off' },
        { visitId: to, items, kind: 'hand-off' },
      ],
      logLikelihood,
    };
  });
}

/** What `visit` may hold, taken last first. */
function mayHold(book: GroupBook, visit: VisitId): Held[] {
  const held = new Map<ProductId, Held>();
  for (const group of groupsOf(book, visit)) {
    const takenAtMs = group.events.at(-1)?.moment.settledAtMs ?? 0;
    for (const [product, probability] of shareHeld(group, visit)) {
      const before = held.get(product);
      held.set(product, {
        productId: product,
        probability: 1 - (1 - probability) * (1 - (before?.probability ?? 0)),
        takenAtMs: Math.max(takenAtMs, before?.takenAtMs ?? 0),
      });
    }
  }
  return [...held.values()]
    .filter(({ probability }) => probability >= HELD_MIN)
    .sort((one, other) => other.takenAtMs - one.takenAtMs)
    .slice(0, GIVABLE_MAX);
}

/** P(`visit` has some of the product from this group), by product. */
function shareHeld(group: Group, visit: VisitId): Map<ProductId, number> {
  const shares = new Map<ProductId, number>();
  for (const { holdings, logProb } of group.stories)
    for (const [name] of heldBy(holdings, visit)) {
      if (name === UNNAMED) continue;
      shares.set(productId(name), (shares.get(productId(name)) ?? 0) + Math.exp(logProb));
    }
  return shares;
}
