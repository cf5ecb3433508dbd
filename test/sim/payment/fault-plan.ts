/** Which faults a seed has. Each kind is off in about half of the seeds, so that kinds meet in all combinations. */
import type { Random } from '../../../src/base/index.ts';
import type { ModelSettings } from '../../../src/adapters/payment-sandbox/index.ts';
import type { PaymentTiming } from '../../../src/payment/index.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

export interface FaultPlan {
  readonly requestLost: number;
  readonly requestTwice: number;
  readonly replyLost: number;
  readonly replyTwice: number;
  /** Share of messages that take up to a minute instead of a moment. */
  readonly slow: number;
  readonly webhookTwice: number;
  readonly declined: number;
  readonly capturedPartly: number;
  readonly expiredEarly: number;
  readonly disputed: number;
  readonly refundFailed: number;
  /** Of every step between two others. */
  readonly crash: number;
  readonly crashCountMax: number;
  /** While these last, the processor takes nothing in. */
  readonly outages: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** Crashes and outages together (seven at most) stay shorter than a quarter of the life of a hold. */
export const DOWN_MS_MAX = 20 * MINUTE_MS;

/** Whatever happens, so long after the final amount nothing is held any more. */
export const HOLD_AFTER_END_MS_MAX = 4 * HOUR_MS;

export const TIMING: PaymentTiming = {
  replyTimeoutMs: 5 * SECOND_MS,
  askPauseMsMax: MINUTE_MS,
  inFlightMsMax: MINUTE_MS,
  resendMsMax: 2 * MINUTE_MS,
  renewBeforeMs: 5 * HOUR_MS,
  holdCountMax: 5,
};

export function drawModel(random: Random): ModelSettings {
  return {
    isIncremental: random.uniform() < 0.7,
    holdLifeMs: (10 + random.below(8)) * HOUR_MS,
    // Three times as long as a request can be on its way; much shorter than an outage may be.
    keyLifeMs: 4 * MINUTE_MS,
    allowsSeveralCaptures: random.uniform() < 0.5,
  };
}

export function drawFaults(random: Random): FaultPlan {
  const sometimes = (most: number): number => (random.uniform() < 0.5 ? 0 : most * random.uniform());
  const outageCount = random.uniform() < 0.5 ? 0 : 1 + random.below(3);
  return {
    requestLost: sometimes(0.4),
    requestTwice: sometimes(0.3),
    replyLost: sometimes(0.4),
    replyTwice: sometimes(0.3),
    slow: sometimes(0.4),
    webhookTwice: sometimes(0.5),
    declined: sometimes(0.3),
    capturedPartly: sometimes(0.3),
    expiredEarly: sometimes(0.3),
    disputed: sometimes(0.3),
    refundFailed: sometimes(0.3),
    crash: sometimes(0.1),
    crashCountMax: 4,
    outages: Array.from({ length: outageCount }, () => {
      const fromMs = random.below(3 * HOUR_MS);
      return { fromMs, toMs: fromMs + random.below(DOWN_MS_MAX) };
    }),
  };
}
