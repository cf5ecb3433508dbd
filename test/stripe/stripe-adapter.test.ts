/** What is Stripe's own about the adapter, against the double: states, codes, currencies, pages, what others do there. */
import { expect, onTestFinished, test } from 'vitest';
import { STRIPE_DEFAULTS, stripeProcessor } from '../../src/adapters/payment-stripe/index.ts';
import type { StripeSettings, StripeTrouble } from '../../src/adapters/payment-stripe/index.ts';
import { commandId, holdId, money, paymentId } from '../../src/domain/index.ts';
import type { Currency } from '../../src/domain/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../src/payment/index.ts';
import { CARDS, DOUBLE_DEFAULTS, StripeDouble } from './index.ts';
import type { DoubleSettings } from './index.ts';

const PAYMENT = paymentId('pay-1');
const REFUSED = (code: string): object => ({ kind: 'refused', code });

class Bench {
  readonly double: StripeDouble;
  readonly troubles: StripeTrouble[] = [];
  private settings: StripeSettings | null = null;
  private count = 0;

  constructor(settings: Partial<DoubleSettings> = {}) {
    this.double = new StripeDouble(settings);
    this.double.state.customers.add('cus_1');
  }

  async open(changed: Partial<StripeSettings> = {}): Promise<this> {
    this.settings = {
      ...STRIPE_DEFAULTS,
      apiKey: DOUBLE_DEFAULTS.apiKey,
      isIncremental: true,
      timeoutMs: 5000,
      server: await this.double.listen(),
      onTrouble: (trouble) => void this.troubles.push(trouble),
      ...changed,
    };
    onTestFinished(() => this.double.close());
    return this;
  }

  send(request: ProcessorRequest): Promise<ProcessorReply> {
    const processor = stripeProcessor(this.settings!);
    return new Promise((resolve) => {
      processor.send(request, resolve);
    });
  }

  hold(card: string = CARDS.good, currency: Currency = 'USD', units = 1000): ProcessorRequest {
    const amount = money(units, currency);
    return { kind: 'hold', commandId: this.name(), paymentId: PAYMENT, token: `cus_1/${card}`, amount };
  }

  lookUp(token: string | null = `cus_1/${CARDS.good}`): Promise<ProcessorReply> {
    return this.send({ kind: 'look-up', commandId: this.name(), paymentId: PAYMENT, token });
  }

  on(kind: 'increase' | 'capture' | 'refund' | 'release', units = 0): ProcessorRequest {
    const amount = money(units, 'USD');
    return { kind, commandId: this.name(), paymentId: PAYMENT, holdId: holdId(this.intentId()), amount };
  }

  intentId(): string {
    return [...this.double.state.intents.keys()].at(-1)!;
  }

  get posts(): string[] {
    return this.double.seen.filter(({ method }) => method === 'POST').map(({ path }) => path);
  }

  private name(): ReturnType<typeof commandId> {
    return commandId(`${PAYMENT}/${++this.count}`);
  }
}

test.each([CARDS.declined, CARDS.wantsShopper, CARDS.waitsForShopper])(
  'a hold on %s is declined, and its intent can be confirmed by nobody',
  async (card) => {
    const bench = await new Bench().open();
    expect(await bench.send(bench.hold(card))).toEqual(REFUSED('declined'));
    expect(bench.double.state.intent(bench.intentId())).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
    });
    expect(await bench.lookUp()).toEqual({ kind: 'told', holds: [] });
  },
);

test('a decline whose clean-up fails stays unknown, and is declined when it is sent again', async () => {
  const bench = await new Bench().open();
  const hold = bench.hold(CARDS.declined);
  // The first answer breaks off at the cancelling.
  bench.double.failNextCancel();
  expect(await bench.send(hold)).toEqual({ kind: 'unknown' });
  expect(bench.double.state.intent(bench.intentId()).status).toBe('requires_payment_method');
  expect(await bench.lookUp()).toEqual({ kind: 'told', holds: [] });
  expect(await bench.send(hold)).toEqual(REFUSED('declined'));
  expect(bench.double.state.intents.size).toBe(1);
  expect(bench.double.state.intent(bench.intentId()).status).toBe('canceled');
});

