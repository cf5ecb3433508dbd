/** One seed's world: shoppers, our process with its journal, a network with faults, a processor, an auditor. */
import { epochMs, seededRandom } from '../../../src/base/index.ts';
import type { Random } from '../../../src/base/index.ts';
import { ProcessorModel } from '../../../src/adapters/payment-sandbox/index.ts';
import type { Whim } from '../../../src/adapters/payment-sandbox/index.ts';
import { money, paymentId as paymentIdOf, storeId } from '../../../src/domain/index.ts';
import type { PaymentId } from '../../../src/domain/index.ts';
import type { MoneyCommand, MoneyDecision, MoneyEvent, MoneySettings } from '../../../src/engine/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../../src/payment/index.ts';
import type { FiscalReply, FiscalRequest } from '../../../src/receipts/index.ts';
import { Agenda } from './agenda.ts';
import { Auditor, isTakenBefore, Violation } from './auditor.ts';
import {
  DOWN_MS_MAX,
  drawFaults,
  drawModel,
  HOLD_AFTER_END_MS_MAX,
  HOUR_MS,
  MINUTE_MS,
  TIMING,
} from './fault-plan.ts';
import type { FaultPlan } from './fault-plan.ts';
import { FiscalModel } from './fiscal-model.ts';
import { OurSide } from './our-side.ts';
import type { Parts } from './our-side.ts';
import { dated, drawParty } from './shoppers.ts';
import type { PlannedDecision } from './shoppers.ts';
import { eventWords, replyWords, requestWords } from './words.ts';

class Crash extends Error {}

const CRASH = new Crash('the process died');
const STEP_COUNT_MAX = 20_000;

function settingsFor(isFiscal: boolean): MoneySettings {
  return {
    storeId: storeId('store-1'),
    series: 'a',
    accountsMax: 100,
    deny: { unpaidMinorMax: 0, unpaidCountMax: 0 },
    claims: { reviewCostMinor: 300, grantsAtOnceMax: 2, answerWithinMs: 24 * HOUR_MS },
    fiscal: { isNeeded: isFiscal, askAfterMs: 5000, waitMsMax: 10 * MINUTE_MS },
  };
}

export class World {
  readonly trace: string[] = [];
  stepCount = 0;
  crashCount = 0;
  private readonly parts: Parts;
  private readonly isTraced: boolean;
  private readonly random: Random;
  private readonly agenda = new Agenda();
  private readonly faults: FaultPlan;
  private readonly settings: MoneySettings;
  private readonly model: ProcessorModel;
  private readonly fiscal = new FiscalModel();
  private readonly auditor: Auditor;
  private readonly journal: MoneyEvent[] = [];
  private readonly accounts: PaymentId[] = [];
  private ours: OurSide | null;
  private sendCount = 0;

  constructor(seed: number, parts: Parts, isTraced: boolean) {
    this.parts = parts;
    this.isTraced = isTraced;
    this.random = seededRandom(seed);
    const modelSettings = drawModel(this.random);
    this.model = new ProcessorModel(modelSettings);
    this.faults = drawFaults(this.random);
    this.settings = settingsFor(this.random.uniform() < 0.3);
    this.auditor = new Auditor(this.model);
    this.ours = this.begun();
    const shop = { isIncremental: modelSettings.isIncremental, includesTax: this.random.uniform() < 0.5 };
    const partyCount = 1 + this.random.below(3);
    for (let party = 1; party <= partyCount; party++) {
      const planned = drawParty(this.random, `pay-${party}`, shop);
      this.accounts.push(planned[0]!.accountId);
      this.loadBalance(planned[0]!);
      this.follow(planned);
    }
  }

  /** Lets everything happen until nothing is left to, and looks at what came of it. */
  run(): void {
    while (this.agenda.next()) {
      this.stepCount++;
      if (this.stepCount > STEP_COUNT_MAX) throw new Violation('it does not come to rest');
    }
    this.model.expire(epochMs(this.agenda.nowMs));
    const ours = this.begun();
    for (const accountId of this.accounts) {
      const account = ours.money.accountOf(accountId);
      const names = new Set(account?.payments.map(({ terms }) => terms?.paymentId));
      if (account !== null)
        this.auditor.checkEnd(
          account,
          ours.entries.filter((entry) => names.has(entry.paymentId)),
        );
    }
    this.auditor.checkChain(ours.revisions);
    this.auditor.checkIssued(ours.revisions);
  }

  private say(words: () => string): void {
    if (this.isTraced) this.trace.push(`${(this.agenda.nowMs / 1000).toFixed(3).padStart(10)} s  ${words()}`);
  }

  private chance(share: number): boolean {
    return share > 0 && this.random.uniform() < share;
  }

  private begun(): OurSide {
    return new OurSide({ parts: this.parts, around: this.around() }, this.settings, this.journal);
  }

