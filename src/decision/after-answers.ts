/** What to charge once the shopper has answered: least expected harm under what is believed after the answers. */
import type { ItemCount, Question } from '../domain/index.ts';
import { answersTo } from './answers.ts';
import type { Reply } from './answers.ts';
import { beliefsOf } from './beliefs.ts';
import type { ReceiptInDoubt } from './beliefs.ts';
import { amountOf, chargedItems } from './charged-items.ts';
import { harmOf, leastHarm, toldCharge } from './harm.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import { beliefsAfter, bestQuestion, likeliest } from './questions.ts';
import type { DecisionPolicy } from './settings.ts';

export interface AnsweredCharge {
  readonly charged: readonly ItemCount[];
  readonly chargedMinor: number;
  /** Calibrated: P(exactly this was held), what nobody listed counted as wrong. */
  readonly probabilityAllRight: number;
  readonly expectedCostMinor: number;
  /** One more, if it is worth asking: who was asked anyway is not another visit of the budget. */
  readonly nextQuestion: Question | null;
}

/** @throws AssertionFailure where a question has no such answer. */
export function chargeAfterAnswers(
  inDoubt: ReceiptInDoubt,
  replies: readonly Reply[],
  { knowledge, policy }: { readonly knowledge: DecisionKnowledge; readonly policy: DecisionPolicy },
): AnsweredCharge {
  const { costs } = policy;
  const trust = knowledge.shopperTrust;
  const beliefs = replies.reduce(
    (before, reply) => beliefsAfter(before, answersTo(reply), { answerId: reply.answerId, trust }).beliefs,
    beliefsOf(inDoubt, knowledge),
  );
  const starts = [likeliest(beliefs), toldCharge(beliefs)];
  const charge = leastHarm(beliefs, starts, { costs, overchargedMax: null });
  const right = beliefs.baskets.filter(({ quantities }) => quantities.every((each, i) => each === charge[i]));
  const charged = chargedItems(beliefs, charge, inDoubt);
  const askedAbout = new Set(replies.flatMap(({ question }) => question.productIds));
  const next =
    replies.length < costs.questionsMax
      ? bestQuestion(inDoubt.receipt.visitId, beliefs, { costs, charge, trust, askedAbout })
      : null;
  const isWorthIt = next !== null && next.gainMinor * policy.answeredShare > costs.askMinor;
  return {
    charged,
    chargedMinor: amountOf(charged, inDoubt),
    probabilityAllRight: right.reduce((sum, { probability }) => sum + probability, 0),
    expectedCostMinor: Math.round(harmOf(beliefs, charge, costs).expectedMinor),
    nextQuestion: isWorthIt ? next.question : null,
  };
}
