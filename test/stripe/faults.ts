/** What goes wrong between us and the double, and how often: shares from 0 to 1, drawn from a seed. */
export interface StripeFaults {
  /** Takes nothing in: every connection breaks. */
  readonly isDown: boolean;
  /** The effect takes place, the connection breaks before the answer. */
  readonly replyLost: number;
  readonly replyLate: number;
  readonly lateMs: number;
  /** 503 before anything is done; the key stays free. */
  readonly errorBefore: number;
  /** 500 in the middle, nothing done; the key answers 500 from then on. */
  readonly errorKept: number;
  /** 500 after the effect; the key answers 500 from then on. */
  readonly errorAfter: number;
  /** 429. */
  readonly rateLimited: number;
  readonly webhookTwice: number;
}

export const NO_STRIPE_FAULTS: StripeFaults = {
  isDown: false,
  replyLost: 0,
  replyLate: 0,
  lateMs: 20,
  errorBefore: 0,
  errorKept: 0,
  errorAfter: 0,
  rateLimited: 0,
  webhookTwice: 0,
};
