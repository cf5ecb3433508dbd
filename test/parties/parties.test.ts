/** From shelves and cameras to charged receipts: who pays for what, with doubts, groups, gaps and latecomers. */
import { expect, test } from 'vitest';
import { epochMs } from '../../src/base/index.ts';
import { minor, partyId, paymentId, questionId, visitId } from '../../src/domain/index.ts';
import type { Question, VisitId } from '../../src/domain/index.ts';
import { StoreMoney } from '../../src/engine/index.ts';
import type { ShopEvent } from '../../src/engine/index.ts';
import { busyShopScript, firstVisitScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording } from '../builders/index.ts';
import { SETTINGS } from '../money/counter.ts';
import { accountName, booksOf, LiveShop } from './live-shop.ts';

function oneVisit(seed = 4): ScriptedRecording {
  const shop = scriptedShop({ seed, fixtures: 2, shelvesPerFixture: 4 });
  return scriptRecording(shop, firstVisitScript(shop), { seed });
}

function busy(seed = 11): ScriptedRecording {
  const shop = scriptedShop({ seed, fixtures: 3, shelvesPerFixture: 5 });
  return scriptRecording(shop, busyShopScript(shop, seed), { seed });
}

/** Everybody pays for themselves, from the door on. */
function paying(live: LiveShop): (event: ShopEvent) => void {
  return (event) => {
    if (event.kind === 'visit-entered') live.pay([event.visit.visitId], accountName(event.visit.visitId));
  };
}

/** The receipt is changed before the parties hear of it. */
function judgedAs(
  change: (receipt: Extract<ShopEvent, { kind: 'receipt-issued' }>['receipt']) => object,
): (event: ShopEvent) => ShopEvent {
  return (event) =>
    event.kind === 'receipt-issued'
      ? { ...event, receipt: { ...event.receipt, ...change(event.receipt) } }
      : event;
}

const VISIT = visitId('visit-1');
const NAME = accountName(VISIT);

test('everybody who comes in and pays is charged what their receipt says, with the deal and the tax', () => {
  const recording = busy();
  const live = new LiveShop(recording);
  live.run({ after: paying(live) });
  expect(live.problems).toEqual([]);
  expect(live.receipts.length).toBe(recording.people.length);
  const { prices } = booksOf(recording);
  for (const { visitId: ofVisit, charge, decision } of live.receipts) {
    if (decision !== 'charge') continue;
    const name = accountName(ofVisit);
    let goods = 0;
    for (const { productId, quantity } of charge.items) {
      const price = prices.byProduct.get(productId)!.prices[0]!.priceMinor;
      const pairs = Math.floor(quantity / 2);
      goods += price * quantity - pairs * Math.round(price * 2 * 0.1);
    }
    // 15 % and 5 % on top, each line rounded.
    expect(Math.abs(live.toPay(name) - goods * 1.2)).toBeLessThan(3);
    expect(live.captured(name)).toBe(live.toPay(name));
  }
  expect(live.counter.balance('receivable')).toBe(0);
  expect(live.counter.chainProblems()).toEqual([]);
});

test('the live basket is told with its total, and enough is held before the exit', () => {
  const live = new LiveShop(oneVisit());
  let heldAtExit = 0;
  const pay = paying(live);
  live.run({
    after: (event) => {
      pay(event);
      if (event.kind === 'visit-left')
        heldAtExit = live.counter.model.holdsOf(paymentId(NAME)).at(-1)?.heldMinor ?? 0;
    },
  });
  const totals = live.told('party-priced').map(({ basket }) => basket.totals.toPayMinor);
  expect(totals.length).toBeGreaterThan(2);
  expect(totals[0]).toBe(0);
  expect(totals.at(-1)).toBe(live.toPay(NAME));
  expect(heldAtExit).toBeGreaterThanOrEqual(live.toPay(NAME));
});