  private around(): ConstructorParameters<typeof OurSide>[0]['around'] {
    return {
      crashPoint: () => {
        if (this.crashCount >= this.faults.crashCountMax || !this.chance(this.faults.crash)) return;
        this.crashCount++;
        throw CRASH;
      },
      keep: (event) => {
        this.journal.push(event);
        this.say(() => `kept    ${event.accountId}: ${eventWords(event)}`);
      },
      send: (command) => this.transmit(command),
      stepped: ({ accountId, before, after, issued }) => {
        for (const { content, position } of issued)
          this.say(
            () =>
              `issued  ${content.receiptId}#${content.revision} at ${position}, ${content.sums.toPayMinor}`,
          );
        if (after !== null) this.auditor.checkStep(before, after.account, issued);
        this.planTick(accountId);
      },
    };
  }

  /** What a prepaid tender sets aside was paid in before. */
  private loadBalance({ accountId, decision }: PlannedDecision): void {
    if (decision.kind !== 'began' || decision.terms.prepaid === null) return;
    const { balanceId, reservedMinor } = decision.terms.prepaid;
    if (reservedMinor === 0) return;
    const load: PlannedDecision['decision'] = {
      kind: 'prepaid-loaded',
      balanceId,
      amount: money(reservedMinor, 'USD'),
    };
    const name = paymentIdOf(`${accountId}-load`);
    this.follow([{ atMs: 0, accountId: name, decision: load }]);
  }

  private planTick(accountId: PaymentId): void {
    const wakeAtMs = this.ours?.money.wakeAtMsOf(accountId) ?? null;
    if (wakeAtMs === null) return;
    this.agenda.at(wakeAtMs, () => {
      this.tell({ kind: 'ticked', accountId, atMs: epochMs(this.agenda.nowMs) });
    });
  }

  /** False where there was nobody to tell, or they died of it. */
  private tell(event: MoneyEvent): boolean {
    return this.attempt((ours) => {
      ours.accept(event);
    });
  }

  private attempt(act: (ours: OurSide) => void): boolean {
    if (this.ours === null) return false;
    try {
      act(this.ours);
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.say(() => 'CRASH');
      this.ours = null;
      this.agenda.after(1000 + this.random.below(this.chance(0.5) ? 10_000 : DOWN_MS_MAX), () =>
        this.restart(),
      );
      return false;
    }
  }

  private restart(): void {
    this.say(() => `restart from ${this.journal.length} kept events`);
    this.ours = this.begun();
    this.auditor.checkIssued(this.ours.revisions);
    const { money: kept } = this.ours;
    const atMs = epochMs(this.agenda.nowMs);
    for (const accountId of kept.accountIds()) this.auditor.checkKept(kept.accountOf(accountId)!);
    for (const accountId of kept.accountIds()) {
      const isTold = this.attempt((ours) => {
        ours.accept({ kind: 'restarted', accountId, atMs });
        this.planTick(accountId);
      });
      if (!isTold) return;
    }
  }

  /** One decision after the other; one that got no answer is made again, but for shoppers who have left. */
  private follow(planned: readonly PlannedDecision[]): void {
    const [first, ...rest] = planned;
    if (first === undefined) return;
    this.agenda.at(first.atMs, () => {
      if (this.ours === null) {
        this.follow([{ ...first, atMs: this.agenda.nowMs + 7000 }, ...rest]);
        return;
      }
      const decision = dated(first, this.agenda.nowMs);
      this.say(() => `decided ${first.accountId}: ${eventWords(decision)}`);
      if (this.decide(decision)) this.follow(rest);
      else if (decision.kind !== 'began' || this.chance(0.5)) this.follow(planned);
      else this.say(() => 'the shopper has left');
    });
  }

  private decide(decision: MoneyDecision): boolean {
    this.auditor.noteTried(decision);
    return this.attempt((ours) => {
      const problem = ours.accept(decision);
      this.say(() => (problem === null ? '        taken' : `        refused: ${problem.code}`));
      if (problem === null || isTakenBefore(problem)) this.auditor.noteTaken(decision);
      if (decision.kind === 'sold' || decision.kind === 'gave-up')
        this.agenda.after(HOLD_AFTER_END_MS_MAX, () => this.auditor.checkEnded(decision.accountId));
    });
  }

  private delayMs(): number {
    return this.chance(this.faults.slow)
      ? this.random.below(TIMING.inFlightMsMax)
      : 20 + this.random.below(400);
  }

  private transmit(command: MoneyCommand): void {
    if (command.to === 'fiscal-device') {
      this.transmitFiscal(command.request);
      return;
    }
    const { request } = command;
    const key = this.parts.keyOf(request, ++this.sendCount);
    const copies = this.chance(this.faults.requestTwice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const isLost = this.chance(this.faults.requestLost);
      this.say(() => `sent    ${requestWords(request)}${isLost ? ' — LOST' : ''}`);
      if (!isLost) this.agenda.after(this.delayMs(), () => this.arrive(request, key));
    }
  }

