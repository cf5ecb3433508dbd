/** One account as a fold over its events: payment, receipt and claims move together, or not at all. */
import { assertNever, ok, refused } from '../../base/index.ts';
import type { EpochMs, Result } from '../../base/index.ts';
import type { PaymentId } from '../../domain/index.ts';
import { emptySale } from '../../payment/index.ts';
import type { LedgerEntry, PaymentNews, PaymentProblem, PaymentTerms } from '../../payment/index.ts';
import { claimStep, corrected, numbered, saleOf } from '../../receipts/index.ts';
import type {
  ClaimRule,
  Correction,
  ReceiptBook,
  ReceiptContent,
  ReceiptRevision,
} from '../../receipts/index.ts';
import { charged, disputeAccepted, told } from './charges.ts';
import type { Charged } from './charges.ts';
import { drafted, fiscalTicked, fiscalTold } from './issue-receipt.ts';
import type { FiscalTerms, Issued } from './issue-receipt.ts';
import type { MoneyCommand, MoneyEvent, MoneyProblem } from './money-event.ts';
import type { PartyAccount } from './party-account.ts';

export interface MoneyRules {
  readonly claims: ClaimRule;
  readonly fiscal: FiscalTerms;
}

/** Where the fold stands: the account, and the store's book, which every issued revision moves on. */
export interface AccountPlace {
  readonly account: PartyAccount;
  readonly book: ReceiptBook;
}

export interface AccountStep extends AccountPlace {
  readonly commands: readonly MoneyCommand[];
  readonly entries: readonly LedgerEntry[];
  readonly issued: readonly ReceiptRevision[];
}

type Stepped = Result<AccountStep, MoneyProblem>;
type Of<Kind extends MoneyEvent['kind']> = Extract<MoneyEvent, { readonly kind: Kind }>;

/** What a fold needs to know besides: rules, and what the store has granted this token before. */
export interface AccountContext {
  readonly rules: MoneyRules;
  readonly grantedAtOnceCount: number;
}

function unchanged(place: AccountPlace): AccountStep {
  return { ...place, commands: [], entries: [], issued: [] };
}

function paymentProblem({ code }: PaymentProblem): Stepped {
  return refused({ code, what: null });
}

function afterCharge(place: AccountPlace, { payments, requests, entries }: Charged): AccountStep {
  return {
    account: { ...place.account, payments },
    book: place.book,
    commands: requests.map((request) => ({ to: 'processor', request })),
    entries,
    issued: [],
  };
}

function afterIssue(step: AccountStep, issue: Issued): AccountStep {
  const { account, book, issued, requests } = issue;
  const commands = requests.map((request): MoneyCommand => ({ to: 'fiscal-device', request }));
  return {
    account,
    book,
    commands: [...step.commands, ...commands],
    entries: step.entries,
    issued: [...step.issued, ...issued],
  };
}

/** One payment is told something that is no matter of receipts. */
function toldOne(
  place: AccountPlace,
  paymentId: PaymentId,
  event: Parameters<typeof told>[1][number]['event'],
): Stepped {
  const { payments } = place.account;
  const index = payments.findIndex(({ terms }) => terms?.paymentId === paymentId);
  const charge = told(payments, [{ index: Math.max(0, index), event }]);
  if (!charge.ok) return paymentProblem(charge.problem);
  const isSame = charge.value.payments[Math.max(0, index)] === payments[Math.max(0, index)];
  return ok(isSame ? unchanged(place) : afterCharge(place, charge.value));
}

function sold(place: AccountPlace, event: Of<'sold'>, { rules }: AccountContext): Stepped {
  const { account, book } = place;
  if (account.latest !== null)
    return refused({ code: 'RECEIPT_ISSUED_ALREADY', what: account.latest.receiptId });
  const { goods, seller, tenders, atMs } = event;
  const isEmpty = goods.lines.length === 0 && goods.fees.length === 0;
  const sale = isEmpty ? emptySale(goods.currency) : saleOf(goods);
  const charge = told(account.payments, [{ index: 0, event: { kind: 'settle', atMs, sale } }]);
  if (!charge.ok) return paymentProblem(charge.problem);
  const step = afterCharge(place, charge.value);
  const terms = charge.value.payments[0]?.terms;
  if (isEmpty || !terms) return ok(step);
  const { paymentId, partyId, visitIds } = terms;
  const next = numbered(book, { ...goods, seller, tenders, issuedAtMs: atMs, paymentId, partyId, visitIds });
  return ok(
    afterIssue(step, drafted({ account: step.account, book: next.book, atMs }, next.content, rules.fiscal)),
  );
}

