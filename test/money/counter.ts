/** A store's money with a processor and a fiscal device that do as the test says; time passes by hand. */
import { epochMs, seededRandom } from '../../src/base/index.ts';
import { ProcessorModel } from '../../src/adapters/payment-sandbox/index.ts';
import type { Whim } from '../../src/adapters/payment-sandbox/index.ts';
import { minor, partyId, paymentId, storeId, visitId } from '../../src/domain/index.ts';
import type { PaymentId } from '../../src/domain/index.ts';
import { StoreMoney } from '../../src/engine/index.ts';
import type { MoneyCommand, MoneyEvent, MoneySettings, PartyAccount } from '../../src/engine/index.ts';
import type { LedgerEntry, PaymentTerms } from '../../src/payment/index.ts';
import { chainChecked, openChainCheck } from '../../src/receipts/index.ts';
import type { Correction, FiscalReply, ReceiptGoods, ReceiptRevision } from '../../src/receipts/index.ts';
import { drawGoods } from '../builders/index.ts';

export const SETTINGS: MoneySettings = {
  storeId: storeId('store-1'),
  series: 'a',
  accountsMax: 10,
  deny: { unpaidMinorMax: 100, unpaidCountMax: 3 },
  claims: { reviewCostMinor: 300, grantsAtOnceMax: 2, answerWithinMs: 3_600_000 },
  fiscal: { isNeeded: false, askAfterMs: 5000, waitMsMax: 30_000 },
};

export const FISCAL: MoneySettings = { ...SETTINGS, fiscal: { ...SETTINGS.fiscal, isNeeded: true } };

export const PAY = paymentId('pay-1');

export function termsOf(name: PaymentId, terms: Partial<PaymentTerms> = {}): PaymentTerms {
  return {
    paymentId: name,
    partyId: partyId(`party-${name}`),
    visitIds: [visitId(`visit-${name}`)],
    currency: 'USD',
    card: { token: 'guest-7', firstHoldMinor: minor(500) },
    prepaid: null,
    capMinor: minor(20_000),
    supplementOf: null,
    processor: { isIncremental: true },
    timing: {
      replyTimeoutMs: 5000,
      askPauseMsMax: 60_000,
      inFlightMsMax: 60_000,
      resendMsMax: 120_000,
      renewBeforeMs: 3_600_000,
      holdCountMax: 3,
    },
    ...terms,
  };
}

/** Some lines that cost at least `least`. */
export function goodsFrom(seed: number, least = 1): ReceiptGoods {
  const random = seededRandom(seed);
  for (;;) {
    const goods = drawGoods(random, { lines: 3, includesTax: false });
    if (goods.sums.toPayMinor >= least && goods.sums.cashAdjustmentMinor === 0) return goods;
  }
}

export const NOTHING_TAKEN = drawGoods(seededRandom(1), { lines: 0, includesTax: false });

export function correctionOf(name: string, correction: Partial<Correction> = {}): Correction {
  return {
    correctionId: name,
    atMs: epochMs(0),
    reason: 'not-taken',
    by: 'operator',
    note: null,
    change: { kind: 'give-back-all' },
    ...correction,
  };
}

type Timeless<Event> = Event extends MoneyEvent ? Omit<Event, 'atMs' | 'accountId'> : never;

export class Counter {
  nowMs = 1000;
  readonly kept: MoneyEvent[] = [];
  readonly entries: LedgerEntry[] = [];
  readonly issued: ReceiptRevision[] = [];
  /** What the fiscal device is to answer; null loses the request. */
  fiscalReply: FiscalReply | null = { kind: 'marked', deviceId: 'device-1', text: 'mark', qr: null };
  readonly fiscalIds: string[] = [];
  readonly model = new ProcessorModel({
    isIncremental: true,
    holdLifeMs: 86_400_000,
    keyLifeMs: 86_400_000,
    allowsSeveralCaptures: true,
  });
  readonly money: StoreMoney;
  private readonly outgoing: (MoneyCommand & { readonly accountId: PaymentId })[] = [];

  constructor(settings: MoneySettings = SETTINGS) {
    this.money = new StoreMoney(settings);
  }

  account(name: PaymentId = PAY): PartyAccount {
    const account = this.money.accountOf(name);
    if (account === null) throw new Error(`there is no ${name}`);
    return account;
  }

  /** The code of a refusal, or null. */
  tell(event: Timeless<MoneyEvent>, accountId: PaymentId = PAY): string | null {
    const atMs = epochMs(this.nowMs);
    const dated = { ...event, accountId, atMs } as MoneyEvent;
    const step = this.money.stepped(dated);
    if (step.isChange) this.kept.push(dated);
    this.money.apply(step);
    this.entries.push(...step.entries);
    this.issued.push(...step.issued);
    for (const command of step.commands) this.outgoing.push({ ...command, accountId });
    return step.problem?.code ?? null;
  }

  /** Everything on its way arrives and is answered, and what follows from that. */
  pass(whim: Whim = 'none'): this {
    for (let next = this.outgoing.shift(); next !== undefined; next = this.outgoing.shift()) {
      const { accountId } = next;
      const atMs = epochMs(this.nowMs);
      if (next.to === 'fiscal-device') {
        this.fiscalIds.push(next.request.fiscalId);
        if (this.fiscalReply !== null)
          this.tell(
            { kind: 'fiscal-told', fiscalId: next.request.fiscalId, reply: this.fiscalReply },
            accountId,
          );
        continue;
      }
      const { request } = next;
      const { commandId, paymentId: ofPayment } = request;
      const reply = this.model.receive({ request, idempotencyKey: commandId, atMs, whim });
      this.tell(
        { kind: 'payment-told', paymentId: ofPayment, news: { kind: 'reply', atMs, commandId, reply } },
        accountId,
      );
    }
    return this;
  }

  /** Time goes on to the next moment at which the account wants to be woken. */
  wake(accountId: PaymentId = PAY): this {
    this.nowMs = Math.max(this.nowMs, this.money.wakeAtMsOf(accountId) ?? this.nowMs);
    this.tell({ kind: 'ticked' }, accountId);
    return this;
  }

  begin(name: PaymentId = PAY, terms: Partial<PaymentTerms> = {}): string | null {
    const all = termsOf(name, terms);
    const isDenied = all.card !== null && this.money.isDenied(all.card.token);
    return this.tell({ kind: 'began', terms: all, isDenied }, name);
  }

  sell(goods: ReceiptGoods, name: PaymentId = PAY): string | null {
    const seller = {
      legalName: 'Corner Shop',
      storeName: null,
      addressLines: [],
      country: 'US',
      taxIds: [],
      contact: null,
    };
    return this.tell({ kind: 'sold', goods, seller, tenders: [{ kind: 'card', label: 'Visa 4242' }] }, name);
  }

  correct(correction: Correction, hasConsent = false): string | null {
    return this.tell({ kind: 'corrected', correction, hasConsent });
  }

  balance(account: string): number {
    let sum = 0;
    for (const { lines } of this.entries)
      for (const line of lines) if (line.account === account) sum += line.minor;
    return sum;
  }

  /** What is wrong with the receipts issued so far. */
  chainProblems(): string[] {
    let check = openChainCheck();
    return this.issued.flatMap((revision) => {
      const checked = chainChecked(check, revision);
      check = checked.check;
      return checked.problems.map(({ code }) => code);
    });
  }
}
