/** A basket to be priced in a case's words: `"3 tea"`, `"450 g cheese"`; prices in minor units by name. */
import { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import { CURRENCY_EXPONENT, productId } from '../../domain/index.ts';
import type { Currency, DataProblem } from '../../domain/index.ts';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { buildPriceBook, buildPromotions, priceBasket, promotionId } from '../../pricing/index.ts';
import type {
  BasketLine,
  PriceBookRows,
  PricedBasket,
  PriceWindow,
  PricingRequest,
  TaxPack,
} from '../../pricing/index.ts';
import { promotionInput } from './promotion-input.ts';

const CURRENCIES = Object.keys(CURRENCY_EXPONENT) as [Currency, ...Currency[]];
const MINUTES_PER_HOUR = 60;
const DAY = 'YYYY-MM-DD'.length;

const minor = z.number();
const date = z.string().nullable().default(null);
const productInput = z.union([
  minor.transform((each) => ({
    each,
    perKilogram: null,
    members: null,
    history: [],
    currency: undefined,
    class: 'standard',
    hot: false,
    volumeMl: null,
    pieces: 1,
    fees: {},
  })),
  strictForm({
    each: minor.nullable().default(null),
    perKilogram: minor.nullable().default(null),
    members: minor.nullable().default(null),
    /** Other days' prices, which a product may have instead of one price for all days. */
    history: z
      .array(strictForm({ price: minor, from: date, until: date, members: minor.nullable().default(null) }))
      .default([]),
    currency: z.enum(CURRENCIES).optional(),
    class: z.string().default('standard'),
    hot: z.boolean().default(false),
    volumeMl: z.int().nullable().default(null),
    pieces: z.int().default(1),
    fees: z.record(z.string(), z.int()).default({}),
  }),
]);

const taken = z.string().regex(/^\d+ (?:g )?\S.*$/);
const lineInput = z.union([
  taken.transform((take) => ({ take, label: null, labelAllowsPromotions: true })),
  strictForm({ take: taken, label: minor, labelAllowsPromotions: z.boolean().default(false) }),
]);

const useInput = strictForm({
  byShopper: z.int().default(0),
  today: z.int().default(0),
  spentMinor: z.int().default(0),
});

export const basketFields = {
  currency: z.enum(CURRENCIES).default('GBP'),
  prices: z.record(z.string(), productInput),
  promotions: z.array(promotionInput).default([]),
  promotionCurrency: z.enum(CURRENCIES).optional(),
  basket: z.array(lineInput),
  when: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/)
    .default('2026-03-14 10:00'),
  member: z.boolean().default(false),
  coupons: z.array(z.string()).default([]),
  priorUses: z.record(z.string(), useInput).default({}),
  tender: z.string().nullable().default(null),
  bags: z.int().default(0),
};

const basketSchema = strictForm(basketFields);
export type BasketInput = z.output<typeof basketSchema>;
type ProductInput = BasketInput['prices'][string];

function windowsOf({ each, perKilogram, members, history }: ProductInput): PriceWindow[] {
  const single = each ?? perKilogram;
  const always = { fromDate: null, untilDate: null };
  return [
    ...(single === null ? [] : [{ ...always, priceMinor: single, loyaltyMinor: members }]),
    ...history.map(({ price, from, until, members: loyaltyMinor }) => ({
      fromDate: from,
      untilDate: until,
      priceMinor: price,
      loyaltyMinor,
    })),
  ];
}

function rowsOf(input: BasketInput, includesTax: boolean): PriceBookRows {
  const products = Object.entries(input.prices).map(([name, product]) => ({
    productId: productId(name),
    soldBy: product.perKilogram === null ? ('unit' as const) : ('kilogram' as const),
    prices: windowsOf(product),
    currency: product.currency,
    tax: {
      taxClass: product.class,
      isHot: product.hot,
      volumeMl: product.volumeMl,
      pieces: product.pieces,
      fees: Object.entries(product.fees).map(([fee, count]) => ({ fee, count })),
    },
  }));
  return { where: 'prices', currency: input.currency, includesTax, products };
}

function lineOf(
  { take, label, labelAllowsPromotions }: BasketInput['basket'][number],
  index: number,
): BasketLine {
  const [, digits = '', grams, name = ''] = /^(\d+) (g )?(.*)$/.exec(take) ?? [];
  const count = Number(digits);
  return {
    lineId: `${index + 1}`,
    productId: productId(name),
    amount: grams === undefined ? { kind: 'units', units: count } : { kind: 'grams', grams: count },
    label: label === null ? null : { priceMinor: label, allowsPromotions: labelAllowsPromotions },
  };
}

function requestOf(input: BasketInput, lines: readonly BasketLine[]): PricingRequest {
  const [hours = '10', minutes = '0'] = input.when
    .slice(DAY + 1)
    .split(':')
    .filter((text) => text !== '');
  const uses = Object.entries(input.priorUses).map(([id, use]) => [promotionId(id), use] as const);
  return {
    currency: input.currency,
    lines,
    localTime: {
      date: input.when.slice(0, DAY),
      minuteOfDay: Number(hours) * MINUTES_PER_HOUR + Number(minutes),
      zone: 'Etc/UTC',
    },
    shopper: { isMember: input.member, coupons: input.coupons, priorUses: new Map(uses) },
    tender: input.tender,
    bags: input.bags,
  };
}

/** The case's basket, or other lines in its stead, priced with the rates given. */
export function pricedInput(
  input: BasketInput,
  pack: TaxPack,
  lines: readonly BasketLine[] = input.basket.map(lineOf),
): Result<PricedBasket, readonly DataProblem[]> {
  const prices = buildPriceBook(rowsOf(input, pack.includesTax));
  if (!prices.ok) return refused(prices.problem);
  const { promotions, promotionCurrency } = input;
  const rows = { where: 'promotions', currency: promotionCurrency ?? input.currency, promotions };
  const book = buildPromotions(rows, prices.value);
  if (!book.ok) return refused(book.problem);
  const books = { prices: prices.value, promotions: book.value, taxes: pack };
  const basket = priceBasket(requestOf(input, lines), books);
  return basket.ok ? ok(basket.value) : refused(basket.problem);
}

/** Codes only: words may change. */
export function refusal(problems: readonly DataProblem[]): { readonly refused: readonly string[] } {
  return { refused: [...new Set(problems.map(({ code }) => code))].toSorted() };
}
