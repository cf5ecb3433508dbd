/** From the exit to the last correction: payment, receipt, books and claims of a store, together. */
import { expect, test } from 'vitest';
import { epochMs } from '../../src/base/index.ts';
import { minor, money, paymentId } from '../../src/domain/index.ts';
import { StoreMoney } from '../../src/engine/index.ts';
import { phaseOf } from '../../src/payment/index.ts';
import { Counter, correctionOf, FISCAL, goodsFrom, NOTHING_TAKEN, PAY, SETTINGS } from './counter.ts';

/** Came in, took, went out, was charged. */
function sold(seed = 5, settings = SETTINGS): Counter {
  const counter = new Counter(settings);
  counter.begin();
  counter.pass();
  counter.sell(goodsFrom(seed));
  return counter.pass();
}

const phases = (counter: Counter): string[] => counter.account().payments.map(phaseOf);

test('what is taken is charged once, receipted and booked, all the same amount', () => {
  const counter = sold();
  const [receipt] = counter.issued;
  const { toPayMinor } = receipt!.content.sums;
  expect(toPayMinor).toBeGreaterThan(0);
  expect(receipt!.content).toMatchObject({
    number: 1,
    revision: 1,
    receiptId: 'store-1/a/000001',
    change: null,
  });
  expect(counter.model.holdsOf(PAY)).toMatchObject([{ capturedMinor: toPayMinor, captureCount: 1 }]);
  expect(counter.balance('processor-clearing')).toBe(toPayMinor);
  expect(counter.balance('receivable')).toBe(0);
  expect(phases(counter)).toEqual(['captured']);
  expect(counter.sell(goodsFrom(6))).toBe('RECEIPT_ISSUED_ALREADY');
});

test('whoever takes nothing gets no receipt, uses no number, and is let go at once', () => {
  const counter = new Counter();
  counter.begin();
  counter.pass();
  counter.sell(NOTHING_TAKEN);
  counter.pass();
  expect([counter.issued, phases(counter)]).toEqual([[], ['released']]);
  const second = paymentId('pay-2');
  counter.begin(second);
  counter.pass();
  counter.sell(goodsFrom(5), second);
  expect(counter.issued.map(({ content }) => content.number)).toEqual([1]);
});

test('a correction down is a new revision and a refund of the same amount, however often it is asked for', () => {
  const counter = sold();
  const before = counter.account().latest!.sums.toPayMinor;
  const change = { kind: 'give-back', lines: [{ lineId: 'line-1', units: 1 }], fees: [] } as const;
  for (let time = 0; time < 5; time++) expect(counter.correct(correctionOf('c-1', { change }))).toBeNull();
  counter.pass();
  const [, second] = counter.issued;
  const { givenBackMinor } = second!.content.change!;
  expect(givenBackMinor).toBeGreaterThan(0);
  expect(counter.issued.length).toBe(2);
  expect(second!.content.sums.toPayMinor).toBe(before - givenBackMinor);
  expect(counter.account().payments[0]!.refunds).toMatchObject([{ minor: givenBackMinor }]);
  expect(counter.balance('processor-clearing')).toBe(before - givenBackMinor);
  expect(counter.chainProblems()).toEqual([]);
});

test('a correction up takes consent, and is charged by a payment of its own once the first is charged', () => {
  const counter = sold();
  const before = counter.account().latest!.sums.toPayMinor;
  const more = goodsFrom(9, before + 100);
  const correction = correctionOf('c-1', { reason: 'not-billed', change: { kind: 'replace', goods: more } });
  expect(counter.correct(correction)).toBe('PAYMENT_CONSENT_MISSING');
  expect([counter.issued.length, counter.account().correctionIds]).toEqual([1, []]);
  expect(counter.correct(correction, true)).toBeNull();
  counter.pass();
  expect(phases(counter)).toEqual(['captured', 'captured']);
  const captured = (name: string): number =>
    counter.model.holdsOf(paymentId(name)).reduce((sum, hold) => sum + hold.capturedMinor, 0);
  expect([captured('pay-1'), captured('pay-1-more-1')]).toEqual([before, more.sums.toPayMinor - before]);
  expect(counter.balance('processor-clearing')).toBe(more.sums.toPayMinor);
  expect(counter.balance('receivable')).toBe(0);
  // And back to nothing: both payments give back all that they took.
  expect(counter.correct(correctionOf('c-2'))).toBeNull();
  counter.pass();
  expect(phases(counter)).toEqual(['refunded', 'refunded']);
  for (const account of ['processor-clearing', 'receivable', 'revenue', 'deposits', 'tax:state', 'tax:city'])
    expect(counter.balance(account), account).toBe(0);
  expect(counter.chainProblems()).toEqual([]);
});

