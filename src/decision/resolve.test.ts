import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import { money, productId, visitId } from '../domain/index.ts';
import type { ProductId, ReceiptLine } from '../domain/index.ts';
import { chargeAfterAnswers } from './after-answers.ts';
import type { ReceiptInDoubt } from './beliefs.ts';
import { describePolicy } from './describe-policy.ts';
import { NO_KNOWLEDGE } from './knowledge.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import { settle } from './resolve.ts';
import { DECISION_POLICY } from './settings.ts';
import type { DecisionPolicy } from './settings.ts';

const WATER = productId('water');
const TEA = productId('tea');
/** Looks are never worth it. */
const NO_LOOKING: DecisionPolicy = {
  ...DECISION_POLICY,
  costs: { ...DECISION_POLICY.costs, askMinor: 1e9, reviewMinor: 1e9 },
};
const PRICES: Readonly<Record<string, number>> = { water: 150, tea: 300, jam: 420 };

type Numbers = readonly (readonly [quantity: number, probability: number])[];

/** A receipt of lines that stand alone, each with its numbers, the told one first; null: no price. */
function receiptOf(
  lines: readonly (readonly [ProductId, Numbers])[],
  name = 'visit',
  unpriced: readonly ProductId[] = [],
): ReceiptInDoubt {
  const told = lines.map(([id, [first, ...others]]): ReceiptLine => {
    const isPriced = !unpriced.includes(id);
    const unitPrice = isPriced ? money(PRICES[id]!, 'EUR') : null;
    return {
      productId: id,
      quantity: first![0],
      probability: first![1],
      status: 'being-checked',
      alternatives: others.map(([quantity, probability]) => ({ quantity, probability })),
      name: id,
      unitPrice,
      amount: unitPrice ? money(unitPrice.minor * first![0], 'EUR') : null,
    };
  });
  const probabilityAllRight = told.reduce((product, { probability }) => product * probability, 1);
  return {
    receipt: { visitId: visitId(name), lines: told, unlikely: [], probabilityAllRight },
    alternatives: [],
    unitPriceMinor: (id) => (unpriced.includes(id) ? null : PRICES[id]!),
  };
}

const decided = (doubt: ReceiptInDoubt, knowledge = NO_KNOWLEDGE, policy = DECISION_POLICY) =>
  settle(doubt, knowledge, policy).resolution;

const proven = (probabilityAllRight: number): DecisionKnowledge => ({
  ...NO_KNOWLEDGE,
  threshold: {
    kind: 'proven',
    probabilityAllRight,
    wrongAtMost: 0.005,
    overchargedAtMost: 0.0025,
    confidence: 0.9,
    visits: 50_000,
    judged: 2000,
    lookShare: 0.04,
  },
});

/** A shop in which a human minute has its price. */
const BUSY: DecisionKnowledge = { ...NO_KNOWLEDGE, looks: { ...NO_KNOWLEDGE.looks, minuteMinor: 200 } };

describe('one receipt', () => {
  test('sure ones are charged as told', () => {
    expect(
      decided(
        receiptOf([
          [WATER, [[2, 0.999]]],
          [TEA, [[1, 0.999]]],
        ]),
      ),
    ).toMatchObject({
      decision: 'charge',
      chargedMinor: 600,
      waivedMinor: 0,
      question: null,
    });
  });

  test('a doubt that an answer resolves is asked about', () => {
    const found = decided(
      receiptOf([
        [
          WATER,
          [
            [2, 0.6],
            [1, 0.4],
          ],
        ],
        [TEA, [[1, 0.999]]],
      ]),
      BUSY,
    );
    expect(found.decision).toBe('ask');
    expect(found.question).toMatchObject({ kind: 'how-many', productIds: [WATER] });
  });

  test('a doubt that nobody can put into a question is reviewed', () => {
    const unlisted = receiptOf([[WATER, [[2, 0.5]]]]);
    expect(decided(unlisted)).toMatchObject({ decision: 'review', question: null });
  });
});

