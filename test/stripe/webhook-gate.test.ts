/** The gate for Stripe's webhooks: signatures made here by Stripe's documentation, checked by Stripe's own client. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import {
  STRIPE_DEFAULTS,
  STRIPE_EVENT_TYPES,
  stripeProcessor,
  StripeWebhookGate,
} from '../../src/adapters/payment-stripe/index.ts';
import type { StripeSettings } from '../../src/adapters/payment-stripe/index.ts';
import { commandId, money, paymentId } from '../../src/domain/index.ts';
import { CARDS, DOUBLE_DEFAULTS, StripeDouble, stripeSignature } from './index.ts';

const SECRET = 'whsec_now';
const NOW_MS = 1_800_000_000_000;
const TOLERANCE_MS = 300_000;

const INTENT_EVENT = {
  id: 'evt_1',
  type: 'payment_intent.succeeded',
  data: { object: { object: 'payment_intent', metadata: { tillfree_payment: 'pay-1' } } },
};

class Bench {
  readonly double = new StripeDouble();
  private settings: StripeSettings | null = null;

  async gate(secrets: readonly string[] = [SECRET]): Promise<StripeWebhookGate> {
    this.settings = {
      ...STRIPE_DEFAULTS,
      apiKey: DOUBLE_DEFAULTS.apiKey,
      timeoutMs: 5000,
      server: await this.double.listen(),
      onTrouble: () => undefined,
    };
    onTestFinished(() => this.double.close());
    return new StripeWebhookGate({ secrets, toleranceMs: TOLERANCE_MS, stripe: this.settings });
  }

  /** A charge of pay-1, as its intent. */
  async charged(): Promise<string> {
    this.double.state.customers.add('cus_1');
    await new Promise((resolve) => {
      stripeProcessor(this.settings!).send(
        {
          kind: 'hold',
          commandId: commandId('pay-1/1-hold'),
          paymentId: paymentId('pay-1'),
          token: `cus_1/${CARDS.good}`,
          amount: money(1000, 'USD'),
        },
        resolve,
      );
    });
    return [...this.double.state.intents.keys()][0]!;
  }
}

interface Signing {
  readonly secrets?: readonly string[];
  readonly atMs?: number;
  readonly header?: string;
}

async function admitted(gate: StripeWebhookGate, event: unknown, signing: Signing = {}): Promise<unknown> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const { secrets = [SECRET], atMs = NOW_MS } = signing;
  const header = signing.header ?? stripeSignature({ atMs, body }, secrets);
  const came = await gate.admit({ header, rawBody: Buffer.from(body), nowMs: NOW_MS });
  return came.ok ? came.value.paymentId : came.problem.code;
}

test('the signature is that of the known algorithm', () => {
  // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
  expect(stripeSignature({ atMs: 1_700_000_000_000, body: '{"a":1}' }, ['secret'])).toBe(
    't=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686',
  );
});

test('either of two secrets lets a webhook in, on both sides of a change', async () => {
  const both = await new Bench().gate(['whsec_old', SECRET]);
  expect(await admitted(both, INTENT_EVENT, { secrets: ['whsec_old'] })).toBe('pay-1');
  expect(await admitted(both, { ...INTENT_EVENT, id: 'evt_2' })).toBe('pay-1');
  const one = await new Bench().gate();
  expect(await admitted(one, INTENT_EVENT, { secrets: ['whsec_old', SECRET] })).toBe('pay-1');
  expect(await admitted(one, { ...INTENT_EVENT, id: 'evt_2' }, { secrets: ['whsec_old'] })).toBe(
    'PAYMENT_WEBHOOK_SIGNATURE',
  );
});

test.each(['', 't=1800000000', 'v1=00', 't=x,v1=00', `t=1800000000,v1=${'0'.repeat(64)}`])(
  'the header "%s" is no signature',
  async (header) => {
    expect(await admitted(await new Bench().gate(), INTENT_EVENT, { header })).toBe(
      'PAYMENT_WEBHOOK_SIGNATURE',
    );
  },
);

test('without secrets, or with an empty one, nobody comes in', async () => {
  for (const secrets of [[], ['']])
    expect(await admitted(await new Bench().gate(secrets), INTENT_EVENT, { secrets: [''] })).toBe(
      'PAYMENT_WEBHOOK_SIGNATURE',
    );
});

