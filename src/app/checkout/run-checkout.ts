/** One checkout from the hold to the receipt. */
import { minor, money, moneyText } from '../../domain/index.ts';
import { debtMinorOf, phaseOf } from '../../payment/index.ts';
import type { PaymentTerms } from '../../payment/index.ts';
import type { ReceiptRevision } from '../../receipts/index.ts';
import { partyOf, pricedCheckout } from './checkout-document.ts';
import type { Checkout, JudgedBasket } from './checkout-document.ts';
import { COUNTER_TIMING } from './desk-defaults.ts';
import type { MoneyDesk } from './money-desk.ts';
import { refused, ok } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import type { MoneyProblem } from '../../engine/index.ts';

/** An answer is waited for so long; afterwards the payment goes on when the book is opened again. */
const WAIT_MS_MAX = 60_000;

export interface CheckoutDone {
  readonly receipt: ReceiptRevision | null;
  /** Where the payment stands. */
  readonly phase: string;
  readonly debtMinor: number;
  /** False where somebody has not answered yet. */
  readonly isAtRest: boolean;
}

function asProblem(found: MoneyProblem, checkout: Checkout): readonly DataProblem[] {
  const what = found.what ?? 'the payment refuses it';
  const remedy = 'docs/reference/errors.md says what the code means; nothing was changed.';
  return [{ code: found.code, where: checkout.payer.paymentId, what, remedy }];
}

function termsOf(checkout: Checkout, currency: PaymentTerms['currency']): PaymentTerms {
  const { card, paymentId } = checkout.payer;
  return {
    paymentId,
    ...partyOf(checkout),
    currency,
    card: { token: card.token, firstHoldMinor: minor(card.holdMinor) },
    prepaid: null,
    capMinor: minor(card.capMinor),
    supplementOf: null,
    processor: { isIncremental: true },
    timing: COUNTER_TIMING,
  };
}

export interface CheckoutAt {
  readonly desk: MoneyDesk;
  /** Null where the file's own basket is sold. */
  readonly judged: JudgedBasket | null;
  readonly say: (text: string) => void;
}

/** Each step told by `say`. What was done before under the same payment id is not done again. */
export async function runCheckout(
  checkout: Checkout,
  { desk, judged, say }: CheckoutAt,
): Promise<Result<CheckoutDone, readonly DataProblem[]>> {
  const priced = pricedCheckout(checkout, judged);
  if (!priced.ok) return priced;
  const { goods } = priced.value;
  const { paymentId: accountId, card } = checkout.payer;
  const text = (amount: number): string => moneyText(money(amount, goods.currency));
  const isKnown = desk.money.accountOf(accountId) !== null;
  if (!isKnown) {
    const isDenied = desk.money.isDenied(card.token);
    const began = await desk.tell({
      kind: 'began',
      accountId,
      terms: termsOf(checkout, goods.currency),
      isDenied,
    });
    if (began !== null) return refused(asProblem(began, checkout));
    say(`hold     ${text(card.holdMinor)} on ${card.label}`);
    const { toPayMinor } = goods.sums;
    await desk.tell({ kind: 'basket-changed', accountId, total: money(toPayMinor, goods.currency) });
  }
  if (desk.money.accountOf(accountId)?.latest === null) {
    const { seller } = checkout.store;
    const tenders = [{ kind: 'card', label: card.label } as const];
    const sold = await desk.tell({ kind: 'sold', accountId, goods, seller, tenders });
    if (sold !== null) return refused(asProblem(sold, checkout));
    say(`sold     ${text(goods.sums.toPayMinor)}`);
  }
  const isAtRest = await desk.rested(accountId, WAIT_MS_MAX);
  const account = desk.money.accountOf(accountId);
  const payments = account?.payments ?? [];
  return ok({
    receipt: account?.revisions.at(-1) ?? null,
    phase: payments.map(phaseOf).join(', '),
    debtMinor: payments.reduce((sum, payment) => sum + debtMinorOf(payment), 0),
    isAtRest,
  });
}
