/**
 * A checkout as a file: the store, its prices, promotions and rates, one basket, and who pays. Baskets and prices are
 * written in the words of cases (docs/guide/cases.md), so a case becomes a sale by adding a store and a payer.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { isIdText, partyId, paymentId, storeId, visitId } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import type { BasketLine, PricedBasket } from '../../pricing/index.ts';
import { goodsOf } from '../../receipts/index.ts';
import type { LineFacts, ReceiptGoods } from '../../receipts/index.ts';
import { basketFields, pricedInput, readTaxPack } from '../cases/index.ts';
import { formProblems } from '../form-problems.ts';
import { localTimeAt } from './local-clock.ts';
import type { CheckoutProblemCode } from './problem-codes.ts';

const PAGE = 'docs/guide/checkout.md';
const FORM = { formCode: 'CHECKOUT_FORM', keyUnknownCode: 'CHECKOUT_KEY_UNKNOWN', page: PAGE } as const;
const HOLD_MINOR = 2000;
const CAP_MINOR = 20_000;

const idText = z.string().refine(isIdText, { message: 'a name has 1 to 128 printable characters' });
const amount = z.int().nonnegative();

const sellerForm = strictForm({
  legalName: z.string().min(1),
  storeName: z.string().nullable().default(null),
  addressLines: z.array(z.string()),
  country: z.string().regex(/^[A-Z]{2}$/, { message: 'a country has two capital letters, such as GB' }),
  taxIds: z
    .array(
      strictForm({
        kind: z.enum(['vat', 'abn', 'gst-hst', 'qst', 'gst', 'sales-tax-permit']),
        value: z.string().min(1),
      }),
    )
    .default([]),
  contact: z.string().nullable().default(null),
});

const { currency: _, when: __, ...fields } = basketFields;

export const checkoutForm = strictForm({
  formatVersion: z.literal(1),
  kind: z.literal('checkout'),
  store: strictForm({
    storeId: idText.transform(storeId),
    series: idText,
    zone: z.string(),
    seller: sellerForm,
  }),
  pack: z.string(),
  /** What products are called on the receipt; their keys in `prices` where nothing is said. */
  names: z.record(z.string(), z.string()).default({}),
  payer: strictForm({
    paymentId: idText.transform(paymentId),
    card: strictForm({
      token: z.string().min(1),
      label: z.string().min(1),
      holdMinor: amount.default(HOLD_MINOR),
      capMinor: amount.default(CAP_MINOR),
    }),
  }),
  ...fields,
});

export type Checkout = z.output<typeof checkoutForm>;

function problem(code: CheckoutProblemCode, where: string, what: string): readonly DataProblem[] {
  return [{ code, where, what, remedy: `Correct the file; ${PAGE} shows the form.` }];
}

export function readCheckout(file: string): Result<Checkout, readonly DataProblem[]> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused(
      problem('CHECKOUT_UNREADABLE', file, error instanceof Error ? error.message : String(error)),
    );
  }
  const read = checkoutForm.safeParse(content);
  if (!read.success) return refused(formProblems(read.error.issues, file, FORM));
  const { zone } = read.data.store;
  if (localTimeAt(0, zone) === null)
    return refused(problem('CHECKOUT_ZONE_UNKNOWN', `${file}:store.zone`, `there is no zone ${zone}`));
  return ok(read.data);
}

/** What a shop made of a visit, in place of the basket that a file keys in. */
export interface JudgedBasket {
  readonly atMs: number;
  readonly lines: readonly BasketLine[];
  readonly facts: readonly LineFacts[];
}

/** What a checkout's basket costs at a moment, and what of it a receipt says. */
export function pricedCheckout(
  checkout: Checkout,
  judged: JudgedBasket | null,
): Result<{ readonly basket: PricedBasket; readonly goods: ReceiptGoods }, readonly DataProblem[]> {
  const { store, pack: packName, names, payer: _payer, formatVersion: _v, kind: _k, ...input } = checkout;
  const pack = readTaxPack(packName);
  if (!pack.ok) return pack;
  const when = localTimeAt(judged?.atMs ?? Date.now(), store.zone) ?? '';
  const basket = pricedInput({ ...input, currency: pack.value.currency, when }, pack.value, judged?.lines);
  if (!basket.ok) return basket;
  const inZone: PricedBasket = {
    ...basket.value,
    localTime: { ...basket.value.localTime, zone: store.zone },
  };
  const keyedIn = inZone.lines.map((line): LineFacts => {
    const price = input.prices[line.productId];
    return {
      lineId: line.lineId,
      name: names[line.productId] ?? line.productId,
      perKilogramMinor: line.grams === null ? null : (price?.perKilogram ?? null),
      probability: null,
      evidence: [{ kind: 'associate', ref: 'keyed in at the counter', hash: null }],
    };
  });
  const facts = judged?.facts ?? keyedIn;
  const goods = goodsOf({ basket: inZone, facts, authorityNames: pack.value.authorities });
  return ok({ basket: inZone, goods });
}

/** Who pays, as a payment knows it. */
export function partyOf(checkout: Checkout): {
  readonly partyId: ReturnType<typeof partyId>;
  readonly visitIds: readonly ReturnType<typeof visitId>[];
} {
  const { paymentId: name } = checkout.payer;
  return { partyId: partyId(name), visitIds: [visitId(name)] };
}
