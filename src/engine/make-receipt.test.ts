import { describe, expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import { DECISION_POLICY, NO_KNOWLEDGE } from '../decision/index.ts';
import { buildCatalogue, money, productId, trackId, visitId } from '../domain/index.ts';
import type { Basket, BasketLine, Catalogue, Money, Visit } from '../domain/index.ts';
import { makeReceipt } from './make-receipt.ts';

const visit: Visit = {
  visitId: visitId('visit-1'),
  state: 'settled',
  trackIds: [trackId('7'), trackId('8')],
  enteredAtMs: epochMs(1000),
  lastSeenAtMs: epochMs(9000),
};

const line = (code: string, quantity: number): BasketLine => ({
  productId: productId(code),
  quantity,
  probability: 0.999,
  status: 'sure',
  alternatives: [],
});

const basket = (lines: readonly BasketLine[], probabilityAllRight = 0.999): Basket => ({
  visitId: visit.visitId,
  lines,
  unlikely: [{ ...line('maybe', 1), probability: 0.001 }],
  probabilityAllRight,
});

const of = (basketAtExit: Basket, shop: Catalogue) =>
  makeReceipt(
    { visit, basket: basketAtExit, alternatives: [], catalogue: shop },
    { knowledge: NO_KNOWLEDGE, policy: DECISION_POLICY },
  ).receipt;

function catalogue(prices: Readonly<Record<string, Money | null>>): Catalogue {
  const rows = Object.entries(prices).map(([code, price]) => ({
    code,
    name: `Name of ${code}`,
    weightGrams: 100,
    price,
    imageUrl: null,
    where: 'test',
  }));
  return buildCatalogue(rows).catalogue;
}

describe('a receipt', () => {
  test('has names, amounts, the total and the decision of its basket', () => {
    const shop = catalogue({ tea: money(199, 'EUR'), jam: money(350, 'EUR') });
    const receipt = of(basket([line('tea', 2), line('jam', 1)]), shop);
    expect(receipt).toMatchObject({
      visitId: 'visit-1',
      trackIds: ['7', '8'],
      revision: 1,
      enteredAtMs: 1000,
      leftAtMs: 9000,
      lines: [
        { productId: 'tea', name: 'Name of tea', unitPrice: money(199, 'EUR'), amount: money(398, 'EUR') },
        { productId: 'jam', amount: money(350, 'EUR') },
      ],
      unlikely: [{ productId: 'maybe' }],
      total: money(748, 'EUR'),
      decision: 'charge',
    });
  });

  test('is empty and certain where nothing was taken', () => {
    const receipt = of(basket([], 1), catalogue({ tea: money(199, 'JPY') }));
    expect(receipt).toMatchObject({ lines: [], total: money(0, 'JPY'), decision: 'charge' });
  });

  test('leaves a doubtful one to people', () => {
    const shop = catalogue({ tea: money(19_900, 'USD') });
    const half = { ...line('tea', 1), probability: 0.5, alternatives: [{ quantity: 0, probability: 0.5 }] };
    expect(of(basket([half], 0.5), shop).decision).toBe('review');
    expect(of(basket([line('tea', 1)], 0.2), shop).decision).toBe('review');
  });
});

describe('prices', () => {
  test('a product without a price has no amount and is not charged', () => {
    const shop = catalogue({ tea: money(199, 'USD'), jam: null });
    const receipt = of(basket([line('jam', 3), line('tea', 1)]), shop);
    expect(receipt.lines[0]).toMatchObject({ unitPrice: null, amount: null, quantity: 3 });
    expect(receipt.total).toEqual(money(199, 'USD'));
  });

  test('a product that the catalogue lacks is named by its code', () => {
    const receipt = of(basket([line('0711', 1)]), catalogue({}));
    expect(receipt.lines[0]).toMatchObject({ name: '0711', unitPrice: null });
    expect(receipt.total.minor).toBe(0);
  });

  test.each(['USD', 'JPY', 'KWD'] as const)(
    'the total is in the currency of the catalogue: %s',
    (currency) => {
      const shop = catalogue({ jam: null, tea: money(5, currency) });
      expect(of(basket([line('tea', 3)]), shop).total).toEqual(money(15, currency));
    },
  );

  test('a price in another currency counts as none: a bad row cannot stop the shop', () => {
    const shop = catalogue({ tea: money(199, 'USD'), jam: money(350, 'EUR') });
    const receipt = of(basket([line('tea', 1), line('jam', 1)]), shop);
    expect(receipt.lines[1]).toMatchObject({ unitPrice: null, amount: null });
    expect(receipt.total).toEqual(money(199, 'USD'));
  });
});

describe('what is charged', () => {
  test('is what was told, where that is sure', () => {
    const shop = catalogue({ tea: money(199, 'EUR') });
    const { charge, isAudited, question } = of(basket([line('tea', 2)]), shop);
    expect(charge).toMatchObject({
      items: [{ productId: 'tea', quantity: 2 }],
      total: money(398, 'EUR'),
      waived: money(0, 'EUR'),
    });
    expect([typeof isAudited, question]).toEqual(['boolean', null]);
  });

  test('is never what nobody can price', () => {
    expect(of(basket([line('jam', 3)]), catalogue({ jam: null })).charge.items).toEqual([]);
  });

  test('keeps what fusion told beside what it means, for judging it later', () => {
    const shop = catalogue({ tea: money(199, 'EUR') });
    expect(of(basket([line('tea', 2)], 0.97), shop).uncalibrated).toEqual({
      probabilityAllRight: 0.97,
      lines: [0.999],
    });
  });
});

describe('probabilities', () => {
  const half = { ...NO_KNOWLEDGE.lines, belowSlope: 0.5, aboveSlope: 0.5, cases: 100 };
  const learnt = { ...NO_KNOWLEDGE, lines: half };
  const doubted = {
    ...line('tea', 2),
    probability: 0.9,
    alternatives: [
      { quantity: 1, probability: 0.08 },
      { quantity: 0, probability: 0.02 },
    ],
  };
  const told = (knowledge: typeof NO_KNOWLEDGE, policy = DECISION_POLICY) =>
    makeReceipt(
      {
        visit,
        basket: basket([doubted], 0.9),
        alternatives: [],
        catalogue: catalogue({ tea: money(199, 'EUR') }),
      },
      { knowledge, policy, visitPrefix: 'monday/' },
    );

  test('of lines are shown calibrated, what else is possible shares the rest, and the raw ones are kept', () => {
    const { receipt } = told(learnt);
    const [shown] = receipt.lines;
    // logit 0.9 = ln 9, halved: odds of 3.
    expect(shown!.probability).toBeCloseTo(0.75, 10);
    expect(shown!.alternatives.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.2, 10),
      expect.closeTo(0.05, 10),
    ]);
    expect(shown!.status).toBe('sure');
    expect(receipt.uncalibrated.lines).toEqual([0.9]);
    expect(told(NO_KNOWLEDGE).receipt.lines[0]!.probability).toBeCloseTo(0.9, 10);
  });

  test('decisions keep the visit under a name that no other run gives, the receipt under its own', () => {
    const { receipt, knowledge } = told(NO_KNOWLEDGE, { ...DECISION_POLICY, auditShare: 1 });
    expect(knowledge.chosen.map(({ visitId: name }) => name)).toEqual(['monday/visit-1']);
    expect(receipt.visitId).toBe('visit-1');
  });
});
