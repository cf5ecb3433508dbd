/** The life of one payment, transition by transition, with a processor that does as each test says. */
import { expect, test } from 'vitest';
import { minor, money, paymentId } from '../../src/domain/index.ts';
import {
  debtMinorOf,
  isAtRest,
  NO_PAYMENT,
  paidMinorOf,
  step,
  supplementTerms,
} from '../../src/payment/index.ts';
import { Desk, MODEL, PAYMENT, saleOf, TERMS, TIMING } from './desk.ts';

function shopping(): Desk {
  const desk = new Desk();
  desk.begin();
  return desk.pass();
}

function paid(total: number): Desk {
  const desk = shopping();
  desk.settle(total);
  return desk.pass();
}

test('hold at entry, adjust, capture at exit: exactly the final amount', () => {
  const desk = new Desk();
  expect(desk.begin()).toBeNull();
  expect(desk.phase).toBe('hold-requested');
  expect(desk.pass().phase).toBe('held');
  desk.basket(900);
  expect(desk.outgoing).toEqual([]);
  desk.basket(2500);
  expect(desk.phase).toBe('adjusting');
  expect(desk.pass().state.hold?.heldMinor).toBe(2500);
  desk.settle(2350);
  expect(desk.phase).toBe('capture-requested');
  expect(desk.pass().phase).toBe('captured');
  expect(desk.model.holdsOf(PAYMENT)).toMatchObject([{ status: 'captured', capturedMinor: 2350 }]);
  expect(desk.balance('processor-clearing')).toBe(2350);
  expect(desk.balance('revenue')).toBe(-2350);
  expect(desk.balance('receivable')).toBe(0);
  expect(isAtRest(desk.state)).toBe(true);
});

test('an empty basket lets the hold go at once', () => {
  const desk = paid(0);
  expect(desk.phase).toBe('released');
  expect(desk.model.holdsOf(PAYMENT)).toMatchObject([{ status: 'released', capturedMinor: 0 }]);
  expect(desk.entries).toEqual([]);
});

test('a visit that comes to nothing lets the hold go, also one that nobody has told of yet', () => {
  const desk = new Desk();
  desk.begin();
  desk.loseAnswers();
  desk.tell({ kind: 'give-up' });
  expect(desk.wake().pass().phase).toBe('released');
  expect(desk.model.holdsOf(PAYMENT)).toMatchObject([{ status: 'released' }]);
});

test('a hold that never arrived is buried only when it can no longer arrive', () => {
  const desk = new Desk();
  desk.begin();
  desk.loseRequests();
  desk.tell({ kind: 'give-up' });
  desk.wake().pass();
  expect(desk.state.pending).not.toBeNull();
  desk.wake().pass();
  expect(desk.nowMs).toBeGreaterThanOrEqual(TIMING.inFlightMsMax);
  expect(desk.phase).toBe('released');
  expect(desk.outgoing).toEqual([]);
});

test('without incremental authorisation a larger hold replaces the smaller one', () => {
  const desk = new Desk({ ...MODEL, isIncremental: false });
  desk.begin({ processor: { isIncremental: false } });
  desk.pass().basket(2000);
  expect(desk.phase).toBe('adjusting');
  expect(desk.pass().phase).toBe('held');
  expect(desk.model.holdsOf(PAYMENT)).toMatchObject([
    { status: 'released', heldMinor: 1000 },
    { status: 'open', heldMinor: 2000 },
  ]);
});

test('a hold is replaced before the processor lets it go, and after the last one given up', () => {
  const desk = shopping();
  for (let count = 2; count <= TIMING.holdCountMax; count++) desk.wake().pass();
  expect(desk.phase).toBe('held');
  expect(desk.model.holdsOf(PAYMENT).map(({ status }) => status)).toEqual(['released', 'released', 'open']);
  expect(desk.wake().pass().phase).toBe('released');
});

