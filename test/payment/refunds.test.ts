/** What must hold for whatever corrections come. */
import { array, assert as holds, boolean, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { NO_PAYMENT, paidMinorOf, refundedMinorOf, step } from '../../src/payment/index.ts';
import type { PaymentState } from '../../src/payment/index.ts';
import { minor } from '../../src/domain/index.ts';
import { Desk, PAYMENT } from './desk.ts';

const amount = integer({ min: 0, max: 9000 });

test('partial refunds add up to the whole, and none exceeds what was paid', () => {
  holds(
    property(
      amount,
      array(integer({ min: 0, max: 3000 })),
      integer({ min: 0, max: 2000 }),
      (total, steps, reserved) => {
        const desk = new Desk();
        desk.begin({ prepaid: { balanceId: 'balance-1', reservedMinor: minor(reserved) } });
        desk.pass().settle(total);
        desk.pass();
        const charged = paidMinorOf(desk.state);
        let left = total;
        for (const down of steps) {
          left = Math.max(0, left - down);
          desk.correct(left);
          desk.pass();
          expect(paidMinorOf(desk.state)).toBe(Math.min(charged, left));
          expect(refundedMinorOf(desk.state)).toBeLessThanOrEqual(desk.state.capturedMinor);
        }
        desk.correct(0);
        desk.pass();
        const given = refundedMinorOf(desk.state) + desk.state.prepaidReturnedMinor;
        expect(given).toBe(charged);
        for (const account of ['processor-clearing', 'prepaid-liability', 'revenue', 'receivable'])
          expect(desk.balance(account), account).toBe(0);
      },
    ),
  );
});

test('whatever comes in whatever order, entries add up to zero and the record gives the same state again', () => {
  const told = array(integer({ min: 0, max: 8 }), { maxLength: 40 });
  holds(
    property(
      told,
      array(amount, { minLength: 40, maxLength: 40 }),
      boolean(),
      (kinds, amounts, hasConsent) => {
        const desk = new Desk();
        desk.begin();
        for (const [index, kind] of kinds.entries()) {
          const total = amounts[index]!;
          const acts: readonly (() => unknown)[] = [
            () => desk.pass(),
            () => desk.pass('decline'),
            () => desk.pass('capture-partly'),
            () => desk.loseAnswers(),
            () => desk.loseRequests(),
            () => desk.wake(),
            () => desk.basket(total),
            () => desk.settle(total),
            () => desk.correct(total, hasConsent),
          ];
          acts[kind]!();
        }
        const sums = desk.entries.map(({ lines }) => lines.reduce((sum, line) => sum + line.minor, 0));
        expect(sums.every((sum) => sum === 0)).toBe(true);
        for (const hold of desk.model.holdsOf(PAYMENT)) expect(hold.captureCount).toBeLessThanOrEqual(1);
        let again: PaymentState = NO_PAYMENT;
        for (const event of desk.kept) again = step(again, event).state;
        expect(again).toEqual(desk.state);
      },
    ),
  );
});
