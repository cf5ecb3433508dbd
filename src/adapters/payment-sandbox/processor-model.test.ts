import { expect, test } from 'vitest';
import { epochMs } from '../../base/index.ts';
import { commandId, holdId, money, paymentId } from '../../domain/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../payment/index.ts';
import { ProcessorModel } from './processor-model.ts';
import type { ModelSettings, Whim } from './processor-model.ts';

const PAYMENT = paymentId('pay-1');
const HOLD = holdId('hold-1');
const SETTINGS: ModelSettings = {
  isIncremental: true,
  holdLifeMs: 1000,
  keyLifeMs: 100,
  allowsSeveralCaptures: false,
};

interface Sent {
  readonly atMs?: number;
  readonly key?: string;
  readonly whim?: Whim;
}

class Bench {
  readonly model: ProcessorModel;
  private count = 0;

  constructor(settings: Partial<ModelSettings> = {}) {
    this.model = new ProcessorModel({ ...SETTINGS, ...settings });
    this.send('hold', 500);
  }

  send(
    kind: 'hold' | 'increase' | 'capture' | 'release' | 'refund',
    minor = 0,
    sent: Sent = {},
  ): ProcessorReply {
    const id = commandId(sent.key ?? `command-${++this.count}`);
    const all = { commandId: id, paymentId: PAYMENT, holdId: HOLD, token: 't', amount: money(minor, 'USD') };
    const request: ProcessorRequest = { kind, ...all };
    const { atMs = 0, whim = 'none' } = sent;
    return this.model.receive({ request, idempotencyKey: id, atMs: epochMs(atMs), whim });
  }
}

const refusal = (reply: ProcessorReply): string => (reply.kind === 'refused' ? reply.code : reply.kind);

test('hold, increase, capture, refund, each told with all that is known', () => {
  const bench = new Bench();
  bench.send('increase', 800);
  bench.send('capture', 700);
  bench.send('refund', 300);
  expect(bench.send('refund', 400)).toMatchObject({
    kind: 'told',
    holds: [
      { status: 'captured', heldMinor: 800, capturedMinor: 700, refunds: [{ minor: 300 }, { minor: 400 }] },
    ],
  });
  expect(refusal(bench.send('refund', 1))).toBe('refund-refused');
  expect(bench.model.takeWebhooks().map(({ kind }) => kind)).toEqual(['captured', 'refunded', 'refunded']);
});

test('a repeated key has no second effect, for as long as it is remembered', () => {
  const bench = new Bench();
  bench.send('capture', 100);
  const first = bench.send('refund', 20, { key: 'again', atMs: 10 });
  expect(bench.send('refund', 20, { key: 'again', atMs: 109 })).toEqual(first);
  expect(bench.send('refund', 20, { key: 'again', atMs: 110 })).not.toEqual(first);
});

test('what is over is over', () => {
  const bench = new Bench();
  bench.send('release');
  for (const kind of ['increase', 'capture', 'release'] as const)
    expect(refusal(bench.send(kind, 100))).toBe('hold-over');
  expect(refusal(bench.send('refund', 100))).toBe('refund-refused');
  const late = new Bench();
  expect(refusal(late.send('capture', 100, { atMs: 1000 }))).toBe('hold-over');
  expect(late.model.holdsOf(PAYMENT)).toMatchObject([{ status: 'expired', isExpiredEarly: false }]);
});

test('never more than is held, and twice only where that is allowed', () => {
  expect(refusal(new Bench().send('capture', 501))).toBe('request-unusable');
  const once = new Bench();
  once.send('capture', 100);
  expect(refusal(once.send('capture', 100))).toBe('hold-over');
  const often = new Bench({ allowsSeveralCaptures: true });
  often.send('capture', 300);
  expect(refusal(often.send('capture', 200))).toBe('told');
  expect(refusal(often.send('capture', 1))).toBe('request-unusable');
});

test('it declines, refuses and captures in part as it is told', () => {
  const bench = new Bench();
  expect(refusal(bench.send('hold', 10, { whim: 'decline' }))).toBe('declined');
  expect(refusal(bench.send('increase', 600, { whim: 'decline' }))).toBe('increase-refused');
  expect(refusal(new Bench({ isIncremental: false }).send('increase', 600))).toBe('increase-refused');
  bench.send('capture', 101, { whim: 'capture-partly' });
  expect(bench.model.holdsOf(PAYMENT)).toMatchObject([{ capturedMinor: 51, isCapturedPartly: true }]);
});

test('a dispute takes back what is left of the capture, until it is won', () => {
  const bench = new Bench();
  expect(bench.model.dispute(PAYMENT)).toBe(false);
  bench.send('capture', 400);
  bench.send('refund', 100);
  expect(bench.model.dispute(PAYMENT)).toBe(true);
  expect(bench.model.holdsOf(PAYMENT)).toMatchObject([{ disputedMinor: 300 }]);
  expect(refusal(bench.send('refund', 1))).toBe('refund-refused');
  expect(bench.model.winDispute(PAYMENT)).toBe(true);
  expect(bench.model.winDispute(PAYMENT)).toBe(false);
  expect(refusal(bench.send('refund', 300))).toBe('told');
});

test('a hold of another payment cannot be reached', () => {
  const bench = new Bench();
  const request: ProcessorRequest = {
    kind: 'release',
    commandId: commandId('c'),
    paymentId: paymentId('pay-2'),
    holdId: HOLD,
  };
  const reply = bench.model.receive({ request, idempotencyKey: 'c', atMs: epochMs(0), whim: 'none' });
  expect(refusal(reply)).toBe('hold-unknown');
});
