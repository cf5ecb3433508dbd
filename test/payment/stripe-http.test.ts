/** Whole payments by Stripe's adapter over real HTTP, with a double of Stripe that loses answers and fails half-way. */
import { afterEach, expect, test } from 'vitest';
import {
  STRIPE_DEFAULTS,
  STRIPE_SIGNATURE_HEADER,
  stripeProcessor,
  StripeWebhookGate,
} from '../../src/adapters/payment-stripe/index.ts';
import type { StripeSettings } from '../../src/adapters/payment-stripe/index.ts';
import { minor, money, paymentId } from '../../src/domain/index.ts';
import type { PaymentId } from '../../src/domain/index.ts';
import { balancesOf, isAtRest, paidMinorOf, phaseOf } from '../../src/payment/index.ts';
import type { PaymentTerms } from '../../src/payment/index.ts';
import { CARDS, DOUBLE_DEFAULTS, NO_STRIPE_FAULTS, StripeDouble } from '../stripe/index.ts';
import type { StripeFaults } from '../stripe/index.ts';
import { saleOf, TERMS, TIMING } from './desk.ts';
import { ShopOffice } from './shop-office.ts';

const SECRET = 'whsec_now';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Opened {
  readonly double: StripeDouble;
  readonly office: ShopOffice;
}

async function openBoth(faults: Partial<StripeFaults> = {}, isIncremental = true): Promise<Opened> {
  // The office has to know the double and the double the office: where webhooks go is filled in last.
  const webhooks = {
    url: '',
    secrets: ['whsec_next', SECRET],
    retryPauseMs: 10,
    attemptsMax: 50,
  };
  const double = new StripeDouble({
    seed: 5,
    pageSizeMax: 3,
    faults: { ...NO_STRIPE_FAULTS, ...faults },
    webhooks,
  });
  const settings: StripeSettings = {
    ...STRIPE_DEFAULTS,
    apiKey: DOUBLE_DEFAULTS.apiKey,
    isIncremental,
    timeoutMs: 5000,
    server: await double.listen(),
    onTrouble: () => undefined,
  };
  const gate = new StripeWebhookGate({ secrets: [SECRET], toleranceMs: 300_000, stripe: settings });
  const office = new ShopOffice(stripeProcessor(settings), ({ headers, rawBody }) =>
    gate.admit({
      header: String(headers[STRIPE_SIGNATURE_HEADER]),
      rawBody,
      nowMs: double.state.nowMs,
    }),
  );
  webhooks.url = await office.listen();
  closers.push(
    () => double.close(),
    () => office.close(),
  );
  return { double, office };
}

const names = Array.from({ length: 12 }, (_, index) => paymentId(`pay-${index + 1}`));
const totalOf = (name: PaymentId): number => 300 + names.indexOf(name) * 155;

/** Four payers, so that each has payments of which others must not be told. */
function termsOf(double: StripeDouble, name: PaymentId, card: string = CARDS.good): PaymentTerms {
  const customer = `cus_${(names.indexOf(name) % 4) + 1}`;
  double.state.customers.add(customer);
  return {
    ...TERMS,
    paymentId: name,
    card: { token: `${customer}/${card}`, firstHoldMinor: minor(1000) },
    // A hold that is buried counts; here so many go wrong that three may not be enough for one that stays.
    timing: { ...TIMING, holdCountMax: 20 },
  };
}

/** What Stripe has taken for a payment, given back, and how often it was asked to take. */
function takenOf(
  double: StripeDouble,
  name: PaymentId,
): { readonly captureCount: number; readonly capturedMinor: number; readonly refundedMinor: number } {
  let [captureCount, capturedMinor, refundedMinor] = [0, 0, 0];
  for (const intent of double.state.intents.values()) {
    if (intent.metadata['tillfree_payment'] !== name) continue;
    captureCount += double.state.captureCounts.get(intent.id) ?? 0;
    capturedMinor += intent.amount_received;
    for (const refund of double.state.refunds.values())
      if (refund.payment_intent === intent.id && refund.balance_transaction !== null)
        refundedMinor += refund.amount;
  }
  return { captureCount, capturedMinor, refundedMinor };
}

const FAULTS: Partial<StripeFaults> = {
  replyLost: 0.15,
  replyLate: 0.1,
  errorBefore: 0.1,
  errorAfter: 0.1,
  errorKept: 0.05,
  rateLimited: 0.05,
  webhookTwice: 0.5,
};

