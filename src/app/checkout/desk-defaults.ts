/** How a counter's money is set up where nothing else is said, and how it reaches whoever moves the money. */
import { sandboxProcessor } from '../../adapters/payment-sandbox/index.ts';
import type { StoreId } from '../../domain/index.ts';
import type { MoneySettings } from '../../engine/index.ts';
import type { PaymentProcessor, PaymentTiming } from '../../payment/index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export const COUNTER_TIMING: PaymentTiming = {
  replyTimeoutMs: 2 * SECOND_MS,
  askPauseMsMax: 30 * SECOND_MS,
  inFlightMsMax: 30 * SECOND_MS,
  // Far shorter than the day for which processors remember a key.
  resendMsMax: 20 * MINUTE_MS,
  renewBeforeMs: HOUR_MS,
  holdCountMax: 3,
};

export function counterSettings(store: {
  readonly storeId: StoreId;
  readonly series: string;
}): MoneySettings {
  return {
    ...store,
    accountsMax: 1_000_000,
    deny: { unpaidMinorMax: 0, unpaidCountMax: 0 },
    claims: { reviewCostMinor: 100, grantsAtOnceMax: 3, answerWithinMs: 24 * HOUR_MS },
    fiscal: { isNeeded: false, askAfterMs: 2 * SECOND_MS, waitMsMax: 10 * SECOND_MS },
  };
}

/** @param url of a sandbox; real processors are set up in code until the shop has its configuration. */
export function processorAt(url: string): PaymentProcessor {
  return sandboxProcessor({ url, isIncremental: true, timeoutMs: COUNTER_TIMING.inFlightMsMax });
}
