/**
 * What every payment processor has to hold, whoever is behind it. A bench stands for one implementation and for what
 * can be made to happen at the processor that nobody asked for; everything else goes through the port.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandId, holdId, money, paymentId } from '../../src/domain/index.ts';
import type { HoldId, PaymentId } from '../../src/domain/index.ts';
import type {
  HoldRecord,
  PaymentProcessor,
  ProcessorReply,
  ProcessorRequest,
} from '../../src/payment/index.ts';

export interface ProcessorBench {
  readonly processor: PaymentProcessor;
  readonly goodToken: string;
  /** A hold of the processor's own form that it does not have. */
  readonly unknownHoldId: HoldId;
  /** The next hold or increase is declined, and no later one. */
  declineNext(): void;
  /** The answer to the next request is lost after its effect. */
  loseNextAnswer(): void;
  /** The bank lets go of what is held. */
  letGo(paymentId: PaymentId): void;
  dispute(paymentId: PaymentId): void;
  winDispute(paymentId: PaymentId): void;
  /** How often money was taken for the payment. */
  captureCountOf(paymentId: PaymentId): number;
  close(): Promise<void>;
}

const PAYMENT = paymentId('pay-1');
const GONE = { kind: 'refused', code: 'hold-over' };

type Changing = 'hold' | 'increase' | 'capture' | 'release' | 'refund';

class Customer {
  readonly bench: ProcessorBench;
  private count = 0;

  constructor(bench: ProcessorBench) {
    this.bench = bench;
  }

  /** The request, so that it can be sent again. */
  request(kind: Changing, minorUnits: number, hold: HoldId = holdId('none')): ProcessorRequest {
    const id = commandId(`${PAYMENT}/${++this.count}-${kind}`);
    const token = this.bench.goodToken;
    return {
      kind,
      commandId: id,
      paymentId: PAYMENT,
      holdId: hold,
      token,
      amount: money(minorUnits, 'USD'),
    };
  }

  send(request: ProcessorRequest): Promise<ProcessorReply> {
    return new Promise((resolve) => {
      this.bench.processor.send(request, resolve);
    });
  }

  do(kind: Changing, minorUnits: number, hold?: HoldId): Promise<ProcessorReply> {
    return this.send(this.request(kind, minorUnits, hold));
  }

  lookUp(payment: PaymentId = PAYMENT): Promise<ProcessorReply> {
    const id = commandId(`asked-${++this.count}`);
    const token = this.bench.goodToken;
    return this.send({ kind: 'look-up', commandId: id, paymentId: payment, token });
  }

  /** The one hold that a reply tells of. */
  only(reply: ProcessorReply): HoldRecord {
    const [hold, ...others] = reply.kind === 'told' ? reply.holds : [];
    if (hold === undefined || others.length > 0) throw new Error(`not one hold: ${JSON.stringify(reply)}`);
    return hold;
  }

  async held(minorUnits: number): Promise<HoldId> {
    return this.only(await this.do('hold', minorUnits)).holdId;
  }
}

/** Runs the suite against what `open` makes anew for each test. */
export function testPaymentProcessor(name: string, open: () => Promise<ProcessorBench>): void {
  const customer = async (): Promise<Customer> => {
    const bench = await open();
    onTestFinished(() => bench.close());
    return new Customer(bench);
  };
  describe(`${name}, as a payment processor`, () => {
    testHolds(customer);
    testRefusals(customer);
    testCaptures(customer);
    testRefunds(customer);
    testRepetition(customer);
    testWhatHappensThere(customer);
  });
}

type Open = () => Promise<Customer>;

function testHolds(open: Open): void {
  test('a hold is told with its command, its amount and its end', async () => {
    const ours = await open();
    const request = ours.request('hold', 1000);
    const hold = ours.only(await ours.send(request));
    expect(hold).toMatchObject({
      commandId: request.commandId,
      status: 'open',
      heldMinor: 1000,
      capturedMinor: 0,
      refunds: [],
      disputedMinor: 0,
    });
    expect(hold.expiresAtMs).toBeGreaterThan(0);
    expect(ours.only(await ours.lookUp())).toEqual(hold);
  });

  test('a second hold of a payment is told beside the first, and of another payment nothing', async () => {
    const ours = await open();
    await ours.do('hold', 1000);
    expect(await ours.do('hold', 2000)).toMatchObject({
      holds: [{ heldMinor: 1000 }, { heldMinor: 2000 }],
    });
    expect(await ours.lookUp(paymentId('pay-2'))).toEqual({ kind: 'told', holds: [] });
  });

  test('a hold is raised to the amount that is named', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    expect(ours.only(await ours.do('increase', 1700, hold))).toMatchObject({
      heldMinor: 1700,
      status: 'open',
    });
  });
}

function testRefusals(open: Open): void {
  test('a declined hold holds nothing', async () => {
    const ours = await open();
    ours.bench.declineNext();
    expect(await ours.do('hold', 1000)).toEqual({ kind: 'refused', code: 'declined' });
    expect(await ours.lookUp()).toEqual({ kind: 'told', holds: [] });
  });

  test('a declined increase leaves the hold as it was', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    ours.bench.declineNext();
    expect(await ours.do('increase', 1500, hold)).toEqual({ kind: 'refused', code: 'increase-refused' });
    expect(ours.only(await ours.lookUp())).toMatchObject({ heldMinor: 1000, status: 'open' });
  });

  test('what is let go is over', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    expect(ours.only(await ours.do('release', 0, hold))).toMatchObject({
      status: 'released',
      capturedMinor: 0,
    });
    for (const kind of ['capture', 'increase', 'release'] as const)
      expect(await ours.do(kind, 1200, hold), kind).toEqual(GONE);
    expect(await ours.do('refund', 100, hold)).toEqual({ kind: 'refused', code: 'refund-refused' });
  });

  test('an amount of nothing is unusable', async () => {
    const ours = await open();
    expect(await ours.do('hold', 0)).toEqual({ kind: 'refused', code: 'request-unusable' });
  });

  test('a hold that there is not is unknown', async () => {
    const ours = await open();
    for (const kind of ['increase', 'capture', 'release', 'refund'] as const)
      for (const hold of [ours.bench.unknownHoldId, holdId('../elsewhere')])
        expect(await ours.do(kind, 100, hold), kind).toEqual({ kind: 'refused', code: 'hold-unknown' });
  });
}