const STRICT = { ...NO_LOOKING, isUnprovenWaived: true };

describe('without a look', () => {
  test('the doubtful line is reduced and not the receipt', () => {
    const found = decided(
      receiptOf([
        [
          WATER,
          [
            [2, 0.6],
            [1, 0.4],
          ],
        ],
        [TEA, [[1, 0.999]]],
      ]),
      NO_KNOWLEDGE,
      NO_LOOKING,
    );
    expect(found).toMatchObject({ decision: 'waive', chargedMinor: 450, waivedMinor: 150 });
    expect(found.charged).toEqual(
      expect.arrayContaining([
        { productId: WATER, quantity: 1 },
        { productId: TEA, quantity: 1 },
      ]),
    );
  });

  test('what nobody can price is never charged, sure or not', () => {
    for (const probability of [0.999, 0.6]) {
      const doubt = receiptOf(
        [
          [
            WATER,
            [
              [2, probability],
              [1, 1 - probability],
            ],
          ],
          [TEA, [[1, 0.999]]],
        ],
        'visit',
        [WATER],
      );
      expect(decided(doubt, NO_KNOWLEDGE, NO_LOOKING)).toMatchObject({
        charged: [{ productId: TEA, quantity: 1 }],
        chargedMinor: 300,
        waivedMinor: 0,
        unpriced: [WATER],
      });
    }
  });

  test('where the operator wants it, a small doubt below a proven threshold is waived that cost alone would charge', () => {
    const doubt = receiptOf([
      [
        TEA,
        [
          [1, 0.98],
          [0, 0.02],
        ],
      ],
      [WATER, [[1, 0.999]]],
    ]);
    expect(decided(doubt, proven(0.9), STRICT)).toMatchObject({ decision: 'charge', chargedMinor: 450 });
    expect(decided(doubt, proven(0.99), NO_LOOKING)).toMatchObject({ decision: 'charge', chargedMinor: 450 });
    expect(decided(doubt, proven(0.99), STRICT)).toMatchObject({
      decision: 'waive',
      chargedMinor: 150,
      waivedMinor: 300,
    });
  });
});

describe('costs', () => {
  test('charging too much hurts more than too little: even odds are resolved for the shopper', () => {
    const found = decided(
      receiptOf([
        [
          WATER,
          [
            [2, 0.7],
            [1, 0.3],
          ],
        ],
      ]),
      NO_KNOWLEDGE,
      NO_LOOKING,
    );
    expect(found.charged).toEqual([{ productId: WATER, quantity: 1 }]);
  });

  test('what told probabilities turned out to mean speaks in the decision', () => {
    const doubt = receiptOf([
      [
        WATER,
        [
          [2, 0.97],
          [1, 0.03],
        ],
      ],
    ]);
    const knowing: DecisionKnowledge = {
      ...NO_KNOWLEDGE,
      receipts: { belowSlope: 1, aboveSlope: 1, shift: -3, cases: 500 },
      lines: { belowSlope: 1, aboveSlope: 1, shift: -3, cases: 900 },
    };
    expect(decided(doubt, NO_KNOWLEDGE, NO_LOOKING).decision).toBe('charge');
    expect(decided(doubt, knowing, NO_LOOKING).decision).toBe('waive');
  });
});

const someLine = fc.tuple(
  fc.constantFrom('water', 'tea', 'jam'),
  fc.integer({ min: 1, max: 3 }),
  fc.double({ min: 0.3, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 4 }),
);
const someReceipt = fc
  .uniqueArray(someLine, { selector: ([id]) => id, maxLength: 3 })
  .map((lines) =>
    receiptOf(
      lines.map(([id, quantity, probability, other]) => [
        productId(id),
        [[quantity, probability], ...(other === quantity ? [] : [[other, 1 - probability] as const])],
      ]),
    ),
  );

