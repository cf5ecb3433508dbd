/** Payments over real HTTP, to a sandbox that loses answers, takes requests twice and sends webhooks twice and late. */
import { afterEach, expect, test } from 'vitest';
import {
  NO_FAULTS,
  SANDBOX_DEFAULTS,
  sandboxProcessor,
  SandboxServer,
  signatureHeader,
  SIGNATURE_HEADER,
} from '../../src/adapters/payment-sandbox/index.ts';
import type { SandboxFaults } from '../../src/adapters/payment-sandbox/index.ts';
import { commandId, minor, money, paymentId } from '../../src/domain/index.ts';
import type { PaymentId } from '../../src/domain/index.ts';
import { balancesOf, isAtRest, paidMinorOf, phaseOf } from '../../src/payment/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../src/payment/index.ts';
import { saleOf, TERMS } from './desk.ts';
import { sandboxGate, ShopOffice } from './shop-office.ts';

const SECRET = 'sandbox-secret';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openBoth(
  faults: Partial<SandboxFaults>,
): Promise<{ sandbox: SandboxServer; office: ShopOffice; url: string; officeUrl: string }> {
  // The office has to know the sandbox and the sandbox the office: the processor's address is filled in last.
  const client = { url: '', isIncremental: true, timeoutMs: 400 };
  const office = new ShopOffice(sandboxProcessor(client), sandboxGate(SECRET));
  const officeUrl = await office.listen();
  closers.push(() => office.close());
  const sandbox = new SandboxServer({
    ...SANDBOX_DEFAULTS,
    seed: 5,
    faults: { ...NO_FAULTS, ...faults },
    webhooks: { url: officeUrl, secrets: ['next-secret', SECRET], retryPauseMs: 20, attemptsMax: 10 },
  });
  client.url = await sandbox.listen(0);
  closers.push(() => sandbox.close());
  return { sandbox, office, url: client.url, officeUrl };
}

const names = Array.from({ length: 20 }, (_, index) => paymentId(`pay-${index + 1}`));
const totalOf = (name: PaymentId): number => 300 + names.indexOf(name) * 55;

test('with lost and late answers and webhooks twice, everybody is charged once, exactly', async () => {
  const { sandbox, office } = await openBoth({
    replyLost: 0.3,
    replyLate: 0.1,
    lateMs: 30,
    requestTwice: 0.3,
    webhookTwice: 0.5,
    webhookLate: 0.5,
  });
  const rested = (): boolean => names.every((name) => isAtRest(office.stateOf(name)));
  for (const name of names)
    office.decide(name, { kind: 'begin', terms: { ...TERMS, paymentId: name }, isDenied: false });
  await office.until(() => names.every((name) => office.stateOf(name).hold !== null));
  for (const name of names)
    office.decide(name, { kind: 'basket-changed', total: money(totalOf(name), 'USD') });
  for (const name of names) office.decide(name, { kind: 'settle', sale: saleOf(totalOf(name)) });
  office.restart();
  await office.until(rested);
  for (const name of names) {
    expect(phaseOf(office.stateOf(name)), name).toBe('captured');
    expect(sandbox.model.holdsOf(name)).toMatchObject([{ captureCount: 1, capturedMinor: totalOf(name) }]);
  }
  for (const name of names) office.decide(name, { kind: 'correct', sale: saleOf(200), hasConsent: false });
  await office.until(() => rested() && names.every((name) => paidMinorOf(office.stateOf(name)) === 200));
  const kept = balancesOf(office.entries, 'USD');
  expect(kept.get('processor-clearing')).toBe(200 * names.length);
  expect(kept.get('revenue')).toBe(-200 * names.length);
  expect(kept.get('receivable')).toBe(0);
  // Captured and refunded, each told at least once.
  await office.until(() => office.webhookCount >= 2 * names.length);
  expect(office.refusals).toEqual([]);
});

test('a dispute is heard of by webhook', async () => {
  const { sandbox, office } = await openBoth({});
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: { ...TERMS, paymentId: name! }, isDenied: false });
  office.decide(name!, { kind: 'settle', sale: saleOf(700) });
  await office.until(() => phaseOf(office.stateOf(name!)) === 'captured');
  sandbox.dispute(name!);
  await office.until(() => phaseOf(office.stateOf(name!)) === 'disputed');
  expect(balancesOf(office.entries, 'USD').get('bad-debt')).toBe(700);
});