test('above the cap nothing is charged, whatever the consent, and nothing is half done', () => {
  const counter = new Counter();
  counter.begin(PAY, { capMinor: minor(2000) });
  counter.pass();
  counter.sell(goodsFrom(5, 500));
  counter.pass();
  const { kept } = counter;
  const keptCount = kept.length;
  const more = goodsFrom(12, 2600);
  const correction = correctionOf('c-1', { reason: 'not-billed', change: { kind: 'replace', goods: more } });
  expect(counter.correct(correction, true)).toBe('PAYMENT_ABOVE_CAP');
  expect([kept.length, counter.issued.length, phases(counter)]).toEqual([keptCount, 1, ['captured']]);
});

test('a prepaid balance is used first, and what was set aside and not used comes back', () => {
  const counter = new Counter();
  const load = { kind: 'prepaid-loaded', balanceId: 'b-1', amount: money(3000, 'USD') } as const;
  for (let time = 0; time < 3; time++) counter.tell(load, paymentId('load-1'));
  expect(counter.money.availableMinorOf('b-1')).toBe(3000);
  counter.begin(PAY, { prepaid: { balanceId: 'b-1', reservedMinor: minor(3000) } });
  expect(counter.money.availableMinorOf('b-1')).toBe(0);
  counter.pass();
  const goods = goodsFrom(5);
  const { toPayMinor } = goods.sums;
  expect(toPayMinor).toBeLessThan(3000);
  counter.sell(goods);
  counter.pass();
  expect(counter.money.availableMinorOf('b-1')).toBe(3000 - toPayMinor);
  expect(counter.balance('prepaid-liability')).toBe(toPayMinor - 3000);
  counter.correct(correctionOf('c-1'));
  counter.pass();
  expect(counter.money.availableMinorOf('b-1')).toBe(3000);
  expect(counter.tell({ ...load, amount: money(-5, 'USD') }, paymentId('load-2'))).toBe('PAYMENT_AMOUNT');
});

test('debt denies the next entry with that token, until it is paid or forgiven', () => {
  const counter = new Counter();
  counter.begin();
  counter.pass('decline');
  const goods = goodsFrom(5, 200);
  counter.sell(goods);
  counter.pass('decline');
  expect(phases(counter)).toEqual(['declined']);
  expect(counter.money.debtOf('guest-7')).toEqual({ unpaidMinor: goods.sums.toPayMinor, unpaidCount: 1 });
  const next = paymentId('pay-2');
  expect(counter.begin(next)).toBe('PAYMENT_DENIED');
  expect(counter.money.accountOf(next)).toBeNull();
  // Written off it is no longer in the books as owed, but still known.
  counter.tell({ kind: 'wrote-off', paymentId: PAY });
  expect(counter.begin(next)).toBe('PAYMENT_DENIED');
  // What was not owed after all is no debt.
  counter.correct(correctionOf('c-1'));
  expect(counter.money.debtOf('guest-7')).toEqual({ unpaidMinor: 0, unpaidCount: 0 });
  expect(counter.begin(next)).toBeNull();
});

test('where a fiscal device is needed, no receipt goes out without its mark', () => {
  const counter = sold(5, FISCAL);
  expect(counter.issued[0]!.content.fiscal).toMatchObject({ kind: 'marked', text: 'mark' });
  expect(counter.fiscalIds).toEqual(['store-1/a/000001#1']);
});

test('a fiscal device that does not answer is asked again under the same id; then the receipt says that it failed', () => {
  const counter = new Counter(FISCAL);
  counter.fiscalReply = null;
  counter.begin();
  counter.pass();
  counter.sell(goodsFrom(5));
  counter.pass();
  expect(counter.issued).toEqual([]);
  expect(phases(counter)).toEqual(['captured']);
  counter.wake().pass();
  counter.fiscalReply = { kind: 'unknown' };
  counter.wake().pass();
  expect(new Set(counter.fiscalIds)).toEqual(new Set(['store-1/a/000001#1']));
  expect(counter.fiscalIds.length).toBe(3);
  for (let wakes = 0; counter.issued.length === 0 && wakes < 10; wakes++) counter.wake().pass();
  expect(counter.issued[0]!.content.fiscal).toEqual({ kind: 'device-failed' });
  expect(counter.nowMs).toBe(31_000);
  // A mark that comes too late changes nothing that is out.
  const late = { kind: 'marked', deviceId: 'device-1', text: 'late', qr: null } as const;
  counter.tell({ kind: 'fiscal-told', fiscalId: 'store-1/a/000001#1', reply: late });
  expect(counter.issued.length).toBe(1);
});

