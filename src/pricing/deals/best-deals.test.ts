/** The search against trying everything, on ten thousand small baskets. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { bruteForce } from '../../../test/pricing/brute-force.ts';
import { randomShop } from '../../../test/pricing/random-baskets.ts';
import type { RandomShop } from '../../../test/pricing/random-baskets.ts';
import { basketUnits } from '../basket-units.ts';
import type { Unit } from '../basket-units.ts';
import { buildPriceBook } from '../price-book.ts';
import { buildPromotions } from '../promotion-book.ts';
import { bestDeals } from './best-deals.ts';
import type { BestDeals } from './best-deals.ts';
import { setDeal } from './set-deal.ts';

const BASKETS = 10_000;

function solved({ rows, lines, promotions }: RandomShop): { units: Unit[]; best: BestDeals } {
  const prices = buildPriceBook(rows);
  if (!prices.ok) throw new Error(JSON.stringify(prices.problem));
  const book = buildPromotions({ where: 'promotions', currency: 'GBP', promotions }, prices.value);
  if (!book.ok) throw new Error(JSON.stringify(book.problem));
  const units = basketUnits(
    {
      currency: 'GBP',
      lines,
      localTime: { date: '2026-03-14', minuteOfDay: 600, zone: 'Europe/London' },
      shopper: { isMember: false, coupons: [], priorUses: new Map() },
      tender: null,
      bags: 0,
    },
    prices.value,
  );
  const deals = book.value.promotions.flatMap((promotion) => {
    const deal = setDeal(promotion, units);
    const usesLeft = promotion.terms.limits.perTransaction ?? Infinity;
    return deal ? [{ ...deal, usesLeft, budgetLeft: Infinity }] : [];
  });
  return { units, best: bestDeals({ units, places: units.map((_, place) => place) }, deals) };
}

test('nothing that can be combined saves more, or as much with fewer applications', () => {
  const random = seededRandom(20260314);
  for (let basket = 0; basket < BASKETS; basket++) {
    const shop = randomShop(random, { units: 8, promotions: 5 });
    const { units, best } = solved(shop);
    const found = {
      exact: best.claims.reduce((sum, { exact }) => sum + exact, 0),
      applications: best.claims.length,
    };
    const told = `basket ${basket}: ${JSON.stringify(shop)}`;
    expect(best.gapMinor, told).toBe(0);
    expect(found, told).toEqual(bruteForce(units, shop.promotions));
    const taken = best.claims.flatMap(({ places }) => places);
    expect(new Set(taken).size, told).toBe(taken.length);
  }
});
