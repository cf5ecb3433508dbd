/** What the sandbox does wrong, and how often: shares from 0 to 1, drawn from a seed. */
import type { Random } from '../../base/index.ts';
import type { ProcessorRequest } from '../../payment/index.ts';
import type { Whim } from './processor-model.ts';

export interface SandboxFaults {
  /** Takes nothing in and answers 503. */
  readonly isDown: boolean;
  /** The effect takes place, the connection breaks before the answer. */
  readonly replyLost: number;
  readonly replyLate: number;
  readonly lateMs: number;
  /** Something between takes the request twice. */
  readonly requestTwice: number;
  readonly holdDeclined: number;
  readonly increaseRefused: number;
  readonly capturedPartly: number;
  /** A hold is let go as soon as it is made. */
  readonly holdExpired: number;
  readonly webhookTwice: number;
  /** Later webhooks overtake it. */
  readonly webhookLate: number;
}

export const NO_FAULTS: SandboxFaults = {
  isDown: false,
  replyLost: 0,
  replyLate: 0,
  lateMs: 200,
  requestTwice: 0,
  holdDeclined: 0,
  increaseRefused: 0,
  capturedPartly: 0,
  holdExpired: 0,
  webhookTwice: 0,
  webhookLate: 0,
};

export function drawn(random: Random, share: number): boolean {
  return random.uniform() < share;
}

export function whimFor(request: ProcessorRequest, faults: SandboxFaults, random: Random): Whim {
  if (request.kind === 'hold') return drawn(random, faults.holdDeclined) ? 'decline' : 'none';
  if (request.kind === 'increase') return drawn(random, faults.increaseRefused) ? 'decline' : 'none';
  if (request.kind === 'capture') return drawn(random, faults.capturedPartly) ? 'capture-partly' : 'none';
  return 'none';
}
