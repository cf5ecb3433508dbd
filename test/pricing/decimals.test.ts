/** Yen have no decimals and dinars three: through promotions, taxes and cash, worked out by hand. */
import { expect, test } from 'vitest';
import { productId } from '../../src/domain/index.ts';
import type { Currency } from '../../src/domain/index.ts';
import { listed, PLAIN_TAX, PLAIN_TERMS, promotionId } from '../../src/pricing/index.ts';
import type { Deal, PricedBasket, TaxPack } from '../../src/pricing/index.ts';
import { booksOf, linesOf, priced, VAT } from './shops.ts';

const item = productId('item');

function bought(
  priceMinor: number,
  given: { currency: Currency; units: number; deal: Deal; pack: Partial<TaxPack>; perMillion: number },
): PricedBasket {
  const { currency, units, deal, perMillion } = given;
  const rate = { taxClass: 'standard', authority: 'state', perMillion, fromDate: null, untilDate: null };
  const pack: TaxPack = { ...VAT, rates: [rate], currency, ...given.pack };
  const prices = [{ fromDate: null, untilDate: null, priceMinor, loyaltyMinor: null }];
  const products = [{ productId: item, soldBy: 'unit' as const, prices, tax: PLAIN_TAX }];
  const rows = { where: 'prices', currency, includesTax: pack.includesTax, products };
  const promotions = [{ promotionId: promotionId('p'), terms: PLAIN_TERMS, deal }];
  const books = booksOf({ rows, promotions }, pack);
  return priced({ currency, lines: linesOf({ item: units }), tender: 'cash' }, books);
}

const percentOff = (bps: number): Deal => ({
  kind: 'unit-off',
  products: listed(item),
  off: { kind: 'percent', bps },
});

test('yen: a tenth off three at 297 is 89.1, so 89; 8 % inside 802 is 59.4, so 59', () => {
  const pack = { includesTax: true };
  const { totals, lines } = bought(297, {
    currency: 'JPY',
    units: 3,
    deal: percentOff(1000),
    pack,
    perMillion: 80_000,
  });
  expect(totals).toMatchObject({ discountMinor: 89, netMinor: 802, taxMinor: 59, totalMinor: 802 });
  expect(lines[0]!.units.map(({ netMinor }) => netMinor).toSorted()).toEqual([267, 267, 268]);
  expect(lines[0]!.units.reduce((sum, { taxes }) => sum + taxes[0]!.minor, 0)).toBe(59);
});

test('dinars: an eighth off 2.500 is 0.3125, so 0.313; 5 % on 2.187 is 0.10935, so 0.109; cash to 5 fils', () => {
  const pack = {
    includesTax: false,
    rounding: { basis: 'receipt', tie: 'half-up', carriedDecimals: 4 },
    cashRounding: { stepMinor: 5, tie: 'half-down' },
  } as const;
  const { totals } = bought(1250, {
    currency: 'KWD',
    units: 2,
    deal: percentOff(1250),
    pack,
    perMillion: 50_000,
  });
  expect(totals).toMatchObject({ discountMinor: 313, netMinor: 2187, taxMinor: 109, totalMinor: 2296 });
  expect(totals).toMatchObject({ cashAdjustmentMinor: -1, toPayMinor: 2295 });
});

test('dinars carried to the currency’s own three decimals are cut there, not at hundredths', () => {
  const pack = { includesTax: false, rounding: { ...VAT.rounding, carriedDecimals: 3 } };
  const { totals } = bought(1250, {
    currency: 'KWD',
    units: 3,
    deal: percentOff(1),
    pack,
    perMillion: 50_000,
  });
  // 3.750 less 0.000375, so less 0; 5 % is 0.1875, cut to 0.187.
  expect(totals).toMatchObject({ netMinor: 3750, taxMinor: 187 });
});
