/** Rows hold documents; what comes off the disk is checked once, here. */
import { z } from 'zod';
import { isPermission, isRole, keyId, loginName, retailerId, userId } from '../../access/index.ts';
import type {
  ApiKey,
  AuditAction,
  AuditEntry,
  LoginName,
  Permission,
  Role,
  Session,
  User,
} from '../../access/index.ts';
import { assert } from '../../base/index.ts';
import { storeId } from '../../domain/index.ts';

const time = z.number().nonnegative();
const retailer = z.string().transform(retailerId);
const user = z.string().transform(userId);
const store = z.string().transform(storeId).nullable();
const role = z.custom<Role>((value) => typeof value === 'string' && isRole(value));
const permission = z.custom<Permission>((value) => typeof value === 'string' && isPermission(value));
const grant = z.strictObject({ role, retailerId: retailer, storeId: store });
const login = z.string().transform((text): LoginName => {
  const read = loginName(text);
  assert(read.ok, 'LOGIN_KEPT_WRONG');
  return read.value;
});

const USER: z.ZodType<User> = z.strictObject({
  userId: user,
  retailerId: retailer,
  login,
  grants: z.array(grant),
  passwordHash: z.string().nullable(),
  version: z.int().positive(),
  createdAtMs: time,
  disabledAtMs: time.nullable(),
});

const KEY: z.ZodType<ApiKey> = z.strictObject({
  keyId: z.string().transform(keyId),
  name: z.string(),
  grant,
  scopes: z.array(permission),
  hash: z.string(),
  previous: z.strictObject({ hash: z.string(), endsAtMs: time }).nullable(),
  createdAtMs: time,
  expiresAtMs: time.nullable(),
  revokedAtMs: time.nullable(),
  lastUsedDay: z.int().nullable(),
});

const SESSION: z.ZodType<Session> = z.strictObject({
  hash: z.string(),
  userId: user,
  userVersion: z.int().positive(),
  createdAtMs: time,
  lastUsedAtMs: time,
  revokedAtMs: time.nullable(),
});

/** An action that this program does not know is still an entry of the chain. */
const ENTRY: z.ZodType<AuditEntry> = z.strictObject({
  atMs: time,
  retailerId: retailer,
  storeId: store,
  by: z.string(),
  action: z.custom<AuditAction>((value) => typeof value === 'string'),
  subject: z.string(),
  facts: z.record(z.string(), z.string()),
  position: z.int().positive(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});

const readBy =
  <Value>(form: z.ZodType<Value>) =>
  (row: Readonly<Record<string, unknown>>): Value =>
    form.parse(JSON.parse(String(row['document'])));

export const readUser = readBy(USER);
export const readKey = readBy(KEY);
export const readSession = readBy(SESSION);
export const readEntry = readBy(ENTRY);
