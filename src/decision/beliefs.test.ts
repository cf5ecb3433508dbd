import fc from 'fast-check';
import { expect, test } from 'vitest';
import { productId, visitId } from '../domain/index.ts';
import type { BasketAlternative, BasketLine } from '../domain/index.ts';
import { beliefsOf } from './beliefs.ts';
import type { Beliefs, Calibration, ReceiptInDoubt } from './beliefs.ts';
import { IDENTITY_MAP, mapped } from './beta-map.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const name = fc.constantFrom('water', 'tea', 'jam', 'oil').map(productId);
const IDENTITY: Calibration = { lines: IDENTITY_MAP, receipts: IDENTITY_MAP };
const TOO_SURE: Calibration = {
  lines: { belowSlope: 1, aboveSlope: 0.6, shift: 0.2, cases: 100 },
  receipts: { belowSlope: 0.8, aboveSlope: 0.5, shift: -0.5, cases: 100 },
};

const someLine = fc
  .tuple(name, fc.integer({ min: 1, max: 3 }), share, share)
  .map(([id, quantity, probability, other]): BasketLine => ({
    productId: id,
    quantity,
    probability,
    status: 'being-checked',
    alternatives: [
      { quantity: 0, probability: (1 - probability) * other },
      { quantity: quantity + 1, probability: (1 - probability) * (1 - other) },
    ],
  }));

const someAlternative = fc
  .tuple(fc.uniqueArray(fc.tuple(name, fc.integer({ min: 0, max: 3 })), { selector: ([id]) => id }), share)
  .map(([items, probability]): BasketAlternative => {
    return {
      items: items.map(([id, quantity]) => ({ productId: id, quantity })),
      probability: probability / 4,
    };
  });

/** Nothing is taken for granted: joint baskets and the receipt need not agree, and the told basket may have none. */
const someDoubt = fc
  .record({
    lines: fc.uniqueArray(someLine, { selector: ({ productId: id }) => id, maxLength: 4 }),
    probabilityAllRight: share,
    alternatives: fc.array(someAlternative, { maxLength: 4 }),
  })
  .map(({ lines, probabilityAllRight, alternatives }): ReceiptInDoubt => {
    const held = Math.floor(lines.length / 2);
    const told = lines.slice(held).map((line) => ({ ...line, name: '', unitPrice: null, amount: null }));
    const unlikely = lines.slice(0, held);
    const receipt = { visitId: visitId('visit'), lines: told, unlikely, probabilityAllRight };
    return { receipt, alternatives, unitPriceMinor: () => 100 };
  });

const massOf = ({ baskets, unlisted }: Beliefs): number =>
  baskets.reduce((sum, { probability }) => sum + probability, unlisted);

test('all that is possible adds up to one, and the told basket has its calibrated probability', () => {
  fc.assert(
    fc.property(someDoubt, fc.constantFrom(IDENTITY, TOO_SURE), (doubt, calibration) => {
      const beliefs = beliefsOf(doubt, calibration);
      expect(massOf(beliefs)).toBeCloseTo(1, 9);
      expect(beliefs.unlisted).toBeGreaterThanOrEqual(0);
      expect(beliefs.baskets.length).toBeLessThanOrEqual(64);
      expect(beliefs.baskets[0]!.quantities).toEqual(beliefs.told);
      const { probabilityAllRight } = doubt.receipt;
      expect(beliefs.baskets[0]!.probability).toBe(mapped(probabilityAllRight, calibration.receipts));
    }),
  );
});

test('no line is lost between what is sure and what is in doubt', () => {
  fc.assert(
    fc.property(someDoubt, (doubt) => {
      const { sure, products, told } = beliefsOf(doubt, IDENTITY);
      const found = new Map([
        ...sure.map(({ productId: id, quantity }) => [id, quantity] as const),
        ...products.map((id, i) => [id, told[i]!] as const),
      ]);
      for (const { productId: id, quantity } of doubt.receipt.lines) expect(found.get(id)).toBe(quantity);
    }),
  );
});