test('a byte more, and the signature is wrong', async () => {
  const header = stripeSignature({ atMs: NOW_MS, body: JSON.stringify(INTENT_EVENT) }, [SECRET]);
  expect(await admitted(await new Bench().gate(), `${JSON.stringify(INTENT_EVENT)} `, { header })).toBe(
    'PAYMENT_WEBHOOK_SIGNATURE',
  );
});

test('what was signed too long ago, or in the future, is refused', async () => {
  const gate = await new Bench().gate();
  for (const awayMs of [-TOLERANCE_MS - 1000, TOLERANCE_MS + 1000])
    expect(await admitted(gate, INTENT_EVENT, { atMs: NOW_MS + awayMs })).toBe('PAYMENT_WEBHOOK_TIME');
  expect(await admitted(gate, INTENT_EVENT, { atMs: NOW_MS - TOLERANCE_MS })).toBe('pay-1');
});

test('the same event again is a replay, signed anew or not, until it is forgotten', async () => {
  const gate = await new Bench().gate();
  expect(await admitted(gate, INTENT_EVENT)).toBe('pay-1');
  expect(await admitted(gate, INTENT_EVENT)).toBe('PAYMENT_WEBHOOK_REPLAYED');
  expect(await admitted(gate, INTENT_EVENT, { atMs: NOW_MS + 1000 })).toBe('PAYMENT_WEBHOOK_REPLAYED');
  gate.forget('evt_1');
  expect(await admitted(gate, INTENT_EVENT)).toBe('pay-1');
});

test('the memory of events is bounded, and counts what it forgets', async () => {
  const gate = await new Bench().gate();
  for (let count = 1; count <= 10_001; count++) await admitted(gate, { ...INTENT_EVENT, id: `evt_${count}` });
  expect(gate.forgottenCount).toBe(1);
  expect(await admitted(gate, { ...INTENT_EVENT, id: 'evt_2' })).toBe('PAYMENT_WEBHOOK_REPLAYED');
  expect(await admitted(gate, INTENT_EVENT)).toBe('pay-1');
});

test('what is signed but no event is refused after all else', async () => {
  const gate = await new Bench().gate();
  for (const body of ['{', '[]', '"x"', '{"id":"evt_1"}', '{"object":"v2.core.event","id":"evt_1"}'])
    expect(await admitted(gate, body), body).toBe('PAYMENT_WEBHOOK_UNREADABLE');
});

test('an event of something else, or of a payment that is not ours, hints at nothing', async () => {
  const gate = await new Bench().gate();
  const of = (object: object): Promise<unknown> =>
    admitted(gate, { id: `evt_${JSON.stringify(object)}`, type: 'x', data: { object } });
  expect(await of({ object: 'customer' })).toBeNull();
  expect(await of({ object: 'payment_intent', metadata: {} })).toBeNull();
  expect(await of({ object: 'charge', payment_intent: null })).toBeNull();
  expect(await of({ object: 'charge', payment_intent: 'pi_elsewhere' })).toBeNull();
});

test('of a charge, a refund or a dispute the payment is found by their intent', async () => {
  const bench = new Bench();
  const gate = await bench.gate();
  const intent = await bench.charged();
  for (const object of ['charge', 'refund', 'dispute'])
    for (const named of [intent, { id: intent }])
      expect(
        await admitted(gate, {
          id: `evt_${object}_${typeof named}`,
          type: `${object}.updated`,
          data: { object: { object, payment_intent: named } },
        }),
      ).toBe('pay-1');
});

test('where Stripe cannot be asked the event is not taken, and is as new when it comes again', async () => {
  const bench = new Bench();
  const gate = await bench.gate();
  const intent = await bench.charged();
  const event = { id: 'evt_1', type: 'x', data: { object: { object: 'dispute', payment_intent: intent } } };
  bench.double.faults = { ...bench.double.faults, isDown: true };
  expect(await admitted(gate, event)).toBe('PAYMENT_WEBHOOK_UNRESOLVED');
  bench.double.faults = { ...bench.double.faults, isDown: false };
  expect(await admitted(gate, event)).toBe('pay-1');
});

test('the guide names every event that is to be sent, and every setting', () => {
  const guide = readFileSync(new URL('../../docs/guide/payment.md', import.meta.url), 'utf8');
  for (const name of [...STRIPE_EVENT_TYPES, 'apiKey', 'onTrouble', ...Object.keys(STRIPE_DEFAULTS)])
    expect(guide).toContain(`\`${name}\``);
});
