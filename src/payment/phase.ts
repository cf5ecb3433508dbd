/**
 * Where a payment stands, in one word. The word follows from what is known; the table says which words may follow
 * each other. `phase.test.ts` checks that all can be reached and that docs/guide/payment.md draws this table; the
 * simulation checks that every one of its steps keeps to it.
 */
import type { PaymentState } from './payment-state.ts';
import { acceptedDisputeMinorOf, debtMinorOf, paidMinorOf } from './payment-state.ts';

export type PaymentPhase =
  | 'none'
  | 'hold-requested'
  | 'held'
  | 'adjusting'
  | 'releasing'
  | 'capture-requested'
  | 'captured'
  | 'short-captured'
  | 'partly-refunded'
  | 'refunded'
  | 'disputed'
  | 'declined'
  | 'released'
  | 'expired';

export const PAYMENT_TRANSITIONS: Readonly<Record<PaymentPhase, readonly PaymentPhase[]>> = {
  none: ['hold-requested', 'held'],
  // Straight to the end where a prepaid balance covers everything before the hold is known.
  'hold-requested': [
    'held',
    'adjusting',
    'declined',
    'releasing',
    'released',
    'expired',
    'capture-requested',
    'captured',
    'short-captured',
  ],
  held: [
    'hold-requested',
    'adjusting',
    'releasing',
    'released',
    'expired',
    'capture-requested',
    'captured',
    'short-captured',
  ],
  adjusting: [
    'held',
    'hold-requested',
    'releasing',
    'expired',
    'capture-requested',
    'captured',
    'short-captured',
  ],
  releasing: ['held', 'released', 'expired', 'captured', 'short-captured'],
  'capture-requested': [
    'captured',
    'short-captured',
    'partly-refunded',
    'refunded',
    'disputed',
    'held',
    'hold-requested',
    'releasing',
    'expired',
  ],
  captured: ['partly-refunded', 'refunded', 'disputed'],
  'short-captured': ['captured', 'partly-refunded', 'refunded', 'disputed'],
  // A bank that changes its mind after we agreed with it ends a refund that was none.
  'partly-refunded': ['captured', 'short-captured', 'refunded', 'disputed'],
  refunded: ['captured', 'short-captured', 'partly-refunded', 'disputed'],
  disputed: ['captured', 'short-captured', 'partly-refunded', 'refunded'],
  // Without the card something may still be paid from a prepaid balance, or be owed.
  declined: ['captured', 'short-captured'],
  released: ['captured', 'short-captured'],
  expired: ['hold-requested', 'captured', 'short-captured'],
};

const PENDING_PHASE = {
  hold: 'hold-requested',
  increase: 'adjusting',
  capture: 'capture-requested',
  release: 'releasing',
} as const;

export function phaseOf(state: PaymentState): PaymentPhase {
  if (state.terms === null) return 'none';
  if (state.isClosed) return closedPhase(state);
  const kind = state.pending?.command.kind ?? 'look-up';
  if (kind === 'hold' && state.hold !== null) return 'adjusting';
  // Letting go of a hold that another has replaced ends an adjustment.
  if (kind === 'release' && state.hold !== null && state.spareHold !== null) return 'adjusting';
  if (kind !== 'look-up' && kind !== 'refund') return PENDING_PHASE[kind];
  if (state.hold !== null || state.terms.card === null) return 'held';
  return endedPhase(state);
}

function closedPhase(state: PaymentState): PaymentPhase {
  if (state.disputedMinor > acceptedDisputeMinorOf(state)) return 'disputed';
  if (state.refunds.length > 0 || state.prepaidReturnedMinor > 0 || state.disputedMinor > 0)
    return paidMinorOf(state) === 0 ? 'refunded' : 'partly-refunded';
  const isPaid = state.capturedMinor + state.prepaidUsedMinor > 0;
  if (debtMinorOf(state) + state.writtenOffMinor > 0) return isPaid ? 'short-captured' : endedPhase(state);
  return isPaid ? 'captured' : endedPhase(state);
}

function endedPhase(state: PaymentState): PaymentPhase {
  if (state.isHoldDeclined) return 'declined';
  return state.isHoldExpired ? 'expired' : 'released';
}