  private transmitFiscal(request: FiscalRequest): void {
    const { fiscalId, receiptId } = request;
    this.say(() => `sent    ${fiscalId} to the fiscal device`);
    if (this.chance(this.faults.requestLost)) return;
    this.agenda.after(this.delayMs(), () => {
      const isDown = this.isDown();
      const reply: FiscalReply = isDown ? { kind: 'unknown' } : this.fiscal.receive(request);
      if (this.chance(this.faults.replyLost)) return;
      this.agenda.after(this.delayMs(), () => {
        const accountId = this.accountOfReceipt(receiptId);
        if (accountId === null) return;
        this.tell({ kind: 'fiscal-told', accountId, atMs: epochMs(this.agenda.nowMs), fiscalId, reply });
      });
    });
  }

  private accountOfReceipt(receiptId: FiscalRequest['receiptId']): PaymentId | null {
    const { ours } = this;
    if (ours === null) return null;
    const isOf = (accountId: PaymentId): boolean =>
      ours.money.accountOf(accountId)?.latest?.receiptId === receiptId;
    return ours.money.accountIds().find(isOf) ?? null;
  }

  private isDown(): boolean {
    const atMs = this.agenda.nowMs;
    return this.faults.outages.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  }

  private arrive(request: ProcessorRequest, idempotencyKey: string): void {
    const atMs = epochMs(this.agenda.nowMs);
    const isDown = this.isDown();
    const reply: ProcessorReply = isDown
      ? { kind: 'unknown' }
      : this.model.receive({ request, idempotencyKey, atMs, whim: this.whim(request) });
    this.say(() => `arrived ${requestWords(request)} → ${isDown ? 'DOWN' : replyWords(reply)}`);
    const accountId = accountOf(request.paymentId);
    if (this.ours !== null) this.auditor.checkTruth(accountId, this.ours.paymentsOf(accountId));
    if (request.kind !== 'look-up') this.stir(request.paymentId);
    if (request.kind === 'refund') this.stirRefund(request.paymentId);
    const copies = this.chance(this.faults.replyTwice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.chance(this.faults.replyLost)) this.say(() => `        the answer is LOST`);
      else this.agenda.after(this.delayMs(), () => this.answer(request, reply));
    }
    this.passOnWebhooks();
  }

  private answer(request: ProcessorRequest, reply: ProcessorReply): void {
    this.say(() => `answer  to ${request.commandId}: ${replyWords(reply)}`);
    const { paymentId, commandId } = request;
    const atMs = epochMs(this.agenda.nowMs);
    const news = { kind: 'reply', atMs, commandId, reply } as const;
    this.tell({ kind: 'payment-told', accountId: accountOf(paymentId), atMs, paymentId, news });
  }

  private whim(request: ProcessorRequest): Whim {
    if (request.kind === 'capture')
      return this.chance(this.faults.capturedPartly) ? 'capture-partly' : 'none';
    return this.chance(this.faults.declined) ? 'decline' : 'none';
  }

  /** What banks do by themselves. */
  private stir(paymentId: PaymentId): void {
    if (this.chance(this.faults.expiredEarly)) {
      this.agenda.after(this.random.below(20 * MINUTE_MS), () => {
        for (const { holdId } of this.model.holdsOf(paymentId)) this.model.expireHold(holdId);
        this.say(() => `the bank lets go of the holds of ${paymentId}`);
        this.passOnWebhooks();
      });
    }
    if (!this.chance(this.faults.disputed)) return;
    this.agenda.after(this.random.below(60 * MINUTE_MS), () => {
      if (this.model.dispute(paymentId)) this.say(() => `the shopper disputes ${paymentId}`);
      else this.model.winDispute(paymentId);
      this.passOnWebhooks();
    });
  }

  /** Refunds fail late, long after everybody has heard that they were made. */
  private stirRefund(paymentId: PaymentId): void {
    if (!this.chance(this.faults.refundFailed)) return;
    this.agenda.after(HOUR_MS + this.random.below(20 * HOUR_MS), () => {
      if (this.model.failRefund(paymentId)) this.say(() => `a refund of ${paymentId} comes back`);
      this.passOnWebhooks();
    });
  }

  private passOnWebhooks(): void {
    for (const webhook of this.model.takeWebhooks()) {
      const copies = this.chance(this.faults.webhookTwice) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) this.passOn(webhook.paymentId);
    }
  }

  /** Again and again until it is taken. */
  private passOn(paymentId: PaymentId): void {
    this.agenda.after(this.delayMs(), () => {
      this.say(() => `webhook for ${paymentId}`);
      const atMs = epochMs(this.agenda.nowMs);
      const news = { kind: 'webhook', atMs } as const;
      const event: MoneyEvent = {
        kind: 'payment-told',
        accountId: accountOf(paymentId),
        atMs,
        paymentId,
        news,
      };
      if (!this.tell(event)) this.agenda.after(MINUTE_MS, () => this.passOn(paymentId));
    });
  }
}

/** Payments for corrections up are named after the first one. */
function accountOf(paymentId: PaymentId): PaymentId {
  return paymentIdOf(paymentId.replace(/-more-\d+$/, ''));
}
