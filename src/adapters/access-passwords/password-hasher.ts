/**
 * Passwords through scrypt (RFC 7914) of Node's own crypto. The parameters stand beside the hash, so that they can rise: a
 * hash with weaker ones still verifies, and says that it is to be replaced. Each hash takes 128 · N · r bytes (32 MiB by
 * default), so few run at once and few may wait; the overflow policy is `refuse-newest`. argon2 was rejected: it needs a
 * binary per platform, and Node's own is not in every version that we run on.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { plainPassword, Secret } from '../../access/index.ts';
import { assert, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';

export interface ScryptParameters {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

export interface HasherSettings extends ScryptParameters {
  readonly runningMax: number;
  readonly waitingMax: number;
}

/** As strong as N = 2¹⁷, p = 1, in a quarter of the memory. */
export const HASHER_DEFAULTS: HasherSettings = { log2N: 15, r: 8, p: 3, runningMax: 2, waitingMax: 16 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What is kept may be damaged: no row makes us take more memory or time than this. */
const LIMITS: ScryptParameters = { log2N: 18, r: 16, p: 8 };
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w+/]{22}==)\$([\w+/]{43}=)$/;

interface Kept extends ScryptParameters {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function keptOf(text: string): Kept | null {
  const [, log2N, r, p, salt, hash] = FORM.exec(text) ?? [];
  const found = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const isSound =
    found.log2N >= 1 && found.r >= 1 && found.p >= 1 && found.log2N <= LIMITS.log2N && found.r <= LIMITS.r;
  if (salt === undefined || hash === undefined || !isSound || found.p > LIMITS.p) return null;
  return { ...found, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

export interface PasswordCheck {
  readonly isRight: boolean;
  /** The hash that is kept is weaker than one of today. */
  readonly needsRehash: boolean;
}

export class PasswordHasher {
  private readonly settings: HasherSettings;
  /** Compared with where there is no user: a stranger cannot tell by the time it takes. */
  private readonly nobodys: Kept;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(settings: HasherSettings = HASHER_DEFAULTS) {
    const { log2N, r, p } = settings;
    assert(log2N <= LIMITS.log2N && r <= LIMITS.r && p <= LIMITS.p, 'SCRYPT_LIMITS', { log2N, r, p });
    this.settings = settings;
    this.nobodys = { log2N, r, p, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
  }

  /** A text to keep beside the user. @param password one that `newPassword` let through. */
  async hash(password: Secret): Promise<Result<string, DataProblem>> {
    const { log2N, r, p } = this.settings;
    const salt = randomBytes(SALT_BYTES);
    const hashed = await this.derive(password, { log2N, r, p, salt });
    if (!hashed.ok) return hashed;
    return ok(`scrypt$${log2N}$${r}$${p}$${salt.toString('base64')}$${hashed.value.toString('base64')}`);
  }

  /** @param kept the user's hash; null for nobody, which takes as long and is never right. */
  async check(password: Secret, kept: string | null): Promise<Result<PasswordCheck, DataProblem>> {
    const found = kept === null ? null : keptOf(kept);
    const against = found ?? this.nobodys;
    const plain = plainPassword(password);
    const hashed = await this.derive(plain.ok ? plain.value : new Secret(''), against);
    if (!hashed.ok) return hashed;
    const isSame = timingSafeEqual(hashed.value, against.hash);
    const { log2N, r, p } = this.settings;
    const isWeaker = against.log2N < log2N || against.r < r || against.p < p;
    return ok({ isRight: isSame && found !== null && plain.ok, needsRehash: found !== null && isWeaker });
  }

  private async derive(
    password: Secret,
    { log2N, r, p, salt }: ScryptParameters & { readonly salt: Buffer },
  ): Promise<Result<Buffer, DataProblem>> {
    if (!(await this.hasTurn())) return refused(BUSY);
    try {
      const N = 2 ** log2N;
      const cost = { N, r, p, maxmem: 128 * r * (N + p + 2) + 1024 };
      return ok(
        await new Promise<Buffer>((resolve, reject) => {
          scrypt(password.reveal(), salt, HASH_BYTES, cost, (error, key) => {
            if (error === null) resolve(key);
            else reject(error);
          });
        }),
      );
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }

  private async hasTurn(): Promise<boolean> {
    if (this.running < this.settings.runningMax) {
      this.running++;
      return true;
    }
    if (this.waiting.length >= this.settings.waitingMax) return false;
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return true;
  }
}

const BUSY: DataProblem = {
  code: 'PASSWORDS_BUSY',
  where: 'sign-in',
  what: 'too many passwords are being checked at once',
  remedy: 'Try again in some seconds.',
};