test.each([{ isIncremental: true }, { isIncremental: false }])(
  'with faults of every kind everybody is charged once, exactly, and given back exactly ($isIncremental)',
  async ({ isIncremental }) => {
    const { double, office } = await openBoth(FAULTS, isIncremental);
    const rested = (): boolean => names.every((name) => isAtRest(office.stateOf(name)));
    for (const name of names) {
      const terms = { ...termsOf(double, name), processor: { isIncremental } };
      office.decide(name, { kind: 'begin', terms, isDenied: false });
    }
    await office.until(() => names.every((name) => office.stateOf(name).hold !== null));
    for (const name of names)
      office.decide(name, { kind: 'basket-changed', total: money(totalOf(name), 'USD') });
    for (const name of names) office.decide(name, { kind: 'settle', sale: saleOf(totalOf(name)) });
    office.restart();
    await office.until(rested);
    for (const name of names) {
      expect(phaseOf(office.stateOf(name)), name).toBe('captured');
      expect(takenOf(double, name)).toEqual({
        captureCount: 1,
        capturedMinor: totalOf(name),
        refundedMinor: 0,
      });
    }
    for (const name of names) office.decide(name, { kind: 'correct', sale: saleOf(200), hasConsent: false });
    await office.until(() => rested() && names.every((name) => paidMinorOf(office.stateOf(name)) === 200));
    for (const name of names)
      expect(takenOf(double, name)).toMatchObject({ captureCount: 1, refundedMinor: totalOf(name) - 200 });
    const kept = balancesOf(office.entries, 'USD');
    expect(kept.get('processor-clearing')).toBe(200 * names.length);
    expect(kept.get('revenue')).toBe(-200 * names.length);
    expect(kept.get('receivable')).toBe(0);
    expect(office.refusals).toEqual([]);
    for (const { status } of double.state.intents.values())
      expect(['succeeded', 'canceled']).toContain(status);
  },
);

test('a dispute is heard of by webhook, and that it was won', async () => {
  const { double, office } = await openBoth();
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: termsOf(double, name!), isDenied: false });
  office.decide(name!, { kind: 'settle', sale: saleOf(700) });
  await office.until(() => phaseOf(office.stateOf(name!)) === 'captured');
  const [intent] = double.state.intents.keys();
  double.happen((state) => state.dispute(intent!));
  await office.until(() => phaseOf(office.stateOf(name!)) === 'disputed');
  expect(balancesOf(office.entries, 'USD').get('bad-debt')).toBe(700);
  double.happen((state) => state.closeDispute(intent!, 'won'));
  await office.until(() => phaseOf(office.stateOf(name!)) === 'captured');
  expect(balancesOf(office.entries, 'USD').get('bad-debt')).toBe(0);
});

test('a hold that the bank lets go is made anew, and the charge is made once', async () => {
  const { double, office } = await openBoth();
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: termsOf(double, name!), isDenied: false });
  await office.until(() => phaseOf(office.stateOf(name!)) === 'held');
  const [first] = double.state.intents.keys();
  double.happen((state) => state.letGo(first!));
  await office.until(() => double.state.intents.size === 2 && phaseOf(office.stateOf(name!)) === 'held');
  office.decide(name!, { kind: 'settle', sale: saleOf(700) });
  await office.until(() => isAtRest(office.stateOf(name!)));
  expect(takenOf(double, name!)).toEqual({ captureCount: 1, capturedMinor: 700, refundedMinor: 0 });
});

test('Stripe being down charges nobody, and it goes on when it is back', async () => {
  const { double, office } = await openBoth({ isDown: true });
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: termsOf(double, name!), isDenied: false });
  await office.until(() => (office.stateOf(name!).pending?.lookUpCount ?? 0) >= 3);
  expect(double.state.intents.size).toBe(0);
  double.faults = NO_STRIPE_FAULTS;
  await office.until(() => phaseOf(office.stateOf(name!)) === 'held');
  office.decide(name!, { kind: 'settle', sale: saleOf(0) });
  await office.until(() => phaseOf(office.stateOf(name!)) === 'released');
  expect([...double.state.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
});

test.each([
  { card: CARDS.declined, phase: 'declined' },
  { card: CARDS.wantsShopper, phase: 'declined' },
  { card: CARDS.waitsForShopper, phase: 'declined' },
  { card: CARDS.raiseDeclined, phase: 'short-captured' },
  { card: CARDS.raiseUnavailable, phase: 'short-captured' },
] as const)('a card of the kind $card leaves the payment $phase', async ({ card, phase }) => {
  const { double, office } = await openBoth();
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: termsOf(double, name!, card), isDenied: false });
  office.decide(name!, { kind: 'settle', sale: saleOf(1500) });
  await office.until(() => office.stateOf(name!).isClosed && isAtRest(office.stateOf(name!)));
  expect(phaseOf(office.stateOf(name!))).toBe(phase);
  const statuses = [...double.state.intents.values()].map(({ status }) => status);
  expect(statuses).toEqual([phase === 'declined' ? 'canceled' : 'succeeded']);
});