test('a hold with a short life is not old as soon as it is made', () => {
  const desk = new Desk({ ...MODEL, holdLifeMs: TIMING.renewBeforeMs / 2 });
  desk.begin();
  desk.pass();
  expect(desk.state.holdCount).toBe(1);
  desk.wake().pass();
  expect(desk.nowMs).toBe(TIMING.renewBeforeMs / 4);
  expect(desk.state.holdCount).toBe(2);
  expect(desk.phase).toBe('held');
});

test('a hold that cannot be renewed is kept half as close to its end, then let go', () => {
  const desk = shopping();
  const { expiresAtMs } = desk.state.hold!;
  desk.wake().pass('decline');
  expect(desk.nowMs).toBe(expiresAtMs - TIMING.renewBeforeMs);
  expect(desk.phase).toBe('held');
  expect(desk.state.holdCount).toBe(2);
  expect(desk.wake().pass().phase).toBe('released');
  expect(desk.nowMs).toBe(expiresAtMs - TIMING.renewBeforeMs / 2);
});

test('a refused adjustment captures what is held; the rest is debt, and may be written off', () => {
  const desk = shopping();
  desk.basket(1800);
  desk.pass('decline');
  expect(desk.phase).toBe('held');
  desk.settle(1800);
  desk.pass('decline');
  expect(desk.phase).toBe('short-captured');
  expect(debtMinorOf(desk.state)).toBe(800);
  expect(desk.balance('receivable')).toBe(800);
  expect(desk.tell({ kind: 'write-off' })).toBeNull();
  expect(debtMinorOf(desk.state)).toBe(0);
  expect(desk.balance('bad-debt')).toBe(800);
  expect(desk.tell({ kind: 'write-off' })).toBe('PAYMENT_NO_DEBT');
});

test('what was written off is forgiven before anything is given back', () => {
  const desk = shopping();
  desk.settle(9000);
  desk.pass();
  expect(debtMinorOf(desk.state)).toBe(4000);
  desk.tell({ kind: 'write-off' });
  desk.correct(6000);
  expect(desk.outgoing).toEqual([]);
  expect(desk.balance('bad-debt')).toBe(1000);
  desk.correct(4500);
  desk.pass();
  expect(desk.balance('bad-debt')).toBe(0);
  expect(paidMinorOf(desk.state)).toBe(4500);
});

test('a capture in part leaves debt', () => {
  const desk = shopping();
  desk.settle(1000);
  desk.pass('capture-partly');
  expect(desk.phase).toBe('short-captured');
  expect(debtMinorOf(desk.state)).toBe(500);
});

test('a declined card holds nothing, and what is then taken is debt', () => {
  const desk = new Desk();
  desk.begin();
  expect(desk.pass('decline').phase).toBe('declined');
  desk.settle(300);
  expect(desk.pass().phase).toBe('declined');
  expect(debtMinorOf(desk.state)).toBe(300);
});

test('a hold that the bank lets go early is made anew', () => {
  const desk = shopping();
  desk.model.expireHold(desk.state.hold!.holdId);
  desk.tell({ kind: 'webhook' });
  expect(desk.pass().phase).toBe('held');
  desk.model.expireHold(desk.state.hold!.holdId);
  desk.settle(700);
  expect(desk.pass().phase).toBe('captured');
  expect(desk.model.holdsOf(PAYMENT).map(({ status }) => status)).toEqual(['expired', 'expired', 'captured']);
});

test('a lost answer is made up for by asking; the charge is made once', () => {
  const desk = shopping();
  desk.settle(800);
  desk.loseAnswers();
  desk.nowMs += 3_600_000;
  desk.tell({ kind: 'restarted' });
  expect(desk.outgoing.map(({ kind }) => kind)).toEqual(['look-up']);
  expect(desk.pass().phase).toBe('captured');
  expect(desk.model.holdsOf(PAYMENT)).toMatchObject([{ captureCount: 1, capturedMinor: 800 }]);
});

