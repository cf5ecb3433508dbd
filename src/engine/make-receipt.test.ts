import { describe, expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
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
  unlikely: [line('maybe', 1)],
  probabilityAllRight,
});

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
    const receipt = makeReceipt(visit, basket([line('tea', 2), line('jam', 1)]), shop);
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
      probabilityAllRight: 0.999,
      decision: 'charge',
    });
  });

  test('is empty and certain where nothing was taken', () => {
    const receipt = makeReceipt(visit, basket([], 1), catalogue({ tea: money(199, 'JPY') }));
    expect(receipt).toMatchObject({ lines: [], total: money(0, 'JPY'), decision: 'charge' });
  });

  test('leaves a doubtful one to people', () => {
    const shop = catalogue({ tea: money(19_900, 'USD') });
    expect(makeReceipt(visit, basket([line('tea', 1)], 0.5), shop).decision).toBe('review');
    expect(makeReceipt(visit, basket([line('tea', 1)], 0), shop).decision).not.toBe('charge');
  });
});

describe('prices', () => {
  test('a product without a price has no amount and is not charged', () => {
    const shop = catalogue({ tea: money(199, 'USD'), jam: null });
    const receipt = makeReceipt(visit, basket([line('jam', 3), line('tea', 1)]), shop);
    expect(receipt.lines[0]).toMatchObject({ unitPrice: null, amount: null, quantity: 3 });
    expect(receipt.total).toEqual(money(199, 'USD'));
  });

  test('a product that the catalogue lacks is named by its code', () => {
    const receipt = makeReceipt(visit, basket([line('0711', 1)]), catalogue({}));
    expect(receipt.lines[0]).toMatchObject({ name: '0711', unitPrice: null });
    expect(receipt.total.minor).toBe(0);
  });

  test.each(['USD', 'JPY', 'KWD'] as const)(
    'the total is in the currency of the catalogue: %s',
    (currency) => {
      const shop = catalogue({ jam: null, tea: money(5, currency) });
      expect(makeReceipt(visit, basket([line('tea', 3)]), shop).total).toEqual(money(15, currency));
    },
  );

  test('a price in another currency counts as none: a bad row cannot stop the shop', () => {
    const shop = catalogue({ tea: money(199, 'USD'), jam: money(350, 'EUR') });
    const receipt = makeReceipt(visit, basket([line('tea', 1), line('jam', 1)]), shop);
    expect(receipt.lines[1]).toMatchObject({ unitPrice: null, amount: null });
    expect(receipt.total).toEqual(money(199, 'USD'));
  });
});
