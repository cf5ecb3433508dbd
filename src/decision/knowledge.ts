/**
 * What a store has learnt about deciding: plain data, to be kept as JSON. Visits that were to be judged stay until the
 * window has passed over them; everything else is learnt from them anew, so forgetting one undoes what it taught.
 */
import type { JudgedVisit, VisitId } from '../domain/index.ts';
import { IDENTITY_MAP } from './beta-map.ts';
import type { BetaMap } from './beta-map.ts';
import type { JudgeStanding } from './judges.ts';
import { NO_LOOKS } from './look-budget.ts';
import type { LookBudget } from './look-budget.ts';
import { chanceOf } from './chance-of.ts';
import type { DecisionPolicy } from './settings.ts';
import type { ChosenVisit, Threshold } from './threshold.ts';

/** What was done with the visits so far. */
export interface DecisionCounts {
  readonly charged: number;
  readonly asked: number;
  readonly reviewed: number;
  readonly waived: number;
  readonly waivedMinor: number;
}

export interface DecisionKnowledge {
  readonly version: 1;
  /** Settled so far. */
  readonly visits: number;
  /** Visits up to this number are forgotten. */
  readonly forgottenTo: number;
  /** The smallest chosen share from each of these visits on, rising: its head is the least of the window. */
  readonly leastShares: readonly { readonly visitNumber: number; readonly share: number }[];
  /** Oldest first, and so are the verdicts. */
  readonly chosen: readonly ChosenVisit[];
  readonly verdicts: readonly JudgedVisit[];
  readonly lines: BetaMap;
  readonly receipts: BetaMap;
  readonly judges: readonly JudgeStanding[];
  /** P(a shopper's answer is true). */
  readonly shopperTrust: number;
  readonly threshold: Threshold;
  readonly looks: LookBudget;
  readonly counts: DecisionCounts;
}

/** Before anything is known: shoppers mostly tell what they know; 3 % is what people mistake or misread. */
export const SHOPPER_TRUST_PRIOR = 0.97;

export const NO_KNOWLEDGE: DecisionKnowledge = {
  version: 1,
  visits: 0,
  forgottenTo: 0,
  leastShares: [],
  chosen: [],
  verdicts: [],
  lines: IDENTITY_MAP,
  receipts: IDENTITY_MAP,
  judges: [],
  shopperTrust: SHOPPER_TRUST_PRIOR,
  threshold: { kind: 'too-few-visits', visits: 0, visitsNeeded: null },
  looks: NO_LOOKS,
  counts: { charged: 0, asked: 0, reviewed: 0, waived: 0, waivedMinor: 0 },
};

/** A shop changes: what is older than this many visits, or than this many chosen ones, says little of today. */
const VISITS_MAX = 50_000;
const CHOSEN_MAX = 4000;
/** Answers of shoppers are kept beside, and so many verdicts of different people on one visit. */
const ANSWERS_MAX = 1000;
const VERDICTS_PER_VISIT_MAX = 4;

export function isAudited(visitId: VisitId, policy: DecisionPolicy): boolean {
  return chanceOf(visitId, policy.auditSalt) < policy.auditShare;
}

function withoutForgotten(knowledge: DecisionKnowledge): DecisionKnowledge {
  const overflow = knowledge.chosen.length - CHOSEN_MAX;
  const byCount = overflow > 0 ? knowledge.chosen[overflow - 1]!.visitNumber : 0;
  const forgottenTo = Math.max(knowledge.forgottenTo, knowledge.visits - VISITS_MAX, byCount);
  if (forgottenTo === knowledge.forgottenTo) return knowledge;
  const chosen = knowledge.chosen.filter(({ visitNumber }) => visitNumber > forgottenTo);
  const leastShares = knowledge.leastShares.filter(({ visitNumber }) => visitNumber > forgottenTo);
  if (chosen.length === knowledge.chosen.length) return { ...knowledge, forgottenTo, leastShares };
  const kept = new Set(chosen.map(({ visitId }) => visitId));
  const verdicts = knowledge.verdicts.filter(
    ({ visitId, judgedBy }) => judgedBy === 'shopper' || kept.has(visitId),
  );
  return { ...knowledge, forgottenTo, leastShares, chosen, verdicts };
}

/** One more visit is settled. `isReviewed`: an employee will look at it for certain. */
export function visitSettled(
  knowledge: DecisionKnowledge,
  visit: { readonly visitId: VisitId; readonly probabilityAllRight: number; readonly isReviewed: boolean },
  policy: DecisionPolicy,
): DecisionKnowledge {
  const visitNumber = knowledge.visits + 1;
  const share = visit.isReviewed ? 1 : policy.auditShare;
  const leastShares = [
    ...knowledge.leastShares.filter((earlier) => earlier.share < share),
    { visitNumber, share },
  ];
  const { visitId, probabilityAllRight, isReviewed } = visit;
  const isChosen = isReviewed || isAudited(visitId, policy);
  const chosen = isChosen
    ? [...knowledge.chosen, { visitId, visitNumber, chosenShare: share, probabilityAllRight }]
    : knowledge.chosen;
  return withoutForgotten({ ...knowledge, visits: visitNumber, leastShares, chosen });
}

/**
 * Somebody has told what was so. A shopper's verdict is taken of any visit; another only of a visit that was chosen: who
 * looks because of a complaint finds wrong receipts, and would teach that all are. The same judge's later word replaces
 * the earlier one.
 */
export function visitJudged(knowledge: DecisionKnowledge, judged: JudgedVisit): DecisionKnowledge {
  const { visitId, judgedBy } = judged;
  const isChosen = knowledge.chosen.some((visit) => visit.visitId === visitId);
  if (judgedBy !== 'shopper' && !isChosen) return knowledge;
  const others = knowledge.verdicts.filter(
    (verdict) => verdict.visitId !== visitId || verdict.judgedBy !== judgedBy,
  );
  const onVisit = others.filter((verdict) => verdict.visitId === visitId).length;
  if (onVisit >= VERDICTS_PER_VISIT_MAX && judgedBy !== 'audit') return knowledge;
  const verdicts = [...others, judged];
  const answers = verdicts.filter((verdict) => verdict.judgedBy === 'shopper').length;
  if (answers > ANSWERS_MAX)
    verdicts.splice(
      verdicts.findIndex((verdict) => verdict.judgedBy === 'shopper'),
      1,
    );
  return { ...knowledge, verdicts };
}
