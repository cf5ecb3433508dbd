/**
 * What the command line does with users and keys. Whoever may write the data directory is the operator of the retailer
 * they name, and of no other; every change and its audit entry are kept together or not at all.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PasswordHasher } from '../../adapters/access-passwords/index.ts';
import { SqliteAccessStore } from '../../adapters/access-store-sqlite/index.ts';
import {
  accessProblem,
  addedUser,
  base32,
  disabledUser,
  issueKey,
  KEY_BYTES,
  keyId,
  loginName,
  mayDo,
  newPassword,
  principalName,
  retailerPlace,
  revokedKey,
  rotateKey,
  unknownKey,
  userId,
} from '../../access/index.ts';
import type {
  AccessStore,
  ApiKey,
  AuditAction,
  Grant,
  IssuedKey,
  KeyOrder,
  Permission,
  Principal,
  RetailerId,
  Scoped,
  Secret,
  User,
} from '../../access/index.ts';
import { ok, present, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { isIdText } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';

const FILE = 'access.sqlite';
const ID_BYTES = 10;
const ROTATION_BYTES = 20;

export class AccessOffice {
  private readonly store: AccessStore;
  private readonly retailerId: RetailerId;
  private readonly clock: () => number;
  private readonly me: Principal;

  private constructor(store: AccessStore, retailerId: RetailerId, clock: () => number) {
    this.store = store;
    this.retailerId = retailerId;
    this.clock = clock;
    this.me = {
      kind: 'user',
      userId: userId('data-directory'),
      grants: [{ role: 'operator', retailerId, storeId: null }],
    };
  }

  static open(
    directory: string,
    retailerId: RetailerId,
    clock: () => number = Date.now,
  ): Result<AccessOffice, DataProblem> {
    const store = SqliteAccessStore.open(join(directory, FILE));
    return store.ok ? ok(new AccessOffice(store.value, retailerId, clock)) : store;
  }

  async addUser(
    loginText: string,
    grants: readonly Grant[],
    password: Secret,
  ): Promise<Result<User, DataProblem>> {
    const login = loginName(loginText);
    if (!login.ok) return login;
    const chosen = newPassword(password, login.value);
    if (!chosen.ok) return chosen;
    const hashed = await new PasswordHasher().hash(chosen.value);
    if (!hashed.ok) return hashed;
    return this.store.transaction(() => {
      if (this.store.userOfLogin(this.retailerId, login.value) !== null)
        return refused(accessProblem('USER_LOGIN_TAKEN', login.value, 'there is a user of this login'));
      const added = addedUser(this.me, {
        userId: userId(`u-${base32(randomBytes(ID_BYTES))}`),
        retailerId: this.retailerId,
        login: login.value,
        grants,
        passwordHash: hashed.value,
        createdAtMs: this.clock(),
      });
      if (!added.ok) return added;
      this.store.putUser(this.proof('users.manage'), added.value);
      this.tell('user.added', `user:${added.value.userId}`, { login: login.value });
      return added;
    });
  }

  users(): readonly User[] {
    return this.store.usersOf(this.proof('users.read'));
  }

  disableUser(loginText: string): Result<User, DataProblem> {
    const login = loginName(loginText);
    if (!login.ok) return login;
    return this.store.transaction(() => {
      const user = this.store.userOfLogin(this.retailerId, login.value);
      if (user === null)
        return refused(accessProblem('USER_UNKNOWN', login.value, 'there is no user of this login'));
      const proof = this.proof('users.manage');
      const disabled = disabledUser(proof, user, this.clock());
      if (!disabled.ok) return disabled;
      this.store.putUser(proof, disabled.value);
      this.store.dropSessionsOf(user.userId);
      this.tell('user.disabled', `user:${user.userId}`, { login: login.value });
      return disabled;
    });
  }

  addKey(order: Omit<KeyOrder, 'atMs'>): Result<IssuedKey, DataProblem> {
    const issued = issueKey(this.me, { ...order, atMs: this.clock() }, randomBytes(KEY_BYTES));
    if (issued.ok) this.keep(issued.value.key, 'key.added');
    return issued;
  }

  keys(): readonly ApiKey[] {
    return this.store.keysOf(this.proof('keys.read'));
  }

  rotateKey(
    id: string,
    turn: { readonly overlapMs: number; readonly expiresAtMs: number | null },
  ): Result<IssuedKey, DataProblem> {
    return this.store.transaction(() => {
      const key = this.keyOf(id);
      if (key === null) return refused(unknownKey(id));
      const random = randomBytes(ROTATION_BYTES);
      const rotated = rotateKey(this.me, key, { ...turn, random, atMs: this.clock() });
      if (rotated.ok) this.keep(rotated.value.key, 'key.rotated');
      return rotated;
    });
  }

  revokeKey(id: string): Result<ApiKey, DataProblem> {
    return this.store.transaction(() => {
      const key = this.keyOf(id);
      if (key === null) return refused(unknownKey(id));
      const revoked = revokedKey(this.proof('keys.manage'), key, this.clock());
      if (revoked.ok) this.keep(revoked.value, 'key.revoked');
      return revoked;
    });
  }

  close(): void {
    this.store.close();
  }

  private keyOf(id: string): ApiKey | null {
    const key = isIdText(id) ? this.store.keyOfId(keyId(id)) : null;
    return key !== null && this.proof('keys.read').covers(key.grant) ? key : null;
  }

  private keep(key: ApiKey, action: AuditAction): void {
    this.store.transaction(() => {
      this.store.putKey(this.proof('keys.manage'), key);
      this.tell(action, `key:${key.keyId}`, { name: key.name, role: key.grant.role });
    });
  }

  private proof<P extends Permission>(permission: P): Scoped<P> {
    const may = mayDo(this.me, permission, retailerPlace(this.retailerId));
    return present(may.ok ? may.value : null, 'OFFICE_WITHOUT_ROLE');
  }

  private tell(action: AuditAction, subject: string, facts: Readonly<Record<string, string>>): void {
    const by = principalName(this.me);
    const draft = { atMs: this.clock(), retailerId: this.retailerId, storeId: null, by };
    this.store.tellAudit({ ...draft, action, subject, facts });
  }
}