test('an intent between states leaves everything unknown until it is through', async () => {
  const bench = await new Bench().open();
  expect(await bench.send(bench.hold(CARDS.slow))).toEqual({ kind: 'unknown' });
  expect(await bench.lookUp()).toEqual({ kind: 'unknown' });
  bench.double.happen((state) => state.settle(bench.intentId()));
  expect(await bench.lookUp()).toMatchObject({ kind: 'told', holds: [{ status: 'open' }] });
});

test('the end of a hold is what its charge says, else what the setting says', async () => {
  const bench = await new Bench().open({ holdLifeMs: 1000 });
  const { nowMs } = bench.double.state;
  expect(await bench.send(bench.hold())).toMatchObject({
    holds: [{ expiresAtMs: nowMs + 7 * 24 * 3_600_000 }],
  });
  expect(await bench.send(bench.hold(CARDS.withoutEnd))).toMatchObject({
    holds: [{}, { expiresAtMs: nowMs + 1000 }],
  });
  bench.double.state.nowMs += 7 * 24 * 3_600_000;
  expect(await bench.lookUp()).toMatchObject({ holds: [{ status: 'expired' }, { status: 'open' }] });
});

test('each changing call goes out once, under the id of its command', async () => {
  const bench = await new Bench().open();
  const sent = [bench.hold()];
  await bench.send(sent[0]!);
  for (const request of [bench.on('increase', 1500), bench.on('capture', 1200), bench.on('refund', 100)]) {
    sent.push(request);
    await bench.send(request);
  }
  const keys = bench.double.seen.flatMap(({ method, idempotencyKey }) =>
    method === 'POST' ? [idempotencyKey] : [],
  );
  expect(keys).toEqual(sent.map((request) => request.commandId));
});

test('a broken connection is not repeated behind our back', async () => {
  const bench = await new Bench().open();
  bench.double.loseNextAnswer();
  expect(await bench.send(bench.hold())).toEqual({ kind: 'unknown' });
  expect(bench.posts).toEqual(['/v1/payment_intents']);
  expect(bench.troubles).toMatchObject([{ errorType: 'StripeConnectionError' }]);
});

test('a request that takes too long is unknown; that it arrived all the same is found by asking', async () => {
  const bench = await new Bench().open({ timeoutMs: 300 });
  const release = bench.double.keepNextOnItsWay();
  const hold = bench.hold();
  expect(await bench.send(hold)).toEqual({ kind: 'unknown' });
  expect(await bench.lookUp()).toEqual({ kind: 'told', holds: [] });
  release();
  expect(await bench.lookUp()).toMatchObject({ holds: [{ status: 'open', commandId: hold.commandId }] });
});

test('an id that no header carries has a key all the same', async () => {
  const bench = await new Bench().open();
  const hold: ProcessorRequest = { ...bench.hold(), commandId: commandId('Zahlung № 1 äöü') };
  const first = await bench.send(hold);
  expect(first).toMatchObject({ holds: [{ commandId: 'Zahlung № 1 äöü' }] });
  expect(await bench.send(hold)).toEqual(first);
  expect(bench.double.state.intents.size).toBe(1);
});

test('a key that is in use, or was used for something else', async () => {
  const bench = await new Bench().open();
  const hold = bench.hold();
  const release = bench.double.keepNextOnItsWay();
  const first = bench.send(hold);
  await bench.double.until(() => bench.posts.length === 1);
  expect(await bench.send(hold)).toEqual({ kind: 'unknown' });
  release();
  expect(await first).toMatchObject({ kind: 'told', holds: [{ status: 'open' }] });
  const other: ProcessorRequest = { ...bench.hold(CARDS.good, 'USD', 1234), commandId: hold.commandId };
  expect(await bench.send(other)).toEqual(REFUSED('request-unusable'));
  expect(bench.double.state.intents.size).toBe(1);
});

