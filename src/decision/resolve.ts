/**
 * What to do with a receipt, by least expected cost under the budget of looks.
 *
 * Without a look, what is charged is what does the least expected harm, and never more than was told: a line that is as
 * likely wrong as right is left out, in the shopper's favour, and counted. Where the operator wants what is unproven waived,
 * the charge below a proven threshold is also reduced until P(charged too much) is no more than the doubt that the
 * threshold allows; that leaves out many lines that were right.
 *
 * A question or a review is taken where it lowers that cost by more than it costs, its minutes paid at the price that
 * keeps to the budget, and only while there is allowance for a look.
 */
import type { Decision, ItemCount, ProductId, Question } from '../domain/index.ts';
import { mapped } from './beta-map.ts';
import { beliefsOf } from './beliefs.ts';
import type { Beliefs, ReceiptInDoubt } from './beliefs.ts';
import { amountOf, chargedItems } from './charged-items.ts';
import { harmOf, leastHarm, toldCharge } from './harm.ts';
import type { Charge } from './harm.ts';
import { isAudited, visitSettled } from './knowledge.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import { afterReceipt, mayLook, minutePrice } from './look-budget.ts';
import { bestQuestion } from './questions.ts';
import type { DecisionPolicy } from './settings.ts';

export interface Resolution {
  readonly decision: Decision;
  /** What to ask, where the decision is to ask. */
  readonly question: Question | null;
  /** What is charged unless an answer or a review says otherwise. Without lines that nobody can price. */
  readonly charged: readonly ItemCount[];
  readonly chargedMinor: number;
  /** What was told and priced, and is not charged for doubt. */
  readonly waivedMinor: number;
  /** Told, but without a price: left out. */
  readonly unpriced: readonly ProductId[];
  /** Calibrated. */
  readonly probabilityAllRight: number;
  /** Of this decision, looks included; whole minor units. */
  readonly expectedCostMinor: number;
  /** Chance chose this visit to be looked at afterwards, for learning; the decision does not change. */
  readonly isAudited: boolean;
}

interface Look {
  readonly decision: 'ask' | 'review';
  readonly question: Question | null;
  /** What it saves, before and after its own cost, and the minutes it takes. */
  readonly cost: number;
  readonly saves: number;
  readonly minutes: number;
}

interface Situation {
  readonly inDoubt: ReceiptInDoubt;
  readonly beliefs: Beliefs;
  readonly charge: Charge;
  readonly costNow: number;
}

/** What to charge without a look. */
function chargeUnlooked(
  beliefs: Beliefs,
  probabilityAllRight: number,
  { knowledge, policy }: { readonly knowledge: DecisionKnowledge; readonly policy: DecisionPolicy },
): Charge {
  const { threshold } = knowledge;
  const isBelow =
    policy.isUnprovenWaived &&
    threshold.kind === 'proven' &&
    probabilityAllRight < threshold.probabilityAllRight;
  const overchargedMax = isBelow ? 1 - mapped(threshold.probabilityAllRight, knowledge.receipts) : null;
  return leastHarm(beliefs, [toldCharge(beliefs)], { costs: policy.costs, overchargedMax });
}

function looksAt(situation: Situation, knowledge: DecisionKnowledge, policy: DecisionPolicy): Look[] {
  const { costs, answeredShare } = policy;
  const { beliefs, charge, costNow, inDoubt } = situation;
  const kept = costs.reviewMissesShare * costNow;
  const review: Look = {
    decision: 'review',
    question: null,
    cost: costs.reviewMinor + kept,
    saves: costNow - kept - costs.reviewMinor,
    minutes: costs.reviewMinutes,
  };
  const asking = { costs, charge, trust: knowledge.shopperTrust, askedAbout: new Set<ProductId>() };
  const best = bestQuestion(inDoubt.receipt.visitId, beliefs, asking);
  if (!best) return [review];
  const gain = best.gainMinor * answeredShare;
  return [
    {
      decision: 'ask',
      question: best.question,
      cost: costNow - gain + costs.askMinor,
      saves: gain - costs.askMinor,
      minutes: costs.askMinutes,
    },
    review,
  ];
}

