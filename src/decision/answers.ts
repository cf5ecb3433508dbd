/**
 * What an answer makes of what was believed. A shopper tells what is so with the probability `trust`, and else any of the
 * other answers, so an answer moves belief and never settles it. A basket that nobody listed fits every answer alike.
 */
import { assert } from '../base/index.ts';
import type { Answer, BasketAlternative, QuantityRange, ProductId, Question } from '../domain/index.ts';

export type QuantityOf = (productId: ProductId) => number;

function isSo({ productId, quantityMin, quantityMax }: QuantityRange, quantityOf: QuantityOf): boolean {
  const quantity = quantityOf(productId);
  return quantity >= quantityMin && (quantityMax === null || quantity <= quantityMax);
}

/** Which answer is true of a basket: the first whose claims all hold, else the one without claims; null: none is. */
export function trueAnswer(answers: readonly Answer[], quantityOf: QuantityOf): string | null {
  const claimed = answers.find(({ claims }) => claims?.every((claim) => isSo(claim, quantityOf)));
  return (claimed ?? answers.find(({ claims }) => claims === null))?.answerId ?? null;
}

/** P(`answerId` is given | what the basket's true answer is). */
export function chanceOfAnswer(
  answers: readonly Answer[],
  given: { readonly answerId: string; readonly trueId: string | null },
  trust: number,
): number {
  if (given.trueId === null) return 1 / answers.length;
  return given.trueId === given.answerId ? trust : (1 - trust) / (answers.length - 1);
}

export interface Reply {
  readonly question: Question;
  readonly answerId: string;
}

/** The answers that were to choose from. @throws AssertionFailure where the one chosen is none of them. */
export function answersTo({ question, answerId }: Reply): readonly Answer[] {
  const isKnown = question.answers.some((answer) => answer.answerId === answerId);
  assert(isKnown, 'ANSWER_UNKNOWN', { answerId });
  return question.answers;
}

/**
 * The alternatives after an answer; what they leave to 1 is still a basket nobody listed.
 * @throws AssertionFailure where the question has no such answer.
 */
export function answered(
  alternatives: readonly BasketAlternative[],
  reply: Reply,
  trust: number,
): BasketAlternative[] {
  const { answerId } = reply;
  const answers = answersTo(reply);
  const listed = alternatives.reduce((sum, { probability }) => sum + probability, 0);
  const weighed = alternatives.map(({ items, probability }) => {
    const held = new Map(items.map((item) => [item.productId, item.quantity]));
    const trueId = trueAnswer(answers, (productId) => held.get(productId) ?? 0);
    return { items, probability: probability * chanceOfAnswer(answers, { answerId, trueId }, trust) };
  });
  const unlisted = Math.max(0, 1 - listed) / answers.length;
  const total = weighed.reduce((sum, { probability }) => sum + probability, unlisted);
  // An answer that nothing believed allows for, at full trust, says nothing.
  if (total <= 0) return [...alternatives];
  return weighed
    .map(({ items, probability }) => ({ items, probability: probability / total }))
    .sort((a, b) => b.probability - a.probability);
}