test.each([
  { faults: { isDown: true }, errorType: 'StripeConnectionError' },
  { faults: { errorBefore: 1 }, errorType: 'StripeAPIError' },
  { faults: { errorKept: 1 }, errorType: 'StripeAPIError' },
  { faults: { errorAfter: 1 }, errorType: 'StripeAPIError' },
  { faults: { rateLimited: 1 }, errorType: 'StripeRateLimitError' },
])('with $faults nothing is known, and somebody is told', async ({ faults, errorType }) => {
  const bench = await new Bench().open();
  bench.double.faults = { ...bench.double.faults, ...faults };
  const hold = bench.hold();
  expect(await bench.send(hold)).toEqual({ kind: 'unknown' });
  expect(bench.troubles).toMatchObject([{ errorType, commandId: hold.commandId }]);
});

test('a wrong key says nothing about the payment, and is reported without the key', async () => {
  const bench = await new Bench().open({ apiKey: 'rk_test_wrong' });
  expect(await bench.send(bench.hold())).toEqual({ kind: 'unknown' });
  expect(await bench.lookUp()).toEqual({ kind: 'unknown' });
  expect(bench.troubles).toMatchObject([
    { errorType: 'StripeAuthenticationError', statusCode: 401 },
    { errorType: 'StripeAuthenticationError' },
  ]);
  expect(JSON.stringify(bench.troubles)).not.toContain('rk_test_wrong');
});

test.each(['', 'guest-1', 'cus_1', 'pm_card_visa', 'cus_1/pm_card_visa/x', 'cus_1/../pm_x'])(
  'the token "%s" is none of Stripe',
  async (token) => {
    const bench = await new Bench().open();
    expect(await bench.send({ ...bench.hold(), token } as ProcessorRequest)).toEqual(
      REFUSED('request-unusable'),
    );
    expect(await bench.lookUp(token)).toEqual({ kind: 'told', holds: [] });
    expect(bench.double.seen).toEqual([]);
  },
);

test('a card that is gone is declined; without a card there is nothing to look up', async () => {
  const bench = await new Bench().open();
  expect(await bench.send(bench.hold('pm_gone'))).toEqual(REFUSED('declined'));
  expect(await bench.lookUp(null)).toEqual({ kind: 'told', holds: [] });
});

test('amounts keep their units; what Stripe cannot take exactly is refused, never rounded', async () => {
  const bench = await new Bench().open();
  expect(await bench.send(bench.hold(CARDS.good, 'JPY', 500))).toMatchObject({
    holds: [{ heldMinor: 500 }],
  });
  expect(await bench.send(bench.hold(CARDS.good, 'KWD', 12_340))).toMatchObject({
    holds: [{}, { heldMinor: 12_340 }],
  });
  expect(await bench.send(bench.hold(CARDS.good, 'KWD', 12_345))).toEqual(REFUSED('request-unusable'));
  expect([...bench.double.state.intents.values()].map(({ amount, currency }) => [amount, currency])).toEqual([
    [500, 'jpy'],
    [12_340, 'kwd'],
  ]);
});

test('less than Stripe takes is unusable, and reported', async () => {
  const bench = await new Bench().open();
  expect(await bench.send(bench.hold(CARDS.good, 'USD', 49))).toEqual(REFUSED('request-unusable'));
  expect(bench.troubles).toMatchObject([{ code: 'amount_too_small' }]);
});

test.each([CARDS.raiseDeclined, CARDS.raiseUnavailable])('a hold on %s is not raised', async (card) => {
  const bench = await new Bench().open();
  await bench.send(bench.hold(card));
  expect(await bench.send(bench.on('increase', 1500))).toEqual(REFUSED('increase-refused'));
  expect(await bench.lookUp()).toMatchObject({ holds: [{ status: 'open', heldMinor: 1000 }] });
});

