export type { AccessStore } from './access-store.ts';
export {
  issueKey,
  KEY_BYTES,
  keyIdIn,
  keyPrincipal,
  revokedKey,
  rotateKey,
  unknownKey,
  useToNote,
} from './api-key.ts';
export type { ApiKey, IssuedKey, KeyOrder } from './api-key.ts';
export { auditEntry, auditProblem } from './audit.ts';
export type { AuditAction, AuditDraft, AuditEntry } from './audit.ts';
export { base32, isSameText } from './digest.ts';
export { outsideIdentity } from './id-token-claims.ts';
export type { ExpectedToken, OutsideIdentity } from './id-token-claims.ts';
export { loginName } from './login-name.ts';
export type { LoginName } from './login-name.ts';
export { mayDo, mayHandOut } from './may-do.ts';
// The type alone: a proof is made by mayDo and nowhere else.
export type { Scoped } from './may-do.ts';
export {
  assertKeyInReach,
  assertUserInReach,
  assertWholeRetailer,
  MemoryAccessStore,
} from './memory-access-store.ts';
export * from './names.ts';
export { newPassword, plainPassword } from './password-rules.ts';
export * from './permissions.ts';
export { retailerPlace, storePlace } from './place.ts';
export type { Place } from './place.ts';
export { principalName } from './principal.ts';
export type { Grant, Principal } from './principal.ts';
export { ACCESS_PROBLEM_CODES, accessProblem } from './problem-codes.ts';
export type { AccessProblem, AccessProblemCode } from './problem-codes.ts';
export { RateLimit } from './rate-limit.ts';
export type { RateSettings } from './rate-limit.ts';
export { redacted, Secret, withoutSecrets } from './secret.ts';
export * from './session.ts';
export { GATE_DEFAULTS, SignInGate } from './sign-in-gate.ts';
export type { GateSettings, SignInAttempt } from './sign-in-gate.ts';
export * from './user.ts';