test('receipts of others overtake one that waits for its mark, and the numbers still have no gap', () => {
  const counter = new Counter(FISCAL);
  const other = paymentId('pay-2');
  for (const name of [PAY, other]) counter.begin(name);
  counter.pass();
  counter.fiscalReply = null;
  counter.sell(goodsFrom(5));
  counter.pass();
  counter.fiscalReply = { kind: 'marked', deviceId: 'device-1', text: 'mark', qr: null };
  counter.sell(goodsFrom(6), other);
  counter.correct(correctionOf('c-1'));
  counter.pass();
  // The correction has its mark, but waits for the revision before it.
  expect(counter.issued.map(({ content: { number, revision } }) => [number, revision])).toEqual([[2, 1]]);
  counter.wake().pass();
  expect(counter.issued.map(({ content: { number, revision } }) => [number, revision])).toEqual([
    [2, 1],
    [1, 1],
    [1, 2],
  ]);
  expect(counter.chainProblems()).toEqual([]);
});

test('a small claim is granted and refunded at once; a larger one moves nothing until somebody has looked', () => {
  const counter = sold();
  const claim = {
    kind: 'opened',
    atMs: epochMs(1),
    claimId: 'claim-1',
    reason: 'not-taken',
    lines: [{ lineId: 'line-1', units: 1 }],
    words: 'I put it back',
  } as const;
  expect(counter.tell({ kind: 'claimed', claimId: 'claim-1', claim })).toBeNull();
  const [first] = counter.account().claims;
  if (first!.phase === 'in-review') {
    expect(counter.issued.length).toBe(1);
    const review = { kind: 'reviewed', atMs: epochMs(2), granted: claim.lines } as const;
    expect(counter.tell({ kind: 'claimed', claimId: 'claim-1', claim: review })).toBeNull();
  }
  counter.pass();
  expect(counter.account().claims).toMatchObject([{ phase: 'granted' }]);
  expect(counter.issued[1]!.content.change).toMatchObject({ reason: 'not-taken' });
  expect(counter.account().payments[0]!.refunds.length).toBe(1);
  expect(counter.tell({ kind: 'claimed', claimId: 'claim-1', claim })).toBe('CLAIM_OPENED_TWICE');
});

test('a dispute that is accepted gives nothing back twice', () => {
  const counter = sold();
  const { toPayMinor } = counter.account().latest!.sums;
  counter.model.dispute(PAY);
  counter.tell({ kind: 'payment-told', paymentId: PAY, news: { kind: 'webhook', atMs: epochMs(2000) } });
  counter.pass();
  expect([phases(counter), counter.balance('bad-debt')]).toEqual([['disputed'], toPayMinor]);
  const lost = correctionOf('d-1', { reason: 'dispute-lost' });
  expect(counter.tell({ kind: 'dispute-accepted', correction: lost })).toBeNull();
  counter.pass();
  expect(counter.account().payments[0]!.refunds).toEqual([]);
  for (const account of ['bad-debt', 'receivable', 'revenue', 'processor-clearing'])
    expect(counter.balance(account), account).toBe(0);
  expect(counter.issued[1]!.content.change).toMatchObject({
    reason: 'dispute-lost',
    givenBackMinor: toPayMinor,
  });
  const again = correctionOf('d-2', { reason: 'dispute-lost' });
  expect(counter.tell({ kind: 'dispute-accepted', correction: again })).not.toBeNull();
});

test('what was kept, told again in its order, gives the same store bit for bit', () => {
  const counter = sold(5, FISCAL);
  counter.correct(
    correctionOf('c-1', { change: { kind: 'reduce', lineId: 'line-1', minor: 1 }, reason: 'goodwill' }),
  );
  counter.pass();
  const again = new StoreMoney(FISCAL);
  const hashes: string[] = [];
  for (const event of counter.kept) {
    const step = again.stepped(event);
    again.apply(step);
    hashes.push(...step.issued.map(({ hash }) => hash));
  }
  expect(hashes).toEqual(counter.issued.map(({ hash }) => hash));
  expect(again.accountOf(PAY)).toEqual(counter.account());
  expect(again.book).toEqual(counter.money.book);
});

test('an account is let go only when it is at rest', () => {
  const counter = new Counter();
  counter.begin();
  expect(counter.money.forget(PAY)).toBe(false);
  counter.pass();
  counter.sell(goodsFrom(5));
  counter.pass();
  expect(counter.money.isAtRest(PAY)).toBe(true);
  expect(counter.money.forget(PAY)).toBe(true);
  expect(counter.money.accountOf(PAY)).toBeNull();
});

test('a store that is full lets nobody new in, and lets them in again when one is let go', () => {
  const counter = new Counter({ ...SETTINGS, accountsMax: 1 });
  counter.begin();
  counter.pass();
  counter.sell(NOTHING_TAKEN);
  counter.pass();
  const second = paymentId('pay-2');
  expect(counter.begin(second)).toBe('MONEY_FULL');
  expect(counter.money.forget(PAY)).toBe(true);
  expect(counter.begin(second)).toBeNull();
});
