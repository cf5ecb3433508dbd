/**
 * A payment processor as a model: holds, increases, captures, releases, refunds, look-ups, disputes. It has no clock
 * and no network: time comes with every request, so the HTTP sandbox and the simulation share it. It is meaner than
 * a real one where that is allowed: it forgets idempotency keys after a window, and it may let a hold be captured
 * more than once, so that whoever leans on its memory is found out.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { holdId, minor } from '../../domain/index.ts';
import type { HoldId, PaymentId } from '../../domain/index.ts';
import type { HoldRecord, ProcessorReply, ProcessorRequest, RefusalCode } from '../../payment/index.ts';

export interface ModelSettings {
  readonly isIncremental: boolean;
  readonly holdLifeMs: number;
  /** How long a repeated key gets the first answer again. */
  readonly keyLifeMs: number;
  readonly allowsSeveralCaptures: boolean;
}

/** What the model does to a request besides what it should. */
export type Whim = 'none' | 'decline' | 'capture-partly';

export interface Arrival {
  readonly request: ProcessorRequest;
  readonly idempotencyKey: string;
  readonly atMs: EpochMs;
  readonly whim: Whim;
}

export interface Webhook {
  readonly webhookId: string;
  readonly paymentId: PaymentId;
  readonly kind: 'hold-expired' | 'captured' | 'refunded' | 'refund-failed' | 'disputed' | 'dispute-won';
}

export interface KnownHold extends HoldRecord {
  readonly paymentId: PaymentId;
  /** Captures that had effect; more than one is somebody's mistake. */
  readonly captureCount: number;
  /** Let go before the time that was stated. */
  readonly isExpiredEarly: boolean;
  readonly isCapturedPartly: boolean;
  /** Of refunds that banks sent back. */
  readonly failedRefundMinor: number;
}

interface Remembered {
  readonly reply: ProcessorReply;
  readonly atMs: EpochMs;
}

/** Beyond it the oldest payment is forgotten, and counted. */
const PAYMENTS_MAX = 100_000;

type Addressed<Kind> = Extract<ProcessorRequest, { readonly kind: Kind }>;

export class ProcessorModel {
  private readonly settings: ModelSettings;
  /** Payments of which nothing is known any more, because there were too many. */
  forgottenCount = 0;
  private readonly holds = new Map<HoldId, KnownHold>();
  private readonly holdIds = new Map<PaymentId, HoldId[]>();
  private readonly open = new Set<HoldId>();
  private holdCount = 0;
  private readonly answers = new Map<string, Remembered>();
  private webhooks: Webhook[] = [];
  private webhookCount = 0;

  constructor(settings: ModelSettings) {
    this.settings = settings;
  }

  /** Takes effect and answers. A key that is remembered gets its first answer and has no further effect. */
  receive({ request, idempotencyKey, atMs, whim }: Arrival): ProcessorReply {
    this.expire(atMs);
    if (request.kind === 'look-up') return this.told(request.paymentId);
    const remembered = this.answers.get(idempotencyKey);
    if (remembered !== undefined && atMs - remembered.atMs < this.settings.keyLifeMs) return remembered.reply;
    const refusal = this.effect(request, atMs, whim);
    const reply: ProcessorReply =
      refusal === null ? this.told(request.paymentId) : { kind: 'refused', code: refusal };
    this.answers.set(idempotencyKey, { reply, atMs });
    return reply;
  }

  /** Lets go of holds whose time is over, and forgets keys. */
  expire(atMs: EpochMs): void {
    for (const id of this.open) {
      const hold = this.holds.get(id);
      if (hold !== undefined && atMs >= hold.expiresAtMs) this.letGo(hold, false);
    }
    for (const [key, { atMs: sinceMs }] of this.answers) {
      if (atMs - sinceMs < this.settings.keyLifeMs) break;
      this.answers.delete(key);
    }
  }

  /** Before its time where a bank wants it so. */
  expireHold(hold: HoldId): void {
    const known = this.holds.get(hold);
    if (known?.status === 'open') this.letGo(known, true);
  }

  /** The shopper complains to their bank; it takes back what is left of the capture, until it decides. */
  dispute(paymentId: PaymentId): boolean {
    const hold = this.holdsOf(paymentId).find((known) => keptMinor(known) > 0);
    if (hold === undefined) return false;
    this.put({ ...hold, disputedMinor: minor(keptMinor(hold)) });
    this.tell(paymentId, 'disputed');
    return true;
  }

  /** The bank decides for the store. */
  winDispute(paymentId: PaymentId): boolean {
    const hold = this.holdsOf(paymentId).find((known) => known.disputedMinor > 0);
    if (hold === undefined) return false;
    this.put({ ...hold, disputedMinor: minor(0) });
    this.tell(paymentId, 'dispute-won');
    return true;
  }

  /** The shopper's bank sends the last refund back. */
  failRefund(paymentId: PaymentId): boolean {
    const hold = this.holdsOf(paymentId).find((known) => known.refunds.length > 0);
    if (hold === undefined) return false;
    const failedRefundMinor = hold.failedRefundMinor + (hold.refunds.at(-1)?.minor ?? 0);
    this.put({ ...hold, refunds: hold.refunds.slice(0, -1), failedRefundMinor });
    this.tell(paymentId, 'refund-failed');
    return true;
  }

