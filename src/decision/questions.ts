/**
 * The question whose answer lowers the expected cost of deciding most (value of information). For every question that
 * could be asked about the products in doubt:
 *
 *   gain = cost of deciding now − Σ P(answer) · cost of deciding after it
 *
 * where both decide as well as they can. A question may be about one product (how many; put back; have) or about two
 * that exclude each other (which). It is never negative: whoever knows more can still do the same.
 */
import { questionId } from '../domain/index.ts';
import type { Answer, QuantityRange, ProductId, Question, QuestionKind, VisitId } from '../domain/index.ts';
import { chanceOfAnswer, trueAnswer } from './answers.ts';
import type { Beliefs } from './beliefs.ts';
import { bitsOf } from './chance-of.ts';
import { harmOf, leastHarm } from './harm.ts';
import type { Charge } from './harm.ts';
import type { PolicyCosts } from './settings.ts';

/** Rarer possibilities get no answer of their own. */
const POSSIBLE_MIN = 0.02;
/** With a fourth answer for 'something else'. */
const NUMBERS_MAX = 3;
/** Only the most doubtful products are asked about, each alone and in pairs. */
const PRODUCTS_MAX = 6;

interface Draft {
  readonly kind: QuestionKind;
  /** Places in `products`. */
  readonly about: readonly number[];
  readonly answers: readonly Answer[];
}

