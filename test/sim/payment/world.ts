/** One seed's world: shoppers, our process with its journal, a network with faults, a processor, an auditor. */
import { epochMs, seededRandom } from '../../../src/base/index.ts';
import type { Random } from '../../../src/base/index.ts';
import { ProcessorModel } from '../../../src/adapters/payment-sandbox/index.ts';
import type { Whim } from '../../../src/adapters/payment-sandbox/index.ts';
import { minor, money, paymentId as paymentIdOf } from '../../../src/domain/index.ts';
import type { PaymentId } from '../../../src/domain/index.ts';
import { supplementTerms, wakeAtMsOf } from '../../../src/payment/index.ts';
import type {
  PaymentDecision,
  PaymentEvent,
  PaymentState,
  ProcessorReply,
  ProcessorRequest,
} from '../../../src/payment/index.ts';
import { Agenda } from './agenda.ts';
import { Auditor, Violation } from './auditor.ts';
import {
  DOWN_MS_MAX,
  drawFaults,
  drawModel,
  HOLD_AFTER_END_MS_MAX,
  MINUTE_MS,
  TIMING,
} from './fault-plan.ts';
import type { FaultPlan } from './fault-plan.ts';
import { OurSide } from './our-side.ts';
import type { Kept, Parts } from './our-side.ts';
import { dated, drawParty } from './shoppers.ts';
import type { PlannedDecision } from './shoppers.ts';
import { decisionWords, eventWords, replyWords, requestWords } from './words.ts';

class Crash extends Error {}

const CRASH = new Crash('the process died');
const STEP_COUNT_MAX = 20_000;

export class World {
  readonly trace: string[] = [];
  stepCount = 0;
  crashCount = 0;
  private readonly parts: Parts;
  private readonly isTraced: boolean;
  private readonly random: Random;
  private readonly agenda = new Agenda();
  private readonly faults: FaultPlan;
  private readonly model: ProcessorModel;
  private readonly auditor: Auditor;
  private readonly journal: Kept[] = [];
  private readonly payments: PaymentId[] = [];
  private ours: OurSide | null;
  private sendCount = 0;