test('a processor that is down charges nobody, and goes on when it is back', async () => {
  const { sandbox, office } = await openBoth({ isDown: true });
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: { ...TERMS, paymentId: name! }, isDenied: false });
  await office.until(() => (office.stateOf(name!).pending?.lookUpCount ?? 0) >= 3);
  expect(sandbox.model.holdsOf(name!)).toEqual([]);
  sandbox.faults = NO_FAULTS;
  await office.until(() => phaseOf(office.stateOf(name!)) === 'held');
  office.decide(name!, { kind: 'settle', sale: saleOf(0) });
  await office.until(() => phaseOf(office.stateOf(name!)) === 'released');
});

test.each([
  { faults: { holdDeclined: 1 }, phase: 'declined' },
  { faults: { capturedPartly: 1 }, phase: 'short-captured' },
  { faults: { increaseRefused: 1 }, phase: 'short-captured' },
  { faults: { holdExpired: 1 }, phase: 'expired' },
] as const)('told to ($faults), it does so, and the payment is $phase', async ({ faults, phase }) => {
  const { office } = await openBoth(faults);
  const [name] = names;
  office.decide(name!, { kind: 'begin', terms: { ...TERMS, paymentId: name! }, isDenied: false });
  office.decide(name!, { kind: 'settle', sale: saleOf(1500) });
  await office.until(() => office.stateOf(name!).isClosed && isAtRest(office.stateOf(name!)));
  expect(phaseOf(office.stateOf(name!))).toBe(phase);
});

function send(url: string, request: ProcessorRequest): Promise<ProcessorReply> {
  const processor = sandboxProcessor({ url, isIncremental: true, timeoutMs: 400 });
  return new Promise((resolve) => {
    processor.send(request, resolve);
  });
}

test('it says that it is simulated, and refuses what it does not understand', async () => {
  const { url } = await openBoth({});
  const page = await fetch(url);
  expect(page.headers.get('payments-simulated')).toBe('true');
  expect(await page.json()).toMatchObject({
    isSimulated: true,
    what: expect.stringContaining('no money moves'),
  });
  const post = async (body: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(`${url}/v1/requests`, { method: 'POST', body, headers })).status;
  const lookUp = { kind: 'look-up', commandId: 'c-1', paymentId: 'pay-1', token: null };
  expect(await post(JSON.stringify(lookUp), { 'idempotency-key': 'c-1' })).toBe(200);
  expect(await post(JSON.stringify(lookUp), {})).toBe(400);
  for (const body of ['', '{', '[]', JSON.stringify({ ...lookUp, kind: 'gift' }), 'x'.repeat(20_000)])
    expect(await post(body, { 'idempotency-key': 'c-1' }), body.slice(0, 10)).toBe(400);
  const inherited = { minor: 5, currency: 'toString' };
  const hold = { ...lookUp, kind: 'hold', token: 't', amount: inherited };
  expect(await post(JSON.stringify(hold), { 'idempotency-key': 'c-2' })).toBe(400);
  expect((await fetch(`${url}/v1/nothing`)).status).toBe(404);
});

test('an address where nobody or somebody else answers is an unknown outcome, never a refusal', async () => {
  const { url } = await openBoth({});
  const request: ProcessorRequest = {
    kind: 'hold',
    commandId: commandId('c-1'),
    paymentId: paymentId('pay-1'),
    token: 't',
    amount: { minor: minor(5), currency: 'USD' },
  };
  expect(await send('http://127.0.0.1:1', request)).toEqual({ kind: 'unknown' });
  expect(await send(`${url}/elsewhere`, request)).toEqual({ kind: 'unknown' });
  expect(await send(url, request)).toMatchObject({ kind: 'told', holds: [{ status: 'open', heldMinor: 5 }] });
});

test('a webhook that somebody else has signed moves nothing', async () => {
  const { office, officeUrl } = await openBoth({});
  const body = JSON.stringify({ webhookId: 'w', paymentId: 'pay-1', kind: 'captured' });
  const header = signatureHeader({ atMs: 5, rawBody: Buffer.from(body) }, ['guessed']);
  const response = await fetch(officeUrl, { method: 'POST', body, headers: { [SIGNATURE_HEADER]: header } });
  expect(response.status).toBe(400);
  expect(office.webhookCount).toBe(0);
});
