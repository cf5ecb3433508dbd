/** Our own decisions, and when they are refused. */
import { minor } from '../domain/index.ts';
import type { Minor, PaymentId } from '../domain/index.ts';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { capLeftMinorOf, cardMinorOf, closed } from './next-move.ts';
import type { PaymentDecision, PaymentTerms } from './payment-event.ts';
import { acceptedDisputeMinorOf, cardPaidMinorOf, debtMinorOf, paidMinorOf } from './payment-state.ts';
import type { PaymentState } from './payment-state.ts';
import type { PaymentProblem, PaymentProblemCode } from './problem-codes.ts';
import { isSaleUsable, totalOf } from './sale.ts';

type Decided = Result<PaymentState, PaymentProblem>;
type DecisionByKind = {
  readonly [Kind in PaymentDecision['kind']]: Extract<PaymentDecision, { kind: Kind }>;
};

const refusedWith = (code: PaymentProblemCode): Decided => refused({ code });

export function decide<Kind extends PaymentDecision['kind']>(
  state: PaymentState,
  kind: Kind,
  decision: DecisionByKind[Kind],
): Decided {
  if (kind !== 'begin' && state.terms === null) return refusedWith('PAYMENT_NOT_BEGUN');
  return DECISIONS[kind](state, decision);
}

const DECISIONS: {
  readonly [Kind in PaymentDecision['kind']]: (
    state: PaymentState,
    decision: DecisionByKind[Kind],
  ) => Decided;
} = {
  begin: (state, { terms, isDenied }) => {
    if (state.terms !== null) return refusedWith('PAYMENT_BEGUN_TWICE');
    if (isDenied) return refusedWith('PAYMENT_DENIED');
    if (terms.card === null && terms.prepaid === null) return refusedWith('PAYMENT_WITHOUT_TENDER');
    const firstMinor = terms.card?.firstHoldMinor ?? 0;
    const isOrdered =
      firstMinor >= 0 && firstMinor <= terms.capMinor && (terms.prepaid?.reservedMinor ?? 0) >= 0;
    return isOrdered ? ok({ ...state, terms }) : refusedWith('PAYMENT_AMOUNT');
  },
  'basket-changed': (state, { total }) => {
    if (state.sale !== null) return refusedWith('PAYMENT_SETTLED_ALREADY');
    if (total.currency !== state.terms?.currency) return refusedWith('PAYMENT_CURRENCY');
    if (total.minor < 0) return refusedWith('PAYMENT_AMOUNT');
    return ok(total.minor === state.basketMinor ? state : { ...state, basketMinor: total.minor });
  },
  settle: (state, { sale }) => {
    if (state.sale !== null) return refusedWith('PAYMENT_SETTLED_ALREADY');
    if (sale.currency !== state.terms?.currency) return refusedWith('PAYMENT_CURRENCY');
    if (!isSaleUsable(sale)) return refusedWith('PAYMENT_AMOUNT');
    const settled = { ...state, sale, isIncreaseRefused: false };
    return ok(state.isClosed ? closed(settled, state.terms) : settled);
  },
  correct: (state, { sale, hasConsent }) => {
    if (state.sale === null) return refusedWith('PAYMENT_NOT_SETTLED');
    if (sale.currency !== state.terms?.currency) return refusedWith('PAYMENT_CURRENCY');
    if (!isSaleUsable(sale)) return refusedWith('PAYMENT_AMOUNT');
    const up = totalOf(sale) - totalOf(state.sale);
    if (up <= 0) return ok(correctedDown({ ...state, sale, isRefundRefused: false }));
    const code = upwardProblem(state, state.terms, { total: totalOf(sale), hasConsent });
    return code === null ? ok({ ...state, sale, isIncreaseRefused: false }) : refusedWith(code);
  },
  supplement: (state, { amount, hasConsent }) => {
    if (state.sale === null || !isCharging(state)) return refusedWith('PAYMENT_NOT_SETTLED');
    if (amount.currency !== state.terms?.currency) return refusedWith('PAYMENT_CURRENCY');
    if (amount.minor <= 0) return refusedWith('PAYMENT_AMOUNT');
    if (!hasConsent) return refusedWith('PAYMENT_CONSENT_MISSING');
    if (takenOrWantedMinor(state, state.terms) + amount.minor > capLeftMinorOf(state))
      return refusedWith('PAYMENT_ABOVE_CAP');
    return ok({ ...state, supplementsMinor: minor(state.supplementsMinor + amount.minor) });
  },
  'give-up': (state) =>
    state.sale === null ? ok({ ...state, isGivenUp: true }) : refusedWith('PAYMENT_SETTLED_ALREADY'),
  'write-off': (state) => {
    const debt = debtMinorOf(state);
    if (debt === 0) return refusedWith('PAYMENT_NO_DEBT');
    return ok({ ...state, writtenOffMinor: minor(state.writtenOffMinor + debt) });
  },
  'accept-dispute': (state, { sale }) => {
    const { disputedMinor } = state;
    const openMinor = disputedMinor - acceptedDisputeMinorOf(state);
    if (openMinor === 0) return refusedWith('PAYMENT_NO_DISPUTE');
    if (sale.currency !== state.terms?.currency) return refusedWith('PAYMENT_CURRENCY');
    const isLess = totalOf(sale) <= Math.max(0, totalOf(state.sale) - openMinor);
    if (!isSaleUsable(sale) || !isLess) return refusedWith('PAYMENT_AMOUNT');
    const accepted = { ...state, sale, disputeAcceptedMinor: disputedMinor, isRefundRefused: false };
    return ok(correctedDown(accepted));
  },
};

