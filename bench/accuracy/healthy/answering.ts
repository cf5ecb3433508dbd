/** A shopper who is asked and tells what is so, as often as the shop asks. */
import { chargeAfterAnswers } from '../../../src/decision/index.ts';
import type { Reply } from '../../../src/decision/index.ts';
import type {
  BasketAlternative,
  QuantityRange,
  ItemCount,
  ProductId,
  Question,
  Receipt,
} from '../../../src/domain/index.ts';
import type { Shop } from '../../../src/engine/index.ts';

type Held = ReadonlyMap<ProductId, number>;

export interface Asked {
  readonly receipt: Receipt;
  readonly alternatives: readonly BasketAlternative[];
}

function holds({ productId, quantityMin, quantityMax }: QuantityRange, real: Held): boolean {
  const quantity = real.get(productId) ?? 0;
  return quantity >= quantityMin && (quantityMax === null || quantity <= quantityMax);
}

/** The answer that is so; null where none of them is, and a shopper would say nothing. */
export function truthfulReply(question: Question, real: Held): Reply | null {
  const claimed = question.answers.find(({ claims }) => claims?.every((claim) => holds(claim, real)));
  const answer = claimed ?? question.answers.find(({ claims }) => claims === null);
  return answer ? { question, answerId: answer.answerId } : null;
}

/** What is charged after truthful answers; null where nothing was asked. */
export function answeredTruly(
  { receipt, alternatives }: Asked,
  real: Held,
  { decisions, settings, store }: Pick<Shop, 'decisions' | 'settings' | 'store'>,
): readonly ItemCount[] | null {
  if (!receipt.question) return null;
  const { visitId, unlikely, uncalibrated } = receipt;
  const lines = receipt.lines.map((line, i) => ({ ...line, probability: uncalibrated.lines[i]! }));
  const inDoubt = {
    receipt: { visitId, lines, unlikely, probabilityAllRight: uncalibrated.probabilityAllRight },
    alternatives,
    unitPriceMinor: (product: ProductId) => store.catalogue.byId.get(product)?.price?.minor ?? null,
  };
  const replies: Reply[] = [];
  let charged: readonly ItemCount[] = receipt.charge.items;
  let question: Question | null = receipt.question;
  while (question) {
    const reply = truthfulReply(question, real);
    if (!reply) break;
    replies.push(reply);
    const after = chargeAfterAnswers(inDoubt, replies, { knowledge: decisions, policy: settings.policy });
    charged = after.charged;
    question = after.nextQuestion;
  }
  return charged;
}