test('without incremental authorization none is asked for', async () => {
  const bench = await new Bench().open({ isIncremental: false });
  await bench.send(bench.hold());
  expect(bench.double.state.intent(bench.intentId()).payment_method_options?.card).not.toHaveProperty(
    'request_incremental_authorization',
  );
  expect(await bench.send(bench.on('increase', 1500))).toEqual(REFUSED('increase-refused'));
});

test('what somebody captures at Stripe’s own pages is told, whatever we asked for', async () => {
  for (const kind of ['increase', 'capture', 'release'] as const) {
    const bench = await new Bench().open();
    await bench.send(bench.hold());
    bench.double.happen((state) => state.captureByHand(bench.intentId(), 800));
    expect(await bench.send(bench.on(kind, 1200)), kind).toMatchObject({
      kind: 'told',
      holds: [{ status: 'captured', capturedMinor: 800 }],
    });
  }
});

test('what somebody refunds there counts; what a capture leaves, and a refund that failed, do not', async () => {
  const bench = await new Bench().open();
  await bench.send(bench.hold());
  await bench.send(bench.on('capture', 700));
  const refund = bench.on('refund', 100);
  await bench.send(refund);
  bench.double.happen((state) => state.refundByHand(bench.intentId(), 300));
  expect(await bench.lookUp()).toMatchObject({
    holds: [{ capturedMinor: 700, refunds: [{ commandId: refund.commandId, minor: 100 }, { minor: 300 }] }],
  });
  bench.double.happen((state) => state.failRefund([...state.refunds.keys()].at(-1)!));
  expect(await bench.lookUp()).toMatchObject({ holds: [{ refunds: [{ minor: 100 }] }] });
});

test('a refund that came to nothing is refused when it is sent again, not made a second time', async () => {
  const bench = await new Bench().open();
  await bench.send(bench.hold());
  await bench.send(bench.on('capture', 1000));
  const refund = bench.on('refund', 100);
  bench.double.loseNextAnswer();
  await bench.send(refund);
  bench.double.happen((state) => state.failRefund([...state.refunds.keys()].at(-1)!));
  expect(await bench.send(refund)).toEqual(REFUSED('refund-refused'));
  expect(bench.double.state.refunds.size).toBe(1);
});

test('an inquiry takes nothing back; what is lost stays taken', async () => {
  const bench = await new Bench().open();
  await bench.send(bench.hold());
  await bench.send(bench.on('capture', 1000));
  bench.double.happen((state) => state.dispute(bench.intentId(), 'warning_needs_response'));
  expect(await bench.lookUp()).toMatchObject({ holds: [{ disputedMinor: 0 }] });
  bench.double.happen((state) => state.dispute(bench.intentId()));
  expect(await bench.lookUp()).toMatchObject({ holds: [{ disputedMinor: 1000 }] });
  bench.double.happen((state) => state.closeDispute(bench.intentId(), 'lost'));
  expect(await bench.lookUp()).toMatchObject({ holds: [{ disputedMinor: 1000 }] });
});

test('a payer with more than may be read is unknown, never half told', async () => {
  const bench = await new Bench({ pageSizeMax: 1 }).open({ pageCountMax: 3 });
  for (let count = 1; count <= 3; count++) await bench.send(bench.hold());
  expect(await bench.lookUp()).toMatchObject({ kind: 'told', holds: [{}, {}, {}] });
  expect(await bench.send(bench.hold())).toEqual({ kind: 'unknown' });
  expect(await bench.lookUp()).toEqual({ kind: 'unknown' });
});

test('marks of others on a payer are left alone', async () => {
  const bench = await new Bench().open();
  await bench.send({ ...bench.hold(), paymentId: paymentId('pay-2') });
  const strange = await bench.send(bench.hold());
  expect(strange).toMatchObject({ holds: [{ status: 'open' }] });
  bench.double.state.intent(bench.intentId()).metadata = { tillfree_payment: PAYMENT };
  expect(await bench.lookUp()).toEqual({ kind: 'told', holds: [] });
});
