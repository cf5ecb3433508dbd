import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { productId, visitId } from '../domain/index.ts';
import type { BasketAlternative, BasketLine, ProductId, Question } from '../domain/index.ts';
import { answered } from './answers.ts';
import { beliefsOf } from './beliefs.ts';
import type { ReceiptInDoubt } from './beliefs.ts';
import { IDENTITY_MAP } from './beta-map.ts';
import { leastHarm, toldCharge } from './harm.ts';
import { questionWords } from './question-words.ts';
import { bestQuestion } from './questions.ts';
import type { ValuedQuestion } from './questions.ts';
import { DECISION_POLICY } from './settings.ts';

const WATER = productId('water');
const TEA = productId('tea');
const JAM = productId('jam');
const VISIT = visitId('visit');
const { costs } = DECISION_POLICY;
const IDENTITY = { lines: IDENTITY_MAP, receipts: IDENTITY_MAP };
const NAMES: Readonly<Record<string, string>> = { water: 'Water 0.5 l', tea: 'Green tea', jam: 'Plum jam' };
const nameOf = (id: ProductId): string => NAMES[id] ?? id;

type Told = readonly [probability: number, ...held: (readonly [ProductId, number])[]];

function basketsOf(told: readonly Told[]): BasketAlternative[] {
  return told.map(([probability, ...held]) => ({
    probability,
    items: held.map(([id, quantity]) => ({ productId: id, quantity })),
  }));
}

/** The first basket is the told one. */
function inDoubt(told: readonly Told[]): ReceiptInDoubt {
  const alternatives = basketsOf(told);
  const lines = alternatives[0]!.items.map((item) => ({
    ...item,
    probability: alternatives[0]!.probability,
    status: 'being-checked' as const,
    alternatives: [],
    name: nameOf(item.productId),
    unitPrice: null,
    amount: null,
  }));
  const probabilityAllRight = alternatives[0]!.probability;
  return {
    receipt: { visitId: VISIT, lines, unlikely: [], probabilityAllRight },
    alternatives,
    unitPriceMinor: () => 250,
  };
}

function ask(doubt: ReceiptInDoubt, trust = 0.97): ValuedQuestion | null {
  const beliefs = beliefsOf(doubt, IDENTITY);
  const charge = leastHarm(beliefs, [toldCharge(beliefs)], { costs, overchargedMax: null });
  return bestQuestion(VISIT, beliefs, { costs, charge, trust, askedAbout: new Set() });
}

const wordsOf = (found: ValuedQuestion | null) => questionWords(found!.question, nameOf);

interface Example {
  readonly told: readonly Told[];
  readonly question: string;
  readonly answers: readonly string[];
}

const EXAMPLES: readonly (readonly [string, Example])[] = [
  [
    'one or two of a product',
    {
      told: [
        [0.6, [WATER, 1], [TEA, 1]],
        [0.4, [WATER, 2], [TEA, 1]],
      ],
      question: 'Did you take one or two of Water 0.5 l?',
      answers: ['One', 'Two', 'Another number'],
    },
  ],
  [
    'one product or another',
    {
      told: [
        [0.55, [WATER, 1]],
        [0.45, [TEA, 1]],
      ],
      question: 'Did you take Green tea or Water 0.5 l?',
      answers: ['Green tea', 'Water 0.5 l', 'Something else'],
    },
  ],
  [
    'one, another or both',
    {
      told: [
        [0.5, [WATER, 1]],
        [0.3, [TEA, 1]],
        [0.2, [WATER, 1], [TEA, 1]],
      ],
      question: 'Did you take Green tea or Water 0.5 l?',
      answers: ['Green tea', 'Water 0.5 l', 'Both', 'Neither'],
    },
  ],
  [
    'put back or not',
    {
      told: [
        [0.7, [WATER, 1], [TEA, 1]],
        [0.3, [TEA, 1]],
      ],
      question: 'Did you put Water 0.5 l back?',
      answers: ['Yes, I put it back', 'No, I have it'],
    },
  ],
  [
    'something that is probably not there',
    {
      told: [
        [0.6, [TEA, 1]],
        [0.4, [TEA, 1], [WATER, 1]],
      ],
      question: 'Do you have Water 0.5 l with you?',
      answers: ['Yes', 'No'],
    },
  ],
  [
    'none, one or two',
    {
      told: [[0.4, [WATER, 1]], [0.3, [WATER, 2]], [0.3]],
      question: 'Did you take none, one or two of Water 0.5 l?',
      answers: ['None', 'One', 'Two', 'Another number'],
    },
  ],
];