test('charged and waived are what was told; nothing is charged beyond it; integers only', () => {
  fc.assert(
    fc.property(someReceipt, fc.constantFrom(NO_KNOWLEDGE, proven(0.99)), (doubt, knowledge) => {
      const { resolution } = settle(doubt, knowledge, NO_LOOKING);
      const told = doubt.receipt.lines.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0);
      expect(resolution.chargedMinor + resolution.waivedMinor).toBe(told);
      for (const { productId: id, quantity } of resolution.charged)
        expect(quantity).toBeLessThanOrEqual(
          doubt.receipt.lines.find((line) => line.productId === id)!.quantity,
        );
      expect(Number.isSafeInteger(resolution.expectedCostMinor)).toBe(true);
    }),
  );
});

describe('an answer', () => {
  const doubt = receiptOf([
    [
      WATER,
      [
        [1, 0.6],
        [2, 0.4],
      ],
    ],
    [TEA, [[1, 0.999]]],
  ]);
  const store = { knowledge: NO_KNOWLEDGE, policy: DECISION_POLICY };
  const { question } = decided(doubt);
  const charge = (quantity: number) => {
    const answer = question!.answers.find(({ claims }) => claims?.[0]?.quantityMin === quantity)!;
    return chargeAfterAnswers(doubt, [{ question: question!, answerId: answer.answerId }], store);
  };

  test('is charged as it says, more than was told where it says more', () => {
    expect(charge(1)).toMatchObject({ chargedMinor: 450 });
    expect(charge(2)).toMatchObject({ chargedMinor: 600 });
    expect(charge(2).probabilityAllRight).toBeGreaterThan(0.9);
    expect(charge(2).probabilityAllRight).toBeLessThan(0.99);
  });

  test('leads to another question while another doubt is worth it, and to no third', () => {
    const numbers: Numbers = [
      [1, 0.6],
      [2, 0.4],
    ];
    const three = receiptOf([
      [WATER, numbers],
      [TEA, numbers],
      [productId('jam'), numbers],
    ]);
    const policy = { ...DECISION_POLICY, costs: { ...DECISION_POLICY.costs, reviewMinor: 1e9 } };
    const first = decided(three, NO_KNOWLEDGE, policy).question!;
    const toFirst = { question: first, answerId: first.answers[0]!.answerId };
    const second = chargeAfterAnswers(three, [toFirst], store).nextQuestion!;
    expect(second.productIds).not.toEqual(first.productIds);
    const toSecond = { question: second, answerId: second.answers[0]!.answerId };
    expect(chargeAfterAnswers(three, [toFirst, toSecond], store).nextQuestion).toBe(null);
    expect(charge(2)).toMatchObject({ nextQuestion: null });
  });

  test('of shoppers whom nobody believes changes little', () => {
    const doubted = { ...store, knowledge: { ...NO_KNOWLEDGE, shopperTrust: 0.5 } };
    const two = question!.answers.find(({ claims }) => claims?.[0]?.quantityMin === 2)!;
    const replies = [{ question: question!, answerId: two.answerId }];
    expect(chargeAfterAnswers(doubt, replies, doubted)).toMatchObject({ chargedMinor: 450 });
  });
});

