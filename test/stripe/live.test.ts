/**
 * The adapter against Stripe itself, in its test mode and with its test cards; no money moves. It needs a test key that
 * may also make customers. Without one this is skipped, and then nothing here has been checked against Stripe.
 */
import { expect, onTestFinished, test } from 'vitest';
import { STRIPE_DEFAULTS, stripeClient, stripeProcessor } from '../../src/adapters/payment-stripe/index.ts';
import type { StripeSettings } from '../../src/adapters/payment-stripe/index.ts';
import { commandId, holdId, money, paymentId } from '../../src/domain/index.ts';
import type { HoldRecord, ProcessorReply, ProcessorRequest } from '../../src/payment/index.ts';

const KEY = process.env['STRIPE_TEST_KEY'] ?? '';
const IS_TEST_KEY = /^[rs]k_test_/.test(KEY);
const WHY_SKIPPED = 'STRIPE_TEST_KEY is not set to a key of Stripe’s test mode (sk_test_… or rk_test_…)';

const SETTINGS: StripeSettings = { ...STRIPE_DEFAULTS, apiKey: KEY, onTrouble: () => undefined };

function send(request: ProcessorRequest): Promise<ProcessorReply> {
  return new Promise((resolve) => {
    stripeProcessor(SETTINGS).send(request, resolve);
  });
}

/** A payer of one payment, with one of Stripe's test cards. */
async function payerWith(card: string): Promise<{ readonly token: string; readonly name: string }> {
  const stripe = stripeClient(SETTINGS);
  const customer = await stripe.customers.create({ description: 'tillfree live test' });
  onTestFinished(async () => void (await stripe.customers.del(customer.id)));
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return { token: `${customer.id}/${method.id}`, name: `pay-${customer.id}` };
}

function onlyHold(reply: ProcessorReply): HoldRecord {
  if (reply.kind !== 'told' || reply.holds.length !== 1) throw new Error(JSON.stringify(reply));
  return reply.holds[0]!;
}

test('hold, capture a part, look it up, refund in parts, each repeated without effect', async ({ skip }) => {
  skip(!IS_TEST_KEY, WHY_SKIPPED);
  const { token, name } = await payerWith('pm_card_visa');
  const of = (step: string): Pick<ProcessorRequest, 'commandId' | 'paymentId'> => ({
    commandId: commandId(`${name}/${step}`),
    paymentId: paymentId(name),
  });
  const hold: ProcessorRequest = { kind: 'hold', ...of('1-hold'), token, amount: money(2000, 'USD') };
  const held = onlyHold(await send(hold));
  expect(held).toMatchObject({ status: 'open', heldMinor: 2000, commandId: hold.commandId });
  expect(onlyHold(await send(hold))).toEqual(held);
  const id = holdId(held.holdId);
  const capture: ProcessorRequest = {
    kind: 'capture',
    ...of('2-capture'),
    holdId: id,
    amount: money(1500, 'USD'),
  };
  const captured = { status: 'captured', capturedMinor: 1500, refunds: [], disputedMinor: 0 };
  expect(onlyHold(await send(capture))).toMatchObject(captured);
  expect(onlyHold(await send(capture))).toMatchObject(captured);
  const refund: ProcessorRequest = {
    kind: 'refund',
    ...of('3-refund'),
    holdId: id,
    amount: money(400, 'USD'),
  };
  const parts = [{ commandId: refund.commandId, minor: 400 }];
  expect(onlyHold(await send(refund)).refunds).toEqual(parts);
  expect(onlyHold(await send(refund)).refunds).toEqual(parts);
  expect(await send({ ...refund, ...of('4-refund'), amount: money(1101, 'USD') })).toEqual({
    kind: 'refused',
    code: 'refund-refused',
  });
  expect(onlyHold(await send({ kind: 'look-up', ...of('asked'), token }))).toMatchObject({
    ...captured,
    refunds: parts,
  });
});

test('what is let go is over, and a bad card is declined with nothing left hanging', async ({ skip }) => {
  skip(!IS_TEST_KEY, WHY_SKIPPED);
  const good = await payerWith('pm_card_visa');
  const amount = money(2000, 'USD');
  const payment = paymentId(good.name);
  const of = (step: string): Pick<ProcessorRequest, 'commandId' | 'paymentId'> => ({
    commandId: commandId(`${good.name}/${step}`),
    paymentId: payment,
  });
  const { holdId: id } = onlyHold(await send({ kind: 'hold', ...of('1-hold'), token: good.token, amount }));
  const release = await send({ kind: 'release', ...of('2-release'), holdId: id });
  expect(onlyHold(release)).toMatchObject({ status: 'released', capturedMinor: 0, refunds: [] });
  expect(await send({ kind: 'capture', ...of('3-capture'), holdId: id, amount })).toEqual({
    kind: 'refused',
    code: 'hold-over',
  });
  const bad = await payerWith('pm_card_chargeCustomerFail');
  const asked = { paymentId: paymentId(bad.name), token: bad.token };
  const hold = { kind: 'hold', commandId: commandId(`${bad.name}/1-hold`), ...asked, amount } as const;
  expect(await send(hold)).toEqual({ kind: 'refused', code: 'declined' });
  const lookUp = await send({ kind: 'look-up', commandId: commandId(`${bad.name}/asked`), ...asked });
  expect(lookUp).toEqual({ kind: 'told', holds: [] });
});
