/** How long a basket takes to price among many promotions, and what the search saves over simpler ways. */
import { buildPriceBook, buildPromotions, priceBasket } from '../src/pricing/index.ts';
import type { Books, PricedBasket, PromotionBook, TaxPack } from '../src/pricing/index.ts';
import { pricingShop } from './pricing-shop.ts';
import type { PricingShop, PricingSizes } from './pricing-shop.ts';
import { resultHash } from './result-hash.ts';

export interface PricingWay {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the thread alone, which neighbours on a shared machine do not lengthen. */
  readonly cpuP99Ms: number;
  readonly savedMinor: number;
  /** Baskets whose best is not proved, and by how much they could be better at most, together. */
  readonly unproved: number;
  readonly gapMinor: number;
  readonly hash: string;
}

const PACK: TaxPack = {
  place: 'a benchmark',
  currency: 'GBP',
  includesTax: true,
  asOf: '2026-01-01',
  sources: [],
  notice: '',
  classes: ['standard'],
  authorities: { state: 'State' },
  rates: [{ taxClass: 'standard', authority: 'state', perMillion: 200_000, fromDate: null, untilDate: null }],
  rules: [],
  fees: [],
  disclosures: [],
  lowersBase: { store: true, manufacturer: false, 'third-party': false },
  rounding: { basis: 'line', tie: 'half-up', carriedDecimals: null },
  cashRounding: null,
};

function valueOf<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

function booksOf({ rows, promotions }: PricingShop): Books {
  const prices = valueOf(buildPriceBook(rows));
  const book = buildPromotions({ where: 'promotions', currency: rows.currency, promotions }, prices);
  return { prices, promotions: valueOf(book), taxes: PACK };
}

/** The same promotions, each looked at for every basket. */
function withoutIndex(book: PromotionBook): PromotionBook {
  return { ...book, byProduct: new Map(), everywhere: book.promotions };
}

/** One promotion after the other, by id: each takes what it can. */
function oneByOne(shop: PricingShop): PricingShop {
  const promotions = shop.promotions.map((each, zone) => ({ ...each, terms: { ...each.terms, zone } }));
  return { ...shop, promotions };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function measured(name: string, books: Books, baskets: PricingShop['baskets']): PricingWay {
  const localTime = { date: '2026-03-14', minuteOfDay: 600, zone: 'Europe/London' };
  const shopper = { isMember: false, coupons: [], priorUses: new Map() };
  const times: number[] = [];
  const cpuTimes: number[] = [];
  const results: PricedBasket[] = [];
  for (const lines of baskets) {
    const cpuStart = process.threadCpuUsage();
    const startMs = performance.now();
    const result = priceBasket({ currency: 'GBP', lines, localTime, shopper, tender: null, bags: 0 }, books);
    times.push(performance.now() - startMs);
    const cpu = process.threadCpuUsage(cpuStart);
    cpuTimes.push((cpu.user + cpu.system) / 1000);
    results.push(valueOf(result));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = results.map(({ gapMinor }) => gapMinor);
  return {
    name,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    cpuP99Ms: quantile(
      cpuTimes.toSorted((a, b) => a - b),
      0.99,
    ),
    savedMinor: results.reduce((sum, { totals }) => sum + totals.discountMinor, 0),
    unproved: gaps.filter((gap) => gap > 0).length,
    gapMinor: gaps.reduce((sum, gap) => sum + gap, 0),
    // What is paid and why; promotions that gave nothing are not compared, for without an index more are looked at.
    hash: resultHash(results.map(({ lines, totals }) => ({ lines, totals }))),
  };
}

/** The first run of each way warms it up and is thrown away. */
export function runPricingBench(sizes: PricingSizes): PricingWay[] {
  const shop = pricingShop(sizes);
  const books = booksOf(shop);
  const ways: readonly (readonly [string, Books])[] = [
    ['best, indexed', books],
    ['best, no index', { ...books, promotions: withoutIndex(books.promotions) }],
    ['one by one', booksOf(oneByOne(shop))],
  ];
  for (const [name, each] of ways) measured(name, each, shop.baskets.slice(0, 50));
  return ways.map(([name, each]) => measured(name, each, shop.baskets));
}