describe('the budget', () => {
  /** A day: one in `doubtfulEvery` receipts is in doubt, by how much varies. */
  function day(seed: number, visits: number, doubtfulEvery: number) {
    const random = seededRandom(seed);
    let knowledge = NO_KNOWLEDGE;
    const looked: boolean[] = [];
    const doubts: number[] = [];
    for (let nth = 0; nth < visits; nth++) {
      const doubt = random.below(doubtfulEvery) === 0 ? 0.05 + 0.45 * random.uniform() : 0.001;
      const doubtful = receiptOf(
        [
          [
            TEA,
            [
              [2, 1 - doubt],
              [1, doubt],
            ],
          ],
        ],
        `${seed}-${nth}`,
      );
      const { resolution, knowledge: next } = settle(doubtful, knowledge, DECISION_POLICY);
      knowledge = next;
      looked.push(resolution.decision === 'ask' || resolution.decision === 'review');
      doubts.push(doubt);
    }
    return { knowledge, looked, doubts };
  }

  test.each([2, 10, 100])('holds in every stretch of a stream, one in %i doubtful', (doubtfulEvery) => {
    const { looked } = day(doubtfulEvery, 3000, doubtfulEvery);
    const sums = [0];
    for (const is of looked) sums.push(sums.at(-1)! + (is ? 1 : 0));
    const { lookShareMax, looksSavedMax } = DECISION_POLICY;
    for (let from = 0; from < sums.length; from += 7)
      for (let to = from; to < sums.length; to += 13)
        expect(sums[to]! - sums[from]!).toBeLessThanOrEqual(
          lookShareMax * (to - from) + looksSavedMax + 1 + 1e-6,
        );
  });

  test('is spent where it saves most, and nearly all of it; the rest is resolved for the shopper', () => {
    const { knowledge, looked, doubts } = day(1, 4000, 2);
    const later = doubts.map((doubt, nth) => [doubt, looked[nth]!] as const).slice(1000);
    const share = later.filter(([, is]) => is).length / later.length;
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThanOrEqual(0.055);
    const mean = (isLooked: boolean): number => {
      const of = later.filter(([doubt, is]) => doubt > 0.01 && is === isLooked);
      const costs = of.map(([doubt]) => {
        const numbers: Numbers = [
          [2, 1 - doubt],
          [1, doubt],
        ];
        return decided(receiptOf([[TEA, numbers]]), NO_KNOWLEDGE, NO_LOOKING).expectedCostMinor;
      });
      return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    };
    expect(mean(true)).toBeGreaterThan(1.2 * mean(false));
    expect(knowledge.looks.minuteMinor).toBeGreaterThan(0);
    expect(knowledge.counts.waivedMinor).toBeGreaterThan(0);
    const { charged, asked, reviewed, waived } = knowledge.counts;
    expect(charged + asked + reviewed + waived).toBe(4000);
  });

  test('a minute costs nothing while the budget is not used up', () => {
    expect(day(3, 2000, 100).knowledge.looks.minuteMinor).toBe(0);
  });
});

describe('in plain words', () => {
  test('nothing proven', () => {
    const text = describePolicy(
      { ...NO_KNOWLEDGE, threshold: { kind: 'too-few-visits', visits: 12, visitsNeeded: 46_050 } },
      DECISION_POLICY,
      'EUR',
    );
    expect(text[0]).toBe('Nothing is proven yet: 12 visits, at least 46050 are needed with 2 % audited.');
    expect(text.join(' ')).toContain('expected cost');
  });

  test('a threshold that the budget cannot follow', () => {
    const [, below] = describePolicy(proven(0.97), { ...DECISION_POLICY, lookShareMax: 0.03 }, 'EUR');
    expect(below).toContain('more than may be looked at, 3 %: doubtful lines of the rest are left out');
    expect(describePolicy(proven(0.97), DECISION_POLICY, 'EUR')[1]).not.toContain('left out');
  });

  test('what is proven, on how many visits, what it costs, and who is doubted', () => {
    const knowledge: DecisionKnowledge = {
      ...proven(0.97),
      visits: 1000,
      counts: { charged: 950, asked: 30, reviewed: 10, waived: 10, waivedMinor: 4210 },
      judges: [{ judgedBy: 'shopper', verdicts: 9, audited: 4, differences: 3, pValue: 0.001, weight: 0.2 }],
    };
    const text = describePolicy(knowledge, DECISION_POLICY, 'EUR').join('\n');
    for (const part of [
      'Proven on the last 50000 visits, 2000 of them looked at: with 90 % confidence, at most 0.5 % of visits',
      'from a stated certainty of 97 % on; 4 % of visits are below',
      'left out EUR 42.10',
      'audits differ on 3 of 4); they count 20 %',
      '15.00',
    ])
      expect(text).toContain(part);
  });
});