test('a lost command is sent again under its id', () => {
  const desk = shopping();
  desk.settle(800);
  const [capture] = desk.outgoing;
  desk.loseRequests().wake();
  const [lookUp] = desk.outgoing;
  expect(desk.outgoing).toEqual([{ ...lookUp, kind: 'look-up', token: TERMS.card!.token }]);
  desk.loseRequests();
  const holds = desk.model.holdsOf(PAYMENT);
  desk.tell({ kind: 'reply', commandId: lookUp!.commandId, reply: { kind: 'told', holds } });
  expect(desk.outgoing).toEqual([capture]);
});

test('a command that fails at once again and again is sent at growing pauses', () => {
  const desk = shopping();
  desk.settle(800);
  const pausesMs: number[] = [];
  for (let count = 1; count <= 4; count++) {
    const [capture] = desk.outgoing.splice(0);
    desk.tell({ kind: 'reply', commandId: capture!.commandId, reply: { kind: 'unknown' } });
    const failedAtMs = desk.nowMs;
    desk.wake();
    pausesMs.push(desk.nowMs - failedAtMs);
    const [lookUp] = desk.outgoing.splice(0);
    const holds = desk.model.holdsOf(PAYMENT);
    desk.tell({ kind: 'reply', commandId: lookUp!.commandId, reply: { kind: 'told', holds } });
  }
  expect(pausesMs).toEqual([0, 5000, 10_000, 20_000]);
});

test('a command that grew too old is buried and asked for anew', () => {
  const desk = shopping();
  desk.settle(800);
  const [capture] = desk.outgoing;
  desk.loseRequests();
  desk.nowMs += TIMING.resendMsMax + TIMING.inFlightMsMax;
  desk.wake().pass();
  expect(desk.phase).toBe('captured');
  expect(desk.state.commandCount).toBe(3);
  expect(capture?.commandId).toBe('pay-1/2-capture');
});

test('an answer that comes twice, late or for somebody else changes nothing', () => {
  const desk = shopping();
  const [begin, reply] = desk.kept;
  const before = desk.state;
  expect(step(before, reply!).state).toBe(before);
  expect(step(NO_PAYMENT, reply!).state).toBe(NO_PAYMENT);
  expect(step(before, { kind: 'tick', atMs: begin!.atMs }).state).toBe(before);
});

test('a correction down is a refund, several of them add up', () => {
  const desk = paid(2000);
  expect(desk.correct(1500)).toBeNull();
  expect(desk.pass().phase).toBe('partly-refunded');
  desk.correct(1400);
  desk.pass().correct(0);
  expect(desk.pass().phase).toBe('refunded');
  expect(desk.state.refunds.map((refund) => refund.minor)).toEqual([500, 100, 1400]);
  for (const account of ['processor-clearing', 'revenue', 'receivable'])
    expect(desk.balance(account)).toBe(0);
});

test('a correction up needs consent, stays under the cap, and never captures twice', () => {
  const desk = shopping();
  expect(desk.correct(700, true)).toBe('PAYMENT_NOT_SETTLED');
  desk.settle(600);
  desk.loseRequests();
  expect(desk.correct(700)).toBe('PAYMENT_CONSENT_MISSING');
  expect(desk.correct(700, true)).toBe('PAYMENT_SUPPLEMENT_NEEDED');
  desk.wake().pass();
  const supplement = (amount: number, hasConsent: boolean): string | null =>
    desk.tell({ kind: 'supplement', amount: money(amount, 'USD'), hasConsent });
  expect(supplement(100, false)).toBe('PAYMENT_CONSENT_MISSING');
  expect(supplement(4401, true)).toBe('PAYMENT_ABOVE_CAP');
  expect(supplement(4000, true)).toBeNull();
  expect(supplement(401, true)).toBe('PAYMENT_ABOVE_CAP');
  expect(supplement(0, true)).toBe('PAYMENT_AMOUNT');
  const terms = supplementTerms(TERMS, { paymentId: paymentId('pay-2'), amountMinor: minor(4000) });
  expect(terms).toMatchObject({ supplementOf: PAYMENT, capMinor: 4000, card: { firstHoldMinor: 4000 } });
});