/** P of every number of units of the product at `place`, most probable first. */
function numbersOf({ baskets }: Beliefs, place: number): [quantity: number, probability: number][] {
  const shares = new Map<number, number>();
  for (const { quantities, probability } of baskets)
    shares.set(quantities[place]!, (shares.get(quantities[place]!) ?? 0) + probability);
  return [...shares].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function answersFrom(options: readonly (readonly QuantityRange[] | null)[]): Answer[] {
  return options.map((claims, nth) => ({ answerId: `${nth + 1}`, claims }));
}

/** About one product: its number where several are possible, else whether it is there. */
function draftAbout(beliefs: Beliefs, place: number): Draft | null {
  const productId = beliefs.products[place]!;
  const exactly = (quantity: number): QuantityRange[] => [
    { productId, quantityMin: quantity, quantityMax: quantity },
  ];
  const numbers = numbersOf(beliefs, place).filter(([, probability]) => probability >= POSSIBLE_MIN);
  if (numbers.length < 2) return null;
  const isOneOrNone = numbers.length === 2 && numbers.some(([quantity]) => quantity === 0);
  if (isOneOrNone) {
    const some = [{ productId, quantityMin: 1, quantityMax: null }];
    const isTold = beliefs.told[place]! > 0;
    return {
      kind: isTold ? 'put-back' : 'have',
      about: [place],
      answers: answersFrom(isTold ? [exactly(0), some] : [some, exactly(0)]),
    };
  }
  const options = numbers
    .slice(0, NUMBERS_MAX)
    .map(([quantity]) => quantity)
    .sort((a, b) => a - b)
    .map(exactly);
  return { kind: 'how-many', about: [place], answers: answersFrom([...options, null]) };
}

/** About two products of which it is one or the other. */
function draftBetween(beliefs: Beliefs, a: number, b: number): Draft | null {
  let [onlyA, onlyB, both] = [0, 0, 0];
  for (const { quantities, probability } of beliefs.baskets) {
    if (quantities[a]! > 0 && quantities[b]! > 0) both += probability;
    else if (quantities[a]! > 0) onlyA += probability;
    else if (quantities[b]! > 0) onlyB += probability;
  }
  // Where it is mostly both, 'this or that' would be an odd thing to ask.
  if (Math.min(onlyA, onlyB) < POSSIBLE_MIN || both > (onlyA + onlyB) / 2) return null;
  const is = (place: number, quantityMin: number): QuantityRange => ({
    productId: beliefs.products[place]!,
    quantityMin,
    quantityMax: quantityMin === 0 ? 0 : null,
  });
  const options = [
    [is(a, 1), is(b, 0)],
    [is(a, 0), is(b, 1)],
    ...(both >= POSSIBLE_MIN ? [[is(a, 1), is(b, 1)]] : []),
    null,
  ];
  return { kind: 'which', about: [a, b], answers: answersFrom(options) };
}

function drafts(beliefs: Beliefs, askedAbout: ReadonlySet<ProductId>): Draft[] {
  const doubtOf = (place: number): number => 1 - (numbersOf(beliefs, place)[0]?.[1] ?? 1);
  const places = beliefs.products
    .map((_, place) => place)
    .filter((place) => beliefs.isPriced[place] && !askedAbout.has(beliefs.products[place]!))
    .sort((a, b) => doubtOf(b) * beliefs.prices[b]! - doubtOf(a) * beliefs.prices[a]! || a - b)
    .slice(0, PRODUCTS_MAX);
  const alone = places.map((place) => draftAbout(beliefs, place));
  const pairs = places.flatMap((a, nth) => places.slice(nth + 1).map((b) => draftBetween(beliefs, a, b)));
  return [...alone, ...pairs].filter((draft) => draft !== null);
}

interface Asking {
  readonly costs: PolicyCosts;
  /** What would be charged now. */
  readonly charge: Charge;
  readonly trust: number;
  /** Nobody is asked twice about the same: whoever erred once would err again. */
  readonly askedAbout: ReadonlySet<ProductId>;
}

/** Beliefs after an answer, and how probable it is. */
export function beliefsAfter(
  beliefs: Beliefs,
  answers: readonly Answer[],
  answer: { readonly answerId: string; readonly trust: number },
): { beliefs: Beliefs; probability: number } {
  const places = new Map(beliefs.products.map((product, place) => [product, place]));
  const weighed = beliefs.baskets.map(({ quantities, probability }) => {
    const trueId = trueAnswer(answers, (productId) => quantities[places.get(productId)!]!);
    const chance = chanceOfAnswer(answers, { answerId: answer.answerId, trueId }, answer.trust);
    return { quantities, probability: probability * chance };
  });
  const unlisted = beliefs.unlisted / answers.length;
  const total = weighed.reduce((sum, { probability }) => sum + probability, unlisted);
  if (total <= 0) return { beliefs, probability: 0 };
  const baskets = weighed.map(({ quantities, probability }) => ({
    quantities,
    probability: probability / total,
  }));
  return { beliefs: { ...beliefs, baskets, unlisted: unlisted / total }, probability: total };
}

/** The likeliest basket, without what nobody can price. */
export function likeliest({ baskets, isPriced }: Beliefs): Charge {
  const best = baskets.reduce((a, b) => (b.probability > a.probability ? b : a));
  return best.quantities.map((quantity, place) => (isPriced[place] ? quantity : 0));
}

/** Expected cost once the answer is known. */
function costAfter(beliefs: Beliefs, draft: Draft, { costs, charge, trust }: Asking): number {
  return draft.answers.reduce((sum, { answerId }) => {
    const then = beliefsAfter(beliefs, draft.answers, { answerId, trust });
    const starts = [charge, likeliest(then.beliefs)];
    const best = leastHarm(then.beliefs, starts, { costs, overchargedMax: null });
    return sum + then.probability * harmOf(then.beliefs, best, costs).expectedMinor;
  }, 0);
}

export interface ValuedQuestion {
  readonly question: Question;
  readonly gainMinor: number;
}

/** The best question about these beliefs, or null where nothing can be asked; its gain is ≥ 0. */
export function bestQuestion(visitId: VisitId, beliefs: Beliefs, asking: Asking): ValuedQuestion | null {
  const now = harmOf(beliefs, asking.charge, asking.costs).expectedMinor;
  let best: { draft: Draft; gain: number } | null = null;
  for (const draft of drafts(beliefs, asking.askedAbout)) {
    const gain = Math.max(0, now - costAfter(beliefs, draft, asking));
    if (!best || gain > best.gain) best = { draft, gain };
  }
  if (!best) return null;
  const { draft, gain } = best;
  const productIds = draft.about.map((place) => beliefs.products[place]!);
  const content = [visitId, draft.kind, ...productIds].join('\n');
  return {
    gainMinor: gain,
    question: {
      // Two hashes of 32 bits: the same question of a visit has the same name.
      questionId: questionId(`${hexOf(content)}${hexOf(`${content}\n`)}`),
      visitId,
      kind: draft.kind,
      productIds,
      answers: draft.answers,
      expectedGainMinor: Math.round(gain),
    },
  };
}

function hexOf(content: string): string {
  return bitsOf(content).toString(16).padStart(8, '0');
}