test('who comes together pays once, and a deal counts what all of them hold', () => {
  const recording = busy();
  const together = new LiveShop(recording);
  const entered: VisitId[] = [];
  together.run({
    after: (event) => {
      if (event.kind !== 'visit-entered') return;
      entered.push(event.visit.visitId);
      if (entered.length === recording.people.length) together.pay(entered, 'family');
    },
  });
  expect(together.problems).toEqual([]);
  expect(together.counter.issued.length).toBe(1);
  expect(together.counter.issued[0]!.content.visitIds).toEqual(entered);
  expect(together.captured('family')).toBe(together.toPay('family'));
  const lines = together.counter.issued[0]!.content.lines;
  const charged = together.receipts.flatMap(({ charge }) => charge.items);
  expect(lines.reduce((sum, { units }) => sum + units.length, 0)).toBe(
    charged.reduce((sum, { quantity }) => sum + quantity, 0),
  );
});

test('who went out unpaid is charged when somebody comes to pay; the oldest are let go, and counted', () => {
  const live = new LiveShop(busy());
  live.run();
  expect(live.told('visit-unclaimed').length).toBe(live.receipts.length);
  expect(live.parties.lostCount).toBe(live.receipts.length - 2);
  expect(live.told('unclaimed-dropped').length).toBe(live.parties.lostCount);
  expect(live.problems).toEqual([]);
  expect(live.counter.issued).toEqual([]);
  const last = live.receipts.at(-1)!;
  expect(live.pay([last.visitId], 'late')).toBeNull();
  if (last.decision === 'charge') expect(live.captured('late')).toBe(live.toPay('late'));
  expect(live.pay([last.visitId], 'again')).toBe('PARTY_VISIT_UNKNOWN');
  expect(live.pay([], 'nobody')).toBe('PARTY_VISIT_UNKNOWN');
});

test('a receipt to be reviewed waits for the look, and what was seen is charged', () => {
  const live = new LiveShop(oneVisit());
  live.run({ change: judgedAs(() => ({ decision: 'review' })), after: paying(live) });
  expect(live.told('party-in-review').map((notice) => notice.visitId)).toEqual([VISIT]);
  expect(live.counter.issued).toEqual([]);
  const [first] = live.receipts[0]!.charge.items;
  const items = [{ ...first!, quantity: 1 }];
  expect(live.tell({ kind: 'reviewed', atMs: live.nowMs, visitId: VISIT, items })).toBeNull();
  expect(live.counter.issued[0]!.content.lines.map(({ productId }) => productId)).toEqual([first!.productId]);
  expect(live.captured(NAME)).toBe(live.toPay(NAME));
  expect(live.tell({ kind: 'reviewed', atMs: live.nowMs, visitId: VISIT, items })).toBe(
    'PARTY_VISIT_UNKNOWN',
  );
});

function askAbout(productId: Question['productIds'][number]): Question {
  return {
    questionId: questionId('q-1'),
    visitId: VISIT,
    kind: 'have',
    productIds: [productId],
    answers: [
      { answerId: 'yes', claims: [{ productId, quantityMin: 1, quantityMax: null }] },
      { answerId: 'no', claims: [{ productId, quantityMin: 0, quantityMax: 0 }] },
    ],
    expectedGainMinor: 100,
  };
}

test('a shopper who is asked is charged by the answer; a wrong answer name or a second one is refused', () => {
  const live = new LiveShop(oneVisit());
  let question: Question | null = null;
  const change = judgedAs(({ charge }) => {
    question = askAbout(charge.items[0]!.productId);
    return { decision: 'ask', question };
  });
  live.run({ change, after: paying(live) });
  const asked = question!;
  expect(live.told('party-asked')).toMatchObject([{ visitId: VISIT, question: { questionId: 'q-1' } }]);
  const answer = (answerId: string): string | null =>
    live.tell({ kind: 'answered', atMs: live.nowMs, visitId: VISIT, reply: { question: asked, answerId } });
  expect(answer('perhaps')).toBe('PARTY_NOT_ASKED');
  expect(live.counter.issued).toEqual([]);
  expect(answer('yes')).toBeNull();
  expect(live.counter.issued.length).toBe(1);
  expect(answer('no')).toBe('PARTY_VISIT_UNKNOWN');
});