/** What the card has paid, or may have by now, or is still to pay. */
function takenOrWantedMinor(state: PaymentState, terms: PaymentTerms): number {
  if (state.isClosed) return cardPaidMinorOf(state);
  const command = state.pending?.command;
  const onItsWay = command?.kind === 'capture' ? command.amount.minor : 0;
  return Math.max(onItsWay, cardMinorOf(state, terms));
}

/** The charge is made, on its way, or will never be made. */
function isCharging(state: PaymentState): boolean {
  const command = state.pending?.command;
  if (state.isClosed || state.isGivenUp || command?.kind === 'capture') return true;
  return command?.kind === 'release' && command.holdId !== state.spareHold?.holdId;
}

function upwardProblem(
  state: PaymentState,
  terms: PaymentTerms,
  up: { readonly total: Minor; readonly hasConsent: boolean },
): PaymentProblemCode | null {
  if (!up.hasConsent) return 'PAYMENT_CONSENT_MISSING';
  if (isCharging(state)) return 'PAYMENT_SUPPLEMENT_NEEDED';
  return up.total > terms.capMinor + (terms.prepaid?.reservedMinor ?? 0) ? 'PAYMENT_ABOVE_CAP' : null;
}

/** Debt that was written off is forgiven first: what was never paid is never given back. */
function correctedDown(state: PaymentState): PaymentState {
  const unpaid = Math.max(0, totalOf(state.sale) - paidMinorOf(state));
  return { ...state, writtenOffMinor: minor(Math.min(state.writtenOffMinor, unpaid)) };
}

/** Terms for charging a correction up of a payment that is charged already: exactly its amount, from the same card. */
export function supplementTerms(
  terms: PaymentTerms,
  supplement: { readonly paymentId: PaymentId; readonly amountMinor: Minor },
): PaymentTerms {
  const { paymentId, amountMinor } = supplement;
  return {
    ...terms,
    paymentId,
    card: terms.card === null ? null : { ...terms.card, firstHoldMinor: amountMinor },
    prepaid: null,
    capMinor: amountMinor,
    supplementOf: terms.paymentId,
  };
}