test('a correction up before the charge is made raises the hold first', () => {
  const desk = shopping();
  desk.basket(1500);
  desk.settle(1500);
  expect(desk.correct(5001, true)).toBe('PAYMENT_ABOVE_CAP');
  expect(desk.correct(3000, true)).toBeNull();
  expect(desk.pass().phase).toBe('captured');
  expect(paidMinorOf(desk.state)).toBe(3000);
});

test('a prepaid balance is used first and given back last', () => {
  const desk = new Desk();
  desk.begin({ prepaid: { balanceId: 'balance-1', reservedMinor: minor(600) } });
  desk.pass().settle(1000);
  desk.pass();
  expect(desk.balance('processor-clearing')).toBe(400);
  expect(desk.balance('prepaid-liability')).toBe(600);
  desk.correct(700);
  desk.pass();
  expect([desk.balance('processor-clearing'), desk.balance('prepaid-liability')]).toEqual([100, 600]);
  desk.correct(250);
  desk.pass();
  expect([desk.balance('processor-clearing'), desk.balance('prepaid-liability')]).toEqual([0, 250]);
  desk.correct(0);
  expect(desk.phase).toBe('refunded');
});

test('a prepaid balance alone needs no processor', () => {
  const desk = new Desk();
  desk.begin({ card: null, prepaid: { balanceId: 'balance-1', reservedMinor: minor(600) } });
  expect(desk.phase).toBe('held');
  desk.settle(500);
  expect(desk.phase).toBe('captured');
  expect(desk.outgoing).toEqual([]);
  expect(desk.balance('receivable')).toBe(0);
});

test('a dispute is posted, stops refunds, and is taken back when it is won', () => {
  const desk = paid(900);
  desk.model.dispute(PAYMENT);
  desk.tell({ kind: 'webhook' });
  expect(desk.pass().phase).toBe('disputed');
  expect([desk.balance('bad-debt'), desk.balance('processor-clearing')]).toEqual([900, 0]);
  desk.correct(500);
  expect(desk.outgoing).toEqual([]);
  desk.model.winDispute(PAYMENT);
  desk.tell({ kind: 'webhook' });
  expect(desk.pass().phase).toBe('partly-refunded');
  expect([desk.balance('bad-debt'), desk.balance('processor-clearing')]).toEqual([0, 500]);
});

test('a refund that is refused stays owed until somebody corrects again', () => {
  const desk = paid(900);
  desk.correct(400);
  const [refund] = desk.outgoing.splice(0);
  desk.tell({
    kind: 'reply',
    commandId: refund!.commandId,
    reply: { kind: 'refused', code: 'refund-refused' },
  });
  expect(desk.balance('receivable')).toBe(-500);
  expect(desk.outgoing).toEqual([]);
  desk.correct(300);
  desk.pass();
  expect(desk.balance('receivable')).toBe(0);
});

test('tax goes to its authority, deposits and what others fund to theirs', () => {
  const desk = shopping();
  const sale = {
    currency: 'USD' as const,
    revenueMinor: minor(1000),
    taxes: [
      { authority: 'state', minor: minor(60) },
      { authority: 'city', minor: minor(15) },
    ],
    depositsMinor: minor(10),
    manufacturerMinor: minor(200),
    thirdPartyMinor: minor(50),
    cashRoundingMinor: minor(-3),
  };
  desk.tell({ kind: 'settle', sale });
  desk.pass();
  expect(desk.balance('processor-clearing')).toBe(832);
  expect(desk.balance('tax:state')).toBe(-60);
  expect(desk.balance('tax:city')).toBe(-15);
  expect(desk.balance('deposits')).toBe(-10);
  expect(desk.balance('manufacturer-receivable')).toBe(200);
  expect(desk.balance('third-party-receivable')).toBe(50);
  expect(desk.balance('cash-rounding')).toBe(3);
  expect(desk.balance('revenue')).toBe(-1000);
});

