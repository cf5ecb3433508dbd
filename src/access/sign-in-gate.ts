/**
 * How often a password may be tried. Three buckets: a login from one address, an address over all logins, a login over all
 * addresses. The last one is what a stranger could use up to lock somebody out; therefore it does not count where that
 * user has signed in from before, and no wait is ever longer than a refill.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import { RateLimit } from './rate-limit.ts';
import type { RateSettings } from './rate-limit.ts';

export interface SignInAttempt {
  /** Retailer and login, so that two retailers' users of one login do not share a bucket. */
  readonly who: string;
  readonly address: string;
  readonly atMs: number;
}

export interface GateSettings {
  readonly pair: RateSettings;
  readonly address: RateSettings;
  readonly login: RateSettings;
  /** So many pairs of login and address that once went well are remembered; the oldest is forgotten first. */
  readonly knownMax: number;
}

export const GATE_DEFAULTS: GateSettings = {
  pair: { burst: 5, refillMs: 30_000, capacity: 10_000 },
  address: { burst: 30, refillMs: 10_000, capacity: 10_000 },
  login: { burst: 20, refillMs: 30_000, capacity: 10_000 },
  knownMax: 10_000,
};

export class SignInGate {
  private readonly pair: RateLimit;
  private readonly address: RateLimit;
  private readonly login: RateLimit;
  private readonly known = new Set<string>();
  private readonly knownMax: number;

  constructor(settings: GateSettings = GATE_DEFAULTS) {
    this.pair = new RateLimit(settings.pair);
    this.address = new RateLimit(settings.address);
    this.login = new RateLimit(settings.login);
    this.knownMax = settings.knownMax;
  }

  /** Counts the attempt before the password is looked at, so that many at once count as well. */
  enter(attempt: SignInAttempt): Result<null, AccessProblem> {
    const taken: (readonly [RateLimit, string])[] = [];
    for (const [limit, name] of this.bucketsOf(attempt)) {
      const waitMs = limit.take(name, attempt.atMs);
      if (waitMs === 0) {
        taken.push([limit, name]);
        continue;
      }
      // An attempt that is not let through costs nothing elsewhere.
      for (const [other, its] of taken) other.giveBack(its, attempt.atMs);
      const what = `too many attempts; the next in ${Math.ceil(waitMs / 1000)} s`;
      return refused(accessProblem('RATE_LIMITED', 'sign-in', what));
    }
    return ok(null);
  }

  /** The password was right: this attempt counts for nothing, and the address is known from now on. */
  succeeded(attempt: SignInAttempt): void {
    for (const [limit, name] of this.bucketsOf(attempt)) limit.giveBack(name, attempt.atMs);
    const pair = pairOf(attempt);
    this.known.delete(pair);
    this.known.add(pair);
    if (this.known.size <= this.knownMax) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      break;
    }
  }

  private bucketsOf(attempt: SignInAttempt): (readonly [RateLimit, string])[] {
    const pair = pairOf(attempt);
    const own: (readonly [RateLimit, string])[] = [
      [this.pair, pair],
      [this.address, attempt.address],
    ];
    return this.known.has(pair) ? own : [...own, [this.login, attempt.who]];
  }
}

function pairOf({ who, address }: SignInAttempt): string {
  return JSON.stringify([who, address]);
}