  constructor(seed: number, parts: Parts, isTraced: boolean) {
    this.parts = parts;
    this.isTraced = isTraced;
    this.random = seededRandom(seed);
    const settings = drawModel(this.random);
    this.model = new ProcessorModel(settings);
    this.faults = drawFaults(this.random);
    this.auditor = new Auditor(this.model);
    this.ours = this.begun();
    const partyCount = 1 + this.random.below(3);
    for (let party = 1; party <= partyCount; party++) {
      const planned = drawParty(this.random, `pay-${party}`, settings.isIncremental);
      this.payments.push(planned[0]!.paymentId);
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
    const ours = new OurSide(this.parts, this.around(), this.journal);
    for (const paymentId of this.payments) {
      const entries = ours.entries.filter((entry) => entry.paymentId === paymentId);
      this.auditor.checkEnd(paymentId, ours.stateOf(paymentId), entries);
    }
  }

  private say(words: () => string): void {
    if (this.isTraced) this.trace.push(`${(this.agenda.nowMs / 1000).toFixed(3).padStart(10)} s  ${words()}`);
  }

  private chance(share: number): boolean {
    return share > 0 && this.random.uniform() < share;
  }

  private begun(): OurSide {
    return new OurSide(this.parts, this.around(), this.journal);
  }

  private around(): ConstructorParameters<typeof OurSide>[1] {
    return {
      crashPoint: () => {
        if (this.crashCount >= this.faults.crashCountMax || !this.chance(this.faults.crash)) return;
        this.crashCount++;
        throw CRASH;
      },
      keep: (kept) => {
        this.journal.push(kept);
        this.say(() => `kept    ${kept.paymentId}: ${eventWords(kept.event)}`);
      },
      send: (request) => this.transmit(request),
      stepped: (paymentId, before, after) => {
        this.auditor.checkStep(paymentId, before, after);
        this.planTick(paymentId, after);
      },
    };
  }

  private planTick(paymentId: PaymentId, state: PaymentState): void {
    const wakeAtMs = wakeAtMsOf(state);
    if (wakeAtMs === null) return;
    this.agenda.at(wakeAtMs, () => {
      this.tell(paymentId, { kind: 'tick', atMs: epochMs(this.agenda.nowMs) });
    });
  }

  /** False where there was nobody to tell, or they died of it. */
  private tell(paymentId: PaymentId, event: PaymentEvent): boolean {
    return this.attempt((ours) => {
      ours.accept(paymentId, event);
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
    for (const [paymentId, state] of this.ours.states) this.auditor.checkKept(paymentId, state);
    const atMs = epochMs(this.agenda.nowMs);
    for (const paymentId of this.ours.states.keys()) {
      const isTold = this.attempt((ours) => {
        ours.accept(paymentId, { kind: 'restarted', atMs });
        this.planTick(paymentId, ours.stateOf(paymentId));
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
      const decision = dated(first.decision, this.agenda.nowMs);
      this.say(() => `decided ${first.paymentId}: ${decisionWords(decision)}`);
      if (this.decide(first.paymentId, decision)) this.follow(rest);
      else if (decision.kind !== 'begin' || this.chance(0.5)) this.follow(planned);
      else this.say(() => 'the shopper has left');
    });
  }

  private decide(paymentId: PaymentId, decision: PaymentDecision): boolean {
    this.auditor.noteTried(paymentId, decision);
    return this.attempt((ours) => {
      const problem = ours.accept(paymentId, decision);
      this.say(() => (problem === null ? '        taken' : `        refused: ${problem}`));
      const sale = saleOf(decision);
      const isKept = problem === null || (sale !== null && ours.stateOf(paymentId).sale === sale);
      this.auditor.noteAnswered(paymentId, decision, isKept);
      if (decision.kind === 'settle' || decision.kind === 'give-up')
        this.agenda.after(HOLD_AFTER_END_MS_MAX, () => this.auditor.checkEnded(paymentId));
      if (problem === 'PAYMENT_SUPPLEMENT_NEEDED') this.supplement(ours, paymentId, decision);
    });
  }

  /** More is charged by a payment of its own, once the first one says that it may. */
  private supplement(ours: OurSide, paymentId: PaymentId, decision: PaymentDecision): void {
    const state = ours.stateOf(paymentId);
    const sale = saleOf(decision);
    if (sale === null || !state.terms?.card || state.supplementsMinor > 0) return;
    const revenueMinor = minor(1 + this.random.below(2000));
    const amount = money(revenueMinor, 'USD');
    const atMs = epochMs(this.agenda.nowMs);
    const name = paymentIdOf(`${paymentId}-more`);
    if (ours.accept(paymentId, { kind: 'supplement', atMs, amount, hasConsent: true }) !== null) return;
    const terms = supplementTerms(state.terms, { paymentId: name, amountMinor: revenueMinor });
    const zero = minor(0);
    const more = { ...sale, revenueMinor, taxes: [], depositsMinor: zero, manufacturerMinor: zero };
    this.payments.push(name);
    this.follow([
      { atMs, paymentId: name, decision: dated({ kind: 'begin', terms, isDenied: false }, atMs) },
      { atMs: atMs + 1, paymentId: name, decision: dated({ kind: 'settle', sale: more }, atMs) },
    ]);
  }

  private delayMs(): number {
    return this.chance(this.faults.slow)
      ? this.random.below(TIMING.inFlightMsMax)
      : 20 + this.random.below(400);
  }

  private transmit(request: ProcessorRequest): void {
    const key = this.parts.keyOf(request, ++this.sendCount);
    const copies = this.chance(this.faults.requestTwice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const isLost = this.chance(this.faults.requestLost);
      this.say(() => `sent    ${requestWords(request)}${isLost ? ' — LOST' : ''}`);
      if (!isLost) this.agenda.after(this.delayMs(), () => this.arrive(request, key));
    }
  }

  private arrive(request: ProcessorRequest, idempotencyKey: string): void {
    const atMs = epochMs(this.agenda.nowMs);
    const isDown = this.faults.outages.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    const reply: ProcessorReply = isDown
      ? { kind: 'unknown' }
      : this.model.receive({ request, idempotencyKey, atMs, whim: this.whim(request) });
    this.say(() => `arrived ${requestWords(request)} → ${isDown ? 'DOWN' : replyWords(reply)}`);
    this.auditor.checkTruth(request.paymentId);
    if (request.kind !== 'look-up') this.stir(request.paymentId);
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
    this.tell(paymentId, { kind: 'reply', atMs: epochMs(this.agenda.nowMs), commandId, reply });
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
      if (!this.tell(paymentId, { kind: 'webhook', atMs: epochMs(this.agenda.nowMs) })) {
        this.agenda.after(MINUTE_MS, () => this.passOn(paymentId));
      }
    });
  }
}

function saleOf(decision: PaymentDecision): Extract<PaymentDecision, { kind: 'settle' }>['sale'] | null {
  return decision.kind === 'settle' || decision.kind === 'correct' ? decision.sale : null;
}