function testCaptures(open: Open): void {
  test('a part is taken and the rest let go, which is no refund', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    expect(ours.only(await ours.do('capture', 640, hold))).toMatchObject({
      status: 'captured',
      capturedMinor: 640,
      refunds: [],
    });
    expect(ours.only(await ours.lookUp())).toMatchObject({ status: 'captured', capturedMinor: 640 });
  });

  test('it is taken once, whoever asks for it again', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    await ours.do('capture', 640, hold);
    await ours.do('capture', 300, hold);
    expect(ours.only(await ours.lookUp())).toMatchObject({ status: 'captured', capturedMinor: 640 });
    expect(ours.bench.captureCountOf(PAYMENT)).toBe(1);
  });

  test('more than is held is never taken', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    expect(await ours.do('capture', 1001, hold)).toEqual({ kind: 'refused', code: 'request-unusable' });
    expect(ours.only(await ours.lookUp())).toMatchObject({ status: 'open', capturedMinor: 0 });
  });
}

function testRefunds(open: Open): void {
  test('parts are given back, each with its command, up to what was taken', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    await ours.do('capture', 900, hold);
    const parts = [ours.request('refund', 300, hold), ours.request('refund', 600, hold)];
    for (const part of parts) expect((await ours.send(part)).kind).toBe('told');
    const given = ours.only(await ours.lookUp()).refunds;
    expect(given).toEqual([
      { commandId: parts[0]!.commandId, minor: 300 },
      { commandId: parts[1]!.commandId, minor: 600 },
    ]);
    expect(await ours.do('refund', 50, hold)).toEqual({ kind: 'refused', code: 'refund-refused' });
  });

  test('more than is left is not given back', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    await ours.do('capture', 900, hold);
    expect(await ours.do('refund', 901, hold)).toEqual({ kind: 'refused', code: 'refund-refused' });
    expect(ours.only(await ours.lookUp()).refunds).toEqual([]);
  });

  test('nothing is given back of what was not taken', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    expect(await ours.do('refund', 100, hold)).toEqual({ kind: 'refused', code: 'refund-refused' });
  });
}

function testRepetition(open: Open): void {
  test.each(['hold', 'increase', 'capture', 'release', 'refund'] as const)(
    'a %s whose answer is lost is found by asking, and sent again has no second effect',
    async (kind) => {
      const ours = await open();
      const hold = kind === 'hold' ? holdId('none') : await ours.held(1000);
      if (kind === 'refund') await ours.do('capture', 1000, hold);
      const request = ours.request(kind, kind === 'increase' ? 1500 : 400, hold);
      ours.bench.loseNextAnswer();
      expect(await ours.send(request)).toEqual({ kind: 'unknown' });
      const found = ours.only(await ours.lookUp());
      const again = ours.only(await ours.send(request));
      expect(again).toEqual(found);
      expect(ours.only(await ours.lookUp())).toEqual(found);
    },
  );

  test('a repeated command is answered with how things are now, or as it was answered first', async () => {
    const ours = await open();
    const request = ours.request('hold', 1000);
    const first = ours.only(await ours.send(request));
    await ours.do('capture', 800, first.holdId);
    expect(ours.only(await ours.send(request)).holdId).toBe(first.holdId);
    expect(ours.bench.captureCountOf(PAYMENT)).toBe(1);
  });

  test('a decline whose answer is lost is declined again, not held', async () => {
    const ours = await open();
    const request = ours.request('hold', 1000);
    ours.bench.declineNext();
    ours.bench.loseNextAnswer();
    expect(await ours.send(request)).toEqual({ kind: 'unknown' });
    expect(await ours.lookUp()).toEqual({ kind: 'told', holds: [] });
    expect(await ours.send(request)).toEqual({ kind: 'refused', code: 'declined' });
    expect(await ours.lookUp()).toEqual({ kind: 'told', holds: [] });
  });
}

function testWhatHappensThere(open: Open): void {
  test('a hold that the bank lets go is expired, and cannot be taken', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    ours.bench.letGo(PAYMENT);
    expect(ours.only(await ours.lookUp())).toMatchObject({ status: 'expired', capturedMinor: 0 });
    expect(await ours.do('capture', 1000, hold)).toEqual(GONE);
    expect(ours.bench.captureCountOf(PAYMENT)).toBe(0);
  });

  test('a dispute takes back what is left, until it is won', async () => {
    const ours = await open();
    const hold = await ours.held(1000);
    await ours.do('capture', 1000, hold);
    await ours.do('refund', 300, hold);
    ours.bench.dispute(PAYMENT);
    expect(ours.only(await ours.lookUp())).toMatchObject({ status: 'captured', disputedMinor: 700 });
    expect(await ours.do('refund', 100, hold)).toEqual({ kind: 'refused', code: 'refund-refused' });
    ours.bench.winDispute(PAYMENT);
    expect(ours.only(await ours.lookUp())).toMatchObject({ disputedMinor: 0 });
    expect(ours.only(await ours.do('refund', 700, hold)).refunds).toHaveLength(2);
  });
}
