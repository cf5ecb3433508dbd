/** What the parties of a seed do, drawn beforehand: come in, take, leave or give up, have their receipt corrected. */
import { epochMs } from '../../../src/base/index.ts';
import type { Random } from '../../../src/base/index.ts';
import { minor, money, partyId, paymentId, visitId } from '../../../src/domain/index.ts';
import type { PaymentId } from '../../../src/domain/index.ts';
import type { MoneyDecision } from '../../../src/engine/index.ts';
import type { PaymentTerms } from '../../../src/payment/index.ts';
import { CORRECTION_REASONS } from '../../../src/receipts/index.ts';
import type {
  ClaimEvent,
  Correction,
  CorrectionChange,
  CorrectionReason,
  ReceiptGoods,
} from '../../../src/receipts/index.ts';
import { drawGoods } from '../../builders/index.ts';
import { HOUR_MS, MINUTE_MS, TIMING } from './fault-plan.ts';

export type Timeless<Event> = Event extends MoneyDecision ? Omit<Event, 'atMs' | 'accountId'> : never;

export interface PlannedDecision {
  readonly atMs: number;
  readonly accountId: PaymentId;
  readonly decision: Timeless<MoneyDecision>;
}

const SELLER = {
  legalName: 'Corner Shop',
  storeName: null,
  addressLines: ['1 High Street'],
  country: 'US',
  taxIds: [],
  contact: null,
};

/** A decision at the moment when it is made. */
export function dated({ accountId, decision }: PlannedDecision, atMs: number): MoneyDecision {
  const at = epochMs(atMs);
  const event = { ...decision, accountId, atMs: at } as MoneyDecision;
  if (event.kind === 'corrected' || event.kind === 'dispute-accepted')
    return { ...event, correction: { ...event.correction, atMs: at } };
  return event.kind === 'claimed' ? { ...event, claim: { ...event.claim, atMs: at } } : event;
}

function drawFinal(random: Random, includesTax: boolean): ReceiptGoods {
  const size = random.uniform();
  const lines = size < 0.15 ? 0 : size < 0.85 ? 1 + random.below(3) : 8;
  return drawGoods(random, { lines, includesTax });
}

function drawChange(random: Random, includesTax: boolean): CorrectionChange {
  const lineId = `line-${1 + random.below(3)}`;
  const kind = random.below(10);
  if (kind === 0) return { kind: 'give-back-all' };
  if (kind < 4) return { kind: 'replace', goods: drawFinal(random, includesTax) };
  if (kind < 6) return { kind: 'reduce', lineId, minor: 1 + random.below(500) };
  const fees = random.uniform() < 0.3 ? [{ fee: 'bag', pieces: 1 }] : [];
  return { kind: 'give-back', lines: [{ lineId, units: 1 + random.below(2) }], fees };
}

function drawCorrection(random: Random, correctionId: string, includesTax: boolean): Correction {
  const reasons = Object.keys(CORRECTION_REASONS) as CorrectionReason[];
  const change = drawChange(random, includesTax);
  return {
    correctionId,
    atMs: epochMs(0),
    reason: change.kind === 'replace' ? 'other-product' : reasons[random.below(reasons.length)]!,
    by: random.uniform() < 0.8 ? 'operator' : 'reviewer',
    note: null,
    change,
  };
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

function drawClaim(random: Random): ClaimEvent {
  const lines = [{ lineId: `line-${1 + random.below(2)}`, units: 1 }];
  const kind = random.below(4);
  const atMs = epochMs(0);
  if (kind === 0) return { kind: 'reviewed', atMs, granted: random.uniform() < 0.5 ? lines : [] };
  if (kind === 1) return { kind: random.uniform() < 0.5 ? 'asked-again' : 'withdrawn', atMs };
  return { kind: 'opened', atMs, claimId: 'claim-1', reason: 'not-taken', lines, words: null };
}

type Plan = (decision: Timeless<MoneyDecision>) => void;

/** Corrections, claims and what banks make of them, after the exit. */
function planAftermath(
  random: Random,
  plan: Plan,
  about: { readonly name: string; readonly includesTax: boolean; readonly later: (ms: number) => void },
): void {
  const { name, includesTax, later } = about;
  for (let count = random.below(4); count > 0; count--) {
    later(random.below(random.uniform() < 0.5 ? 10_000 : HOUR_MS));
    const correction = drawCorrection(random, `${name}-${count}`, includesTax);
    plan({ kind: 'corrected', correction, hasConsent: random.uniform() < 0.5 });
  }
  for (let count = random.below(3); count > 0; count--) {
    later(random.below(HOUR_MS));
    plan({ kind: 'claimed', claimId: 'claim-1', claim: drawClaim(random) });
  }
  if (random.uniform() < 0.3) {
    later(HOUR_MS);
    plan({ kind: 'wrote-off', paymentId: paymentId(name) });
  }
  if (random.uniform() < 0.3) {
    later(HOUR_MS);
    const correction = {
      ...drawCorrection(random, `${name}-dispute`, includesTax),
      reason: 'dispute-lost' as const,
      by: 'operator' as const,
      change: { kind: 'give-back-all' as const },
    };
    plan({ kind: 'dispute-accepted', correction });
  }
}

/** One party's decisions, in order of time. */
export function drawParty(
  random: Random,
  name: string,
  shop: { readonly isIncremental: boolean; readonly includesTax: boolean },
): PlannedDecision[] {
  const accountId = paymentId(name);
  const planned: PlannedDecision[] = [];
  let atMs = random.below(10 * MINUTE_MS);
  const plan: Plan = (decision) => planned.push({ atMs, accountId, decision });
  plan({
    kind: 'began',
    terms: drawTerms(random, accountId, shop.isIncremental),
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
    plan({ kind: 'gave-up' });
    if (random.uniform() < 0.7) return planned;
  }
  const tenders = [{ kind: 'card', label: 'a card' } as const];
  plan({ kind: 'sold', goods: drawFinal(random, shop.includesTax), seller: SELLER, tenders });
  planAftermath(random, plan, {
    name,
    includesTax: shop.includesTax,
    later: (ms) => {
      atMs += ms;
    },
  });
  return planned;
}
