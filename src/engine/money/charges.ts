/** The payments of an account, told something together: all of them take it, or none does. */
import { ok, refused } from '../../base/index.ts';
import type { EpochMs, Result } from '../../base/index.ts';
import { money, paymentId } from '../../domain/index.ts';
import { acceptedDisputeMinorOf, NO_PAYMENT, step, supplementTerms, totalOf } from '../../payment/index.ts';
import type {
  LedgerEntry,
  PaymentEvent,
  PaymentProblem,
  PaymentState,
  ProcessorRequest,
  Sale,
} from '../../payment/index.ts';
import { filled, sharesOf } from './shared-sale.ts';

export interface Charged {
  readonly payments: readonly PaymentState[];
  readonly requests: readonly ProcessorRequest[];
  readonly entries: readonly LedgerEntry[];
}

type Charging = Result<Charged, PaymentProblem>;

/** `index` one beyond the last begins a new payment. */
interface Told {
  readonly index: number;
  readonly event: PaymentEvent;
}

export function told(payments: readonly PaymentState[], events: readonly Told[]): Charging {
  const after = [...payments];
  const requests: ProcessorRequest[] = [];
  const entries: LedgerEntry[] = [];
  for (const { index, event } of events) {
    const stepped = step(after[index] ?? NO_PAYMENT, event);
    if (stepped.problem !== null) return refused(stepped.problem);
    after[index] = stepped.state;
    requests.push(...stepped.commands);
    entries.push(...stepped.entries);
  }
  return ok({ payments: after, requests, entries });
}

export interface NewAmount {
  readonly sale: Sale;
  readonly hasConsent: boolean;
  readonly atMs: EpochMs;
}

/**
 * The amount as corrected: by the one payment as long as it can, and where that is charged already, by giving back of
 * the last payments first, or by charging what is more with one of its own.
 */
export function charged(payments: readonly PaymentState[], amount: NewAmount): Charging {
  const { sale, hasConsent, atMs } = amount;
  if (payments.length === 1) {
    const alone = told(payments, [{ index: 0, event: { kind: 'correct', atMs, sale, hasConsent } }]);
    if (alone.ok || alone.problem.code !== 'PAYMENT_SUPPLEMENT_NEEDED') return alone;
  }
  const capacities = payments.map((payment) => totalOf(payment.sale));
  const { totals, restMinor } = filled(totalOf(sale), capacities);
  const shares = sharesOf(sale, restMinor > 0 ? [...totals, restMinor] : totals);
  const events = payments.map((_, index): Told => {
    return { index, event: { kind: 'correct', atMs, sale: shares[index]!, hasConsent } };
  });
  const rest = shares[payments.length];
  return told(
    payments,
    rest === undefined ? events : [...events, ...supplementEvents(payments, rest, amount)],
  );
}

function supplementEvents(
  payments: readonly PaymentState[],
  sale: Sale,
  { hasConsent, atMs }: NewAmount,
): Told[] {
  const terms = payments[0]?.terms;
  if (!terms) return [];
  const amountMinor = totalOf(sale);
  const more = supplementTerms(terms, {
    paymentId: paymentId(`${terms.paymentId}-more-${payments.length}`),
    amountMinor,
  });
  const index = payments.length;
  return [
    {
      index: 0,
      event: { kind: 'supplement', atMs, amount: money(amountMinor, sale.currency), hasConsent },
    },
    { index, event: { kind: 'begin', atMs, terms: more, isDenied: false } },
    { index, event: { kind: 'settle', atMs, sale } },
  ];
}

/** What the shopper's bank took back counts as given back; the amount as corrected must leave room for that. */
export function disputeAccepted(payments: readonly PaymentState[], sale: Sale, atMs: EpochMs): Charging {
  const open = payments.map((payment) => payment.disputedMinor - acceptedDisputeMinorOf(payment));
  const capacities = payments.map((payment, index) => Math.max(0, totalOf(payment.sale) - open[index]!));
  const { totals, restMinor } = filled(totalOf(sale), capacities);
  if (open.every((each) => each === 0)) return refused({ code: 'PAYMENT_NO_DISPUTE' });
  if (restMinor > 0) return refused({ code: 'PAYMENT_AMOUNT' });
  const shares = sharesOf(sale, totals);
  return told(
    payments,
    payments.map((_, index): Told => {
      const share = shares[index]!;
      return open[index]! > 0
        ? { index, event: { kind: 'accept-dispute', atMs, sale: share } }
        : { index, event: { kind: 'correct', atMs, sale: share, hasConsent: false } };
    }),
  );
}