function withCorrection(
  place: AccountPlace,
  made: {
    readonly correction: Correction;
    readonly chargeFor: (content: ReceiptContent) => Result<Charged, PaymentProblem>;
  },
  { rules }: AccountContext,
): Stepped {
  const { account, book } = place;
  const { correction, chargeFor } = made;
  if (account.correctionIds.includes(correction.correctionId)) return ok(unchanged(place));
  if (account.latest === null) return refused({ code: 'RECEIPT_MISSING', what: account.accountId });
  const next = corrected(account.latest, correction);
  if (!next.ok) return refused({ code: next.problem.code as MoneyProblem['code'], what: next.problem.what });
  const charge = chargeFor(next.value);
  if (!charge.ok) return paymentProblem(charge.problem);
  const step = afterCharge(place, charge.value);
  const correctionIds = [...account.correctionIds, correction.correctionId];
  const at = { account: { ...step.account, correctionIds }, book, atMs: correction.atMs };
  return ok(afterIssue(step, drafted(at, next.value, rules.fiscal)));
}

function correctedBy(
  place: AccountPlace,
  correction: Correction,
  context: AccountContext & { readonly hasConsent: boolean },
): Stepped {
  const { payments } = place.account;
  const { hasConsent } = context;
  const chargeFor = (content: ReceiptContent): Result<Charged, PaymentProblem> =>
    charged(payments, { sale: saleOf(content), hasConsent, atMs: correction.atMs });
  return withCorrection(place, { correction, chargeFor }, context);
}

function claimed(place: AccountPlace, event: Of<'claimed'>, context: AccountContext): Stepped {
  const { account } = place;
  const { claimId, claim, atMs } = event;
  if (account.latest === null) return refused({ code: 'RECEIPT_MISSING', what: account.accountId });
  const before = account.claims.find((each) => each.claimId === claimId) ?? null;
  const { grantedAtOnceCount, rules } = context;
  const stepped = claimStep(before, claim, {
    content: account.latest,
    rule: rules.claims,
    grantedAtOnceCount,
  });
  if (!stepped.ok) return refused({ code: stepped.problem.code, what: claimId });
  const { claim: after, correction: change } = stepped.value;
  const claims = [...account.claims.filter((each) => each !== before), after];
  const next: AccountPlace = { ...place, account: { ...account, claims } };
  if (change === null) return ok(unchanged(next));
  const correction: Correction = {
    correctionId: `${claimId}/${after.reviewCount}`,
    atMs,
    reason: after.reason,
    by: after.reviewCount === 0 ? 'system' : 'reviewer',
    note: null,
    change,
  };
  return correctedBy(next, correction, { ...context, hasConsent: false });
}

/** Every payment that is due hears that time has passed, and so does whoever waits for the fiscal device. */
function ticked(place: AccountPlace, event: Of<'ticked' | 'restarted'>, { rules }: AccountContext): Stepped {
  const { atMs } = event;
  const isRestarted = event.kind === 'restarted';
  const news: PaymentNews = isRestarted ? { kind: 'restarted', atMs } : { kind: 'tick', atMs };
  const { payments } = place.account;
  const charge = told(
    payments,
    payments.map((_, index) => ({ index, event: news })),
  );
  if (!charge.ok) return paymentProblem(charge.problem);
  const isSame = charge.value.payments.every((payment, index) => payment === payments[index]);
  const step = isSame ? unchanged(place) : afterCharge(place, charge.value);
  const issue = fiscalTicked(step.account, step.book, { atMs, isRestarted, fiscal: rules.fiscal });
  return ok(afterIssue(step, issue));
}

/** What is told of a store as a whole is not for an account. */
export type AccountEvent = Exclude<MoneyEvent, { readonly kind: 'prepaid-loaded' }>;

export function accountStep(place: AccountPlace, event: AccountEvent, context: AccountContext): Stepped {
  const { accountId, atMs } = event;
  switch (event.kind) {
    case 'began':
      return begun(place, event.terms, { atMs, isDenied: event.isDenied });
    case 'basket-changed':
      return toldOne(place, accountId, { kind: 'basket-changed', atMs, total: event.total });
    case 'gave-up':
      return toldOne(place, accountId, { kind: 'give-up', atMs });
    case 'wrote-off':
      return toldOne(place, event.paymentId, { kind: 'write-off', atMs });
    case 'sold':
      return sold(place, event, context);
    case 'corrected':
      return correctedBy(place, event.correction, { ...context, hasConsent: event.hasConsent });
    case 'dispute-accepted': {
      const { correction } = event;
      const { payments } = place.account;
      const chargeFor = (content: ReceiptContent): Result<Charged, PaymentProblem> =>
        disputeAccepted(payments, saleOf(content), atMs);
      return withCorrection(place, { correction, chargeFor }, context);
    }
    case 'claimed':
      return claimed(place, event, context);
    case 'payment-told':
      return toldOne(place, event.paymentId, event.news);
    case 'fiscal-told':
      return ok(afterIssue(unchanged(place), fiscalTold(place.account, place.book, event)));
    case 'ticked':
    case 'restarted':
      return ticked(place, event, context);
    default:
      return assertNever(event);
  }
}

function begun(
  place: AccountPlace,
  terms: PaymentTerms,
  { atMs, isDenied }: { readonly atMs: EpochMs; readonly isDenied: boolean },
): Stepped {
  const charge = told(place.account.payments, [
    { index: 0, event: { kind: 'begin', atMs, terms, isDenied } },
  ]);
  return charge.ok ? ok(afterCharge(place, charge.value)) : paymentProblem(charge.problem);
}