test('whoever does not answer in time is charged what is sure, and no more', () => {
  const live = new LiveShop(oneVisit());
  const change = judgedAs(({ charge }) => ({
    decision: 'ask',
    question: askAbout(charge.items[0]!.productId),
    charge: { ...charge, items: charge.items.slice(1) },
  }));
  live.run({ change, after: paying(live) });
  const dueAtMs = live.parties.wakeAtMs()!;
  live.tell({ kind: 'ticked', atMs: epochMs(dueAtMs - 1) });
  expect(live.counter.issued).toEqual([]);
  live.tell({ kind: 'ticked', atMs: dueAtMs });
  expect(live.told('answer-waived').length).toBe(1);
  expect(live.counter.issued[0]!.content.lines.length).toBe(live.receipts[0]!.charge.items.length - 1);
  expect(live.parties.wakeAtMs()).toBeNull();
});

test('what has no price today is left out and named; the rest is charged', () => {
  const recording = oneVisit();
  const [missing] = recording.people[0]!.items.keys();
  const live = new LiveShop(recording, booksOf(recording, [String(missing)]));
  live.run({ after: paying(live) });
  expect(live.told('item-unpriced').map(({ productId }) => productId)).toEqual([missing]);
  const { lines } = live.counter.issued[0]!.content;
  expect(lines.length).toBe(live.receipts[0]!.charge.items.length - 1);
  expect(live.captured(NAME)).toBe(live.toPay(NAME));
});

test('prices that change while somebody shops hold for what is priced from then on', () => {
  const recording = oneVisit();
  const live = new LiveShop(recording);
  const pay = paying(live);
  const after = (event: ShopEvent): void => {
    if (event.kind === 'visit-left') {
      const { prices, ...others } = booksOf(recording);
      const dearer = new Map(
        [...prices.byProduct].map(([id, product]) => [
          id,
          { ...product, prices: product.prices.map((window) => ({ ...window, priceMinor: 50 })) },
        ]),
      );
      live.tell({
        kind: 'books',
        atMs: live.nowMs,
        books: { ...others, prices: { ...prices, byProduct: dearer } },
      });
    }
    pay(event);
  };
  live.run({ after });
  const units = live.counter.issued[0]!.content.lines.flatMap((line) => line.units);
  expect(new Set(units.map(({ listMinor }) => listMinor))).toEqual(new Set([50]));
});

test('who owes is told so at the door, and is nobody’s party', () => {
  const live = new LiveShop(oneVisit());
  const after = (event: ShopEvent): void => {
    if (event.kind === 'visit-entered')
      live.tell({
        kind: 'payer',
        atMs: live.nowMs,
        isDenied: true,
        payer: {
          partyId: partyId('p'),
          accountId: paymentId('p'),
          visitIds: [VISIT],
          card: { token: 't', firstHoldMinor: minor(500) },
          prepaid: null,
          capMinor: 1000,
          tenders: [],
          isMember: false,
          coupons: [],
        },
      });
  };
  live.run({ after });
  expect(live.problems).toEqual(['PAYMENT_DENIED']);
  expect(live.told('visit-unclaimed').length).toBe(1);
});

test('the same inputs in the same order give the same decisions, and the same receipts bit for bit', () => {
  const first = new LiveShop(busy());
  first.run({ after: paying(first) });
  const second = new LiveShop(busy());
  second.run({ after: paying(second) });
  expect(second.counter.issued.map(({ hash }) => hash)).toEqual(first.counter.issued.map(({ hash }) => hash));
  const again = new StoreMoney({ ...SETTINGS, accountsMax: 100 });
  for (const event of first.counter.kept) again.apply(again.stepped(event));
  expect(again.book).toEqual(first.counter.money.book);
});
