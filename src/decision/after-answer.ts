/** What to charge once the shopper has answered: least expected harm under what is believed after the answer. */
import type { ItemCount } from '../domain/index.ts';
import { answersTo } from './answers.ts';
import type { Reply } from './answers.ts';
import { beliefsOf } from './beliefs.ts';
import type { ReceiptInDoubt } from './beliefs.ts';
import { amountOf, chargedItems } from './charged-items.ts';
import { harmOf, leastHarm, toldCharge } from './harm.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import { beliefsAfter, likeliest } from './questions.ts';
import type { DecisionPolicy } from './settings.ts';

export interface AnsweredCharge {
  readonly charged: readonly ItemCount[];
  readonly chargedMinor: number;
  /** Calibrated: P(exactly this was held), what nobody listed counted as wrong. */
  readonly probabilityAllRight: number;
  readonly expectedCostMinor: number;
}

/** @throws AssertionFailure where the question has no such answer. */
export function chargeAfterAnswer(
  inDoubt: ReceiptInDoubt,
  reply: Reply,
  store: { readonly knowledge: DecisionKnowledge; readonly policy: DecisionPolicy },
): AnsweredCharge {
  const { answerId } = reply;
  const answers = answersTo(reply);
  const { costs } = store.policy;
  const before = beliefsOf(inDoubt, store.knowledge);
  const trust = store.knowledge.shopperTrust;
  const { beliefs } = beliefsAfter(before, answers, { answerId, trust });
  const charge = leastHarm(beliefs, [likeliest(beliefs), toldCharge(beliefs)], {
    costs,
    overchargedMax: null,
  });
  const isCharged = (quantities: readonly number[]): boolean =>
    quantities.every((quantity, i) => quantity === charge[i]);
  const right = beliefs.baskets.filter(({ quantities }) => isCharged(quantities));
  const charged = chargedItems(beliefs, charge, inDoubt);
  return {
    charged,
    chargedMinor: amountOf(charged, inDoubt),
    probabilityAllRight: right.reduce((sum, { probability }) => sum + probability, 0),
    expectedCostMinor: Math.round(harmOf(beliefs, charge, costs).expectedMinor),
  };
}