/** Charged as told, or waived: in part, or for want of proof. */
function unlookedDecision(
  { waivedMinor, probabilityAllRight }: Pick<Resolution, 'waivedMinor' | 'probabilityAllRight'>,
  { threshold }: DecisionKnowledge,
  { isUnprovenWaived }: DecisionPolicy,
): Decision {
  if (waivedMinor > 0) return 'waive';
  if (!isUnprovenWaived) return 'charge';
  const isBelow = threshold.kind === 'proven' && probabilityAllRight < threshold.probabilityAllRight;
  return isBelow ? 'waive' : 'charge';
}

/** The decision about a receipt, and what the store knows after it. */
export function settle(
  inDoubt: ReceiptInDoubt,
  knowledge: DecisionKnowledge,
  policy: DecisionPolicy,
): { readonly resolution: Resolution; readonly knowledge: DecisionKnowledge } {
  const { receipt } = inDoubt;
  const beliefs = beliefsOf(inDoubt, knowledge);
  const charge = chargeUnlooked(beliefs, receipt.probabilityAllRight, { knowledge, policy });
  const costNow = harmOf(beliefs, charge, policy.costs).expectedMinor;
  const situation = { inDoubt, beliefs, charge, costNow };
  const looks = looksAt(situation, knowledge, policy);
  const minuteMinor = minutePrice(knowledge.looks, policy);
  const worth = (look: Look): number => look.saves - look.minutes * minuteMinor;
  const best = looks.reduce((a, b) => (worth(b) > worth(a) ? b : a));
  const look = worth(best) > 0 && mayLook(knowledge.looks) ? best : null;
  const charged = chargedItems(beliefs, charge, inDoubt);
  const chargedMinor = amountOf(charged, inDoubt);
  const waivedMinor = Math.max(0, amountOf(receipt.lines, inDoubt) - chargedMinor);
  const decision =
    look?.decision ??
    unlookedDecision({ waivedMinor, probabilityAllRight: receipt.probabilityAllRight }, knowledge, policy);
  const resolution: Resolution = {
    decision,
    question: look?.question ?? null,
    charged,
    chargedMinor,
    waivedMinor: decision === 'waive' ? waivedMinor : 0,
    unpriced: receipt.lines.flatMap(({ productId }) =>
      inDoubt.unitPriceMinor(productId) === null ? [productId] : [],
    ),
    probabilityAllRight: mapped(receipt.probabilityAllRight, knowledge.receipts),
    expectedCostMinor: Math.round(look?.cost ?? costNow),
    isAudited: isAudited(receipt.visitId, policy),
  };
  const gainPerMinute = Math.max(...looks.map(({ saves, minutes }) => saves / minutes));
  return {
    resolution,
    knowledge: counted(
      {
        ...knowledge,
        looks: afterReceipt(knowledge.looks, { gainPerMinute, isLookedAt: look !== null }, policy),
      },
      { resolution, inDoubt },
      policy,
    ),
  };
}

const COUNTED_AS = { charge: 'charged', ask: 'asked', review: 'reviewed', waive: 'waived' } as const;

function counted(
  knowledge: DecisionKnowledge,
  { resolution, inDoubt }: { readonly resolution: Resolution; readonly inDoubt: ReceiptInDoubt },
  policy: DecisionPolicy,
): DecisionKnowledge {
  const { visitId, probabilityAllRight } = inDoubt.receipt;
  const { decision, waivedMinor } = resolution;
  const { counts } = knowledge;
  const name = COUNTED_AS[decision];
  const settled = { visitId, probabilityAllRight, isReviewed: decision === 'review' };
  return {
    ...visitSettled(knowledge, settled, policy),
    counts: { ...counts, [name]: counts[name] + 1, waivedMinor: counts.waivedMinor + waivedMinor },
  };
}
