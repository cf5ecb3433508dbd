/** What the parties of a seed do, drawn beforehand: come in, take, leave or give up, have their receipt corrected. */
import { epochMs } from '../../../src/base/index.ts';
import type { Random } from '../../../src/base/index.ts';
import { minor, money, partyId, paymentId, visitId } from '../../../src/domain/index.ts';
import type { PaymentId } from '../../../src/domain/index.ts';
import type { PaymentDecision, PaymentTerms, Sale } from '../../../src/payment/index.ts';
import { HOUR_MS, MINUTE_MS, TIMING } from './fault-plan.ts';

export interface PlannedDecision {
  readonly atMs: number;
  readonly paymentId: PaymentId;
  readonly decision: PaymentDecision;
}

type Timeless<Decision> = Decision extends PaymentDecision ? Omit<Decision, 'atMs'> : never;

/** `decision` at the moment when it is made. */
export function dated(decision: Timeless<PaymentDecision>, atMs: number): PaymentDecision {
  return { ...decision, atMs: epochMs(atMs) };
}

function drawSale(random: Random, size: number): Sale {
  const revenue = random.below(size + 1);
  const part = (share: number): number => random.below(Math.floor(revenue * share) + 1);
  return {
    currency: 'USD',
    revenueMinor: minor(revenue),
    taxes: [
      { authority: 'state', minor: minor(part(0.08)) },
      { authority: 'city', minor: minor(part(0.03)) },
    ],
    depositsMinor: minor(random.below(3) * 10),
    manufacturerMinor: minor(part(0.2)),
  };
}

function drawFinal(random: Random): Sale {
  const size = random.uniform();
  if (size < 0.15) return drawSale(random, 0);
  return drawSale(random, size < 0.85 ? 5000 : 20_000);
}

function drawTerms(random: Random, payment: PaymentId, isIncremental: boolean): PaymentTerms {
  const capMinor = minor(3000 + random.below(12_000));
  const tender = random.uniform();
  const prepaid = { balanceId: `balance-${payment}`, reservedMinor: minor(random.below(3000)) };
  return {
    paymentId: payment,
    partyId: partyId(`party-${payment}`),
    visitIds: Array.from({ length: 1 + random.below(3) }, (_, index) => visitId(`${payment}-visit-${index}`)),
    currency: 'USD',
    card: tender < 0.1 ? null : { token: `token-${payment}`, firstHoldMinor: minor(1 + random.below(3000)) },
    prepaid: tender < 0.35 ? prepaid : null,
    capMinor,
    supplementOf: null,
    processor: { isIncremental },
    timing: TIMING,
  };
}

/** One party's decisions, in order of time. */
export function drawParty(random: Random, name: string, isIncremental: boolean): PlannedDecision[] {
  const payment = paymentId(name);
  const planned: PlannedDecision[] = [];
  let atMs = random.below(10 * MINUTE_MS);
  const plan = (decision: Timeless<PaymentDecision>): void => {
    planned.push({ atMs, paymentId: payment, decision: dated(decision, atMs) });
  };
  plan({
    kind: 'begin',
    terms: drawTerms(random, payment, isIncremental),
    isDenied: random.uniform() < 0.03,
  });
  // Some stay so long that their hold has to be renewed, some less time than an answer takes.
  const staysMs = random.uniform() < 0.15 ? random.below(14 * HOUR_MS) : random.below(20 * MINUTE_MS);
  const basketCount = random.below(4);
  let basket = 0;
  for (let index = 0; index < basketCount; index++) {
    atMs += Math.floor(staysMs / (basketCount + 1));
    basket = Math.max(0, basket + random.below(4000) - 1000);
    plan({ kind: 'basket-changed', total: money(basket, 'USD') });
  }
  atMs += Math.floor(staysMs / (basketCount + 1));
  if (random.uniform() < 0.15) {
    plan({ kind: 'give-up' });
    if (random.uniform() < 0.7) return planned;
  }
  plan({ kind: 'settle', sale: drawFinal(random) });
  for (let count = random.below(4); count > 0; count--) {
    atMs += random.below(random.uniform() < 0.5 ? 10_000 : HOUR_MS);
    plan({ kind: 'correct', sale: drawFinal(random), hasConsent: random.uniform() < 0.5 });
  }
  if (random.uniform() < 0.3) {
    atMs += HOUR_MS;
    plan({ kind: 'write-off' });
  }
  return planned;
}