test('a dispute that we accept counts as given back, and what the party is owed beyond it is refunded', () => {
  const desk = shopping();
  desk.settle(1000);
  desk.pass();
  const accept = { kind: 'accept-dispute', sale: saleOf(0) } as const;
  expect(desk.tell(accept)).toBe('PAYMENT_NO_DISPUTE');
  desk.model.dispute(PAYMENT);
  desk.tell({ kind: 'webhook' });
  desk.pass();
  expect([desk.phase, desk.balance('bad-debt')]).toEqual(['disputed', 1000]);
  expect(desk.tell({ ...accept, sale: saleOf(1) })).toBe('PAYMENT_AMOUNT');
  expect(desk.tell(accept)).toBeNull();
  desk.pass();
  expect(desk.phase).toBe('refunded');
  for (const account of ['bad-debt', 'receivable', 'revenue', 'processor-clearing'])
    expect(desk.balance(account), account).toBe(0);
  expect(desk.state.refunds).toEqual([]);
  expect(desk.tell(accept)).toBe('PAYMENT_NO_DISPUTE');
});

test('a refund that comes back days later is owed again, and is sent again only when somebody says so', () => {
  const desk = shopping();
  desk.settle(1000);
  desk.pass();
  desk.correct(400);
  desk.pass();
  expect([desk.phase, desk.balance('processor-clearing')]).toEqual(['partly-refunded', 400]);
  desk.model.failRefund(PAYMENT);
  desk.tell({ kind: 'webhook' });
  desk.pass();
  expect([desk.phase, desk.balance('processor-clearing'), desk.balance('receivable')]).toEqual([
    'captured',
    1000,
    -600,
  ]);
  desk.correct(400);
  desk.pass();
  expect([desk.phase, desk.balance('processor-clearing'), desk.balance('receivable')]).toEqual([
    'partly-refunded',
    400,
    0,
  ]);
});

test('what cannot be is refused with a code and changes nothing', () => {
  const desk = new Desk();
  expect(desk.settle(100)).toBe('PAYMENT_NOT_BEGUN');
  expect(desk.begin({ card: null })).toBe('PAYMENT_WITHOUT_TENDER');
  expect(desk.begin({ capMinor: minor(999) })).toBe('PAYMENT_AMOUNT');
  expect(desk.tell({ kind: 'begin', terms: TERMS, isDenied: true })).toBe('PAYMENT_DENIED');
  expect(desk.state).toBe(NO_PAYMENT);
  desk.begin();
  desk.pass();
  const before = desk.state;
  expect(desk.begin()).toBe('PAYMENT_BEGUN_TWICE');
  expect(desk.basket(-1)).toBe('PAYMENT_AMOUNT');
  expect(desk.tell({ kind: 'basket-changed', total: money(1, 'EUR') })).toBe('PAYMENT_CURRENCY');
  expect(desk.tell({ kind: 'settle', sale: { ...saleOf(1), currency: 'EUR' } })).toBe('PAYMENT_CURRENCY');
  expect(desk.settle(-1)).toBe('PAYMENT_AMOUNT');
  expect(desk.tell({ kind: 'supplement', amount: money(1, 'USD'), hasConsent: true })).toBe(
    'PAYMENT_NOT_SETTLED',
  );
  expect(desk.state).toBe(before);
  desk.settle(100);
  desk.pass();
  expect(desk.settle(100)).toBe('PAYMENT_SETTLED_ALREADY');
  expect(desk.basket(100)).toBe('PAYMENT_SETTLED_ALREADY');
  expect(desk.tell({ kind: 'give-up' })).toBe('PAYMENT_SETTLED_ALREADY');
  expect(desk.correct(-5)).toBe('PAYMENT_AMOUNT');
  expect(desk.tell({ kind: 'correct', sale: { ...saleOf(1), currency: 'EUR' }, hasConsent: true })).toBe(
    'PAYMENT_CURRENCY',
  );
});
