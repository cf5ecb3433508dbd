export { auditReceipt, auditTruth, closeAudit, createAuditor, RECEIPT_MS_MAX } from './auditor.ts';
export type { Auditor, IssuedReceipt, OwnerOf } from './auditor.ts';
export { AUDIT_FINDINGS } from './findings.ts';
export type { AuditBlame, AuditCode, AuditFinding } from './findings.ts';