describe('the best question', () => {
  test.each(EXAMPLES)('%s', (_, { told, question, answers }) => {
    expect(wordsOf(ask(inDoubt(told)))).toEqual({ question, answers });
  });

  test('is about the doubt that costs most', () => {
    const told: Told[] = [
      [0.5, [JAM, 1], [TEA, 1]],
      [0.45, [JAM, 1]],
      [0.05, [TEA, 1]],
    ];
    expect(ask(inDoubt(told))!.question.productIds).toEqual([TEA]);
    const dear = { ...inDoubt(told), unitPriceMinor: (id: ProductId) => (id === JAM ? 20_000 : 10) };
    expect(ask(dear)!.question.productIds).toContain(JAM);
  });

  test('is none where nothing is in doubt, or only what nobody can price or list', () => {
    expect(ask(inDoubt([[0.98, [WATER, 1]]]))).toBe(null);
    const unpriced = inDoubt([
      [0.5, [WATER, 1]],
      [0.5, [WATER, 2]],
    ]);
    expect(ask({ ...unpriced, unitPriceMinor: () => null })).toBe(null);
  });

  test('without joint baskets the lines are asked about one by one', () => {
    const line = (id: ProductId, probability: number): BasketLine => ({
      productId: id,
      quantity: 1,
      probability,
      status: 'being-checked',
      alternatives: [{ quantity: 2, probability: 1 - probability }],
    });
    const doubt = inDoubt([[0.5, [WATER, 1]]]);
    const lines = [line(WATER, 0.95), line(TEA, 0.6)].map((each) => ({
      ...each,
      name: each.productId,
      unitPrice: null,
      amount: null,
    }));
    const found = ask({ ...doubt, alternatives: [], receipt: { ...doubt.receipt, lines } });
    expect(wordsOf(found).question).toBe('Did you take one or two of Green tea?');
  });

  test('the same doubt has the same name, another visit another', () => {
    const told: Told[] = [
      [0.6, [WATER, 1]],
      [0.4, [WATER, 2]],
    ];
    const first = ask(inDoubt(told))!.question;
    expect(ask(inDoubt(told))!.question).toEqual(first);
    const beliefs = beliefsOf(inDoubt(told), IDENTITY);
    const asking = { costs, charge: toldCharge(beliefs), trust: 0.97, askedAbout: new Set<ProductId>() };
    expect(bestQuestion(visitId('other'), beliefs, asking)!.question.questionId).not.toBe(first.questionId);
  });
});

const somePart = fc.tuple(
  fc.double({ min: 0.001, max: 1, noNaN: true }),
  fc.tuple(...[WATER, TEA, JAM].map(() => fc.integer({ min: 0, max: 3 }))),
);

/** Any baskets, with something left that nobody listed. */
const someDoubt = fc
  .tuple(fc.array(somePart, { minLength: 1, maxLength: 6 }), fc.double({ min: 0, max: 0.3, noNaN: true }))
  .map(([parts, unlisted]) => {
    const all = parts.reduce((sum, [weight]) => sum + weight, 0);
    return inDoubt(
      parts.map(([weight, [water, tea, jam]]): Told => {
        return [((1 - unlisted) * weight) / all, [WATER, water!], [TEA, tea!], [JAM, jam!]];
      }),
    );
  });

test('an answer never makes deciding dearer, and the truer it is the more it is worth', () => {
  fc.assert(
    fc.property(someDoubt, (doubt) => {
      const found = ask(doubt);
      if (!found) return;
      const { question, gainMinor } = found;
      expect(gainMinor).toBeGreaterThanOrEqual(0);
      expect(Number.isSafeInteger(question.expectedGainMinor)).toBe(true);
      expect(question.answers.length).toBeGreaterThanOrEqual(2);
      expect(question.answers.length).toBeLessThanOrEqual(4);
      expect(new Set(wordsOf(found).answers).size).toBe(question.answers.length);
    }),
    { numRuns: 200 },
  );
  const told: Told[] = [
    [0.6, [WATER, 1]],
    [0.4, [WATER, 2]],
  ];
  const gains = [0.34, 0.7, 0.97, 1].map((trust) => ask(inDoubt(told), trust)!.gainMinor);
  const rounded = gains.map((gain) => Math.round(gain * 1e6));
  expect(rounded).toEqual(rounded.toSorted((a, b) => a - b));
  expect(gains[0]).toBeLessThan(0.2 * gains[3]!);
});

describe('answered', () => {
  const told = basketsOf([
    [0.6, [WATER, 1]],
    [0.3, [WATER, 2]],
  ]);
  const question = ask({ ...inDoubt([[0.6, [WATER, 1]]]), alternatives: told })!.question;
  const saying = (words: string): string =>
    question.answers[questionWords(question, nameOf).answers.indexOf(words)]!.answerId;

  test('a true answer moves belief by what it is trusted, and what nobody listed stays possible', () => {
    // Three answers: 0.3 · 0.97, 0.6 · 0.015 and 0.1 / 3 of a basket nobody listed.
    const total = 0.3 * 0.97 + 0.6 * 0.015 + 0.1 / 3;
    const after = answered(told, { question, answerId: saying('Two') }, 0.97);
    expect(after.map(({ items }) => items[0]!.quantity)).toEqual([2, 1]);
    expect(after[0]!.probability).toBeCloseTo((0.3 * 0.97) / total, 12);
    expect(after[1]!.probability).toBeCloseTo((0.6 * 0.015) / total, 12);
  });

  test('an answer that nobody trusts changes nothing', () => {
    const listed = basketsOf([
      [0.7, [WATER, 1]],
      [0.3, [WATER, 2]],
    ]);
    const after = answered(listed, { question, answerId: saying('Two') }, 1 / 3);
    expect(after.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.7, 12),
      expect.closeTo(0.3, 12),
    ]);
  });

  test('no answer moves two baskets further apart than its trust allows', () => {
    fc.assert(
      fc.property(someDoubt, fc.double({ min: 0.3, max: 0.99, noNaN: true }), (doubt, trust) => {
        const asked: Question | undefined = ask(doubt)?.question;
        if (!asked) return;
        const k = asked.answers.length;
        const most = Math.max(trust / ((1 - trust) / (k - 1)), (1 - trust) / (k - 1) / trust);
        const before = new Map(doubt.alternatives.map((each) => [each.items, each.probability]));
        for (const { answerId } of asked.answers) {
          const after = answered(doubt.alternatives, { question: asked, answerId }, trust);
          expect(after.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1 + 1e-9);
          for (const a of after)
            for (const b of after) {
              const ratio = a.probability / b.probability / (before.get(a.items)! / before.get(b.items)!);
              expect(ratio).toBeLessThanOrEqual(most * (1 + 1e-9));
            }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('an answer that was not offered is refused', () => {
    expect(() => answered(told, { question, answerId: '9' }, 0.97)).toThrow('ANSWER_UNKNOWN');
  });
});
