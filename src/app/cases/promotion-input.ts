/** Promotions in a case's words: percentages as numbers, products as names, hours as clock times. */
import { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import { productId } from '../../domain/index.ts';
import { listed, NO_LIMITS, promotionId } from '../../pricing/index.ts';
import type { Deal, DealKind, Hours, Off, ProductGroup, Promotion } from '../../pricing/index.ts';

const BPS_PER_PERCENT = 100;
const MINUTES_PER_HOUR = 60;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const count = z.int();

/** Whole basis points; 33.33 is 3333 of them. */
const percent = z.number().refine((value) => Number.isSafeInteger(Math.round(value * BPS_PER_PERCENT)));
const offInput = z.union([
  strictForm({ percent }).transform(({ percent: share }): Off => ({
    kind: 'percent',
    bps: Math.round(share * BPS_PER_PERCENT),
  })),
  strictForm({ amount: count }).transform(({ amount }): Off => ({ kind: 'amount', minor: amount })),
  strictForm({ price: count }).transform(({ price }): Off => ({ kind: 'price', minor: price })),
  z.literal('free').transform((): Off => ({ kind: 'percent', bps: 100 * BPS_PER_PERCENT })),
]);

const names = z.array(z.string());
const groupInput = z.union([
  names.transform((ids): ProductGroup => listed(...ids.map(productId))),
  z.literal('everything').transform((): ProductGroup => ({ kind: 'everything', except: [] })),
  strictForm({ everythingBut: names }).transform(({ everythingBut }): ProductGroup => ({
    kind: 'everything',
    except: everythingBut.map(productId),
  })),
]);
const products = groupInput;
const everything = groupInput.default({ kind: 'everything', except: [] });
const slot = strictForm({ products, units: count });
const tiers = z.array(strictForm({ from: count, off: offInput }));

const partInput = z.union([
  strictForm({ product: z.string(), units: count.default(1) }).transform(
    ({ product, units }) => ({ kind: 'product', productId: productId(product), units }) as const,
  ),
  strictForm({ bundle: z.string(), units: count.default(1) }).transform(
    ({ bundle, units }) => ({ kind: 'bundle', promotionId: promotionId(bundle), units }) as const,
  ),
]);

const kind = <Kind extends DealKind>(name: Kind): z.ZodLiteral<Kind> => z.literal(name);

export const dealInput = z.discriminatedUnion('kind', [
  strictForm({ kind: kind('unit-off'), products, off: offInput }),
  strictForm({ kind: kind('quantity-break'), products, tiers }),
  strictForm({ kind: kind('weighed'), products, gramsMin: count, off: offInput }),
  strictForm({ kind: kind('n-for-total'), products, units: count, totalMinor: count }),
  strictForm({
    kind: kind('buy-get'),
    buy: slot,
    get: strictForm({ products: products.nullable().default(null), units: count }),
    off: offInput,
  }),
  strictForm({ kind: kind('nth-item'), products, nth: count, off: offInput }),
  strictForm({
    kind: kind('mix-and-match'),
    slots: z.array(slot),
    reward: z.union([
      z.literal('cheapest free').transform(() => ({ kind: 'cheapest-free' }) as const),
      offInput,
    ]),
  }),
  strictForm({ kind: kind('bundle'), parts: z.array(partInput), off: offInput }),
  strictForm({
    kind: kind('coupon'),
    code: z.string(),
    products: everything,
    unitsMin: count.default(1),
    appliesTo: z.enum(['one-unit', 'every-unit', 'group']),
    off: offInput,
  }),
  strictForm({ kind: kind('threshold'), products: everything, tiers }),
  strictForm({
    kind: kind('order-off'),
    products: everything,
    off: offInput,
    isCompound: z.boolean().default(true),
  }),
  strictForm({
    kind: kind('free-gift'),
    products: everything,
    spendMinor: count,
    gift: z.string().transform(productId),
  }),
  strictForm({ kind: kind('tender-off'), tender: z.string(), products: everything, off: offInput }),
]);

const clock = z
  .string()
  .regex(/^\d\d:\d\d$/)
  .transform((text) => Number(text.slice(0, 2)) * MINUTES_PER_HOUR + Number(text.slice(3)));

const hoursInput = strictForm({
  from: z.string().nullable().default(null),
  until: z.string().nullable().default(null),
  weekdays: z.array(z.enum(WEEKDAYS)).nullable().default(null),
  dayParts: z
    .array(z.tuple([clock, clock]))
    .nullable()
    .default(null),
}).transform(({ from, until, weekdays, dayParts }): Hours => ({
  fromDate: from,
  untilDate: until,
  weekdays: weekdays && weekdays.map((day) => WEEKDAYS.indexOf(day) + 1),
  dayParts: dayParts && dayParts.map(([fromMinute, untilMinute]) => ({ fromMinute, untilMinute })),
}));

const limit = count.nullable().default(null);
const termsInput = {
  name: z.string().default(''),
  funder: z.enum(['store', 'manufacturer', 'third-party']).default('store'),
  hours: hoursInput.default({ fromDate: null, untilDate: null, weekdays: null, dayParts: null }),
  forMembers: z.boolean().default(false),
  isPersonal: z.boolean().default(false),
  zone: count.default(0),
  isExclusive: z.boolean().default(false),
  limits: strictForm({ perTransaction: limit, perShopper: limit, perDay: limit, budgetMinor: limit }).default(
    NO_LIMITS,
  ),
};

export const promotionInput = strictForm({ id: z.string(), deal: dealInput, ...termsInput }).transform(
  ({ id, deal, ...terms }): Promotion => {
    const given: Deal = deal;
    return { promotionId: promotionId(id), terms, deal: given };
  },
);