  takeWebhooks(): Webhook[] {
    if (this.webhooks.length === 0) return this.webhooks;
    const taken = this.webhooks;
    this.webhooks = [];
    return taken;
  }

  holdsOf(paymentId: PaymentId): readonly KnownHold[] {
    return (this.holdIds.get(paymentId) ?? []).flatMap((id) => this.holds.get(id) ?? []);
  }

  private letGo(hold: KnownHold, isExpiredEarly: boolean): void {
    this.put({ ...hold, status: 'expired', isExpiredEarly });
    this.tell(hold.paymentId, 'hold-expired');
  }

  private told(paymentId: PaymentId): ProcessorReply {
    return { kind: 'told', holds: this.holdsOf(paymentId) };
  }

  private effect(
    request: Exclude<ProcessorRequest, Addressed<'look-up'>>,
    atMs: EpochMs,
    whim: Whim,
  ): RefusalCode | null {
    if (request.kind === 'hold') return this.hold(request, atMs, whim);
    const hold = this.holds.get(request.holdId);
    if (hold === undefined || hold.paymentId !== request.paymentId) return 'hold-unknown';
    switch (request.kind) {
      case 'increase':
        return this.increase(hold, request, whim);
      case 'capture':
        return this.capture(hold, request, whim);
      case 'release':
        if (hold.status !== 'open') return 'hold-over';
        this.put({ ...hold, status: 'released' });
        return null;
      case 'refund':
        return this.refund(hold, request);
    }
  }

  private hold(request: Addressed<'hold'>, atMs: EpochMs, whim: Whim): RefusalCode | null {
    if (whim === 'decline') return 'declined';
    if (request.amount.minor <= 0) return 'request-unusable';
    const id = holdId(`hold-${++this.holdCount}`);
    this.put({
      holdId: id,
      commandId: request.commandId,
      paymentId: request.paymentId,
      status: 'open',
      heldMinor: request.amount.minor,
      capturedMinor: minor(0),
      captureCount: 0,
      isExpiredEarly: false,
      isCapturedPartly: false,
      failedRefundMinor: 0,
      expiresAtMs: epochMs(atMs + this.settings.holdLifeMs),
      refunds: [],
      disputedMinor: minor(0),
    });
    return null;
  }

  private increase(hold: KnownHold, request: Addressed<'increase'>, whim: Whim): RefusalCode | null {
    if (hold.status !== 'open') return 'hold-over';
    if (whim === 'decline' || !this.settings.isIncremental) return 'increase-refused';
    const heldMinor = minor(Math.max(hold.heldMinor, request.amount.minor));
    this.put({ ...hold, heldMinor });
    return null;
  }

  private capture(hold: KnownHold, request: Addressed<'capture'>, whim: Whim): RefusalCode | null {
    const isOpen = hold.status === 'open';
    const mayAgain = this.settings.allowsSeveralCaptures && hold.status === 'captured';
    if (!isOpen && !mayAgain) return 'hold-over';
    const asked = whim === 'capture-partly' ? Math.ceil(request.amount.minor / 2) : request.amount.minor;
    if (asked <= 0 || hold.capturedMinor + asked > hold.heldMinor) return 'request-unusable';
    const capturedMinor = minor(hold.capturedMinor + asked);
    const captureCount = hold.captureCount + 1;
    const isCapturedPartly = hold.isCapturedPartly || asked < request.amount.minor;
    const captured = { ...hold, capturedMinor, captureCount, isCapturedPartly };
    this.put({ ...captured, status: 'captured' });
    this.tell(hold.paymentId, 'captured');
    return null;
  }

  private refund(hold: KnownHold, request: Addressed<'refund'>): RefusalCode | null {
    const { amount } = request;
    if (amount.minor <= 0 || amount.minor > keptMinor(hold)) return 'refund-refused';
    const refunds = [...hold.refunds, { commandId: request.commandId, minor: amount.minor }];
    this.put({ ...hold, refunds });
    this.tell(hold.paymentId, 'refunded');
    return null;
  }

  private put(hold: KnownHold): void {
    const { holdId: id, paymentId } = hold;
    if (!this.holds.has(id)) this.holdIds.set(paymentId, [...(this.holdIds.get(paymentId) ?? []), id]);
    this.holds.set(id, hold);
    if (hold.status === 'open') this.open.add(id);
    else this.open.delete(id);
    if (this.holdIds.size > PAYMENTS_MAX) this.forgetOldest();
  }

  private forgetOldest(): void {
    const [oldest] = this.holdIds;
    if (oldest === undefined) return;
    const [paymentId, ids] = oldest;
    for (const id of ids) {
      this.holds.delete(id);
      this.open.delete(id);
    }
    this.holdIds.delete(paymentId);
    this.forgottenCount++;
  }

  private tell(paymentId: PaymentId, kind: Webhook['kind']): void {
    this.webhooks.push({ webhookId: `webhook-${++this.webhookCount}`, paymentId, kind });
  }
}

function keptMinor(hold: KnownHold): number {
  let kept = hold.capturedMinor - hold.disputedMinor;
  for (const refund of hold.refunds) kept -= refund.minor;
  return kept;
}
