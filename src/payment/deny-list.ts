/** Whom no hold is made for: tokens with debt. The port is kept by whoever stores payments; the rule is pure. */
import type { Minor } from '../domain/index.ts';

export interface TokenDebt {
  /** Of all payments with this token, written off or not. */
  readonly unpaidMinor: Minor;
  readonly unpaidCount: number;
}

export interface DenyRule {
  readonly unpaidMinorMax: number;
  /** However small the debts are. */
  readonly unpaidCountMax: number;
}

export interface DenyList {
  debtOf(token: string): TokenDebt;
}

export function isDenied(debt: TokenDebt, rule: DenyRule): boolean {
  return debt.unpaidMinor > rule.unpaidMinorMax || debt.unpaidCount > rule.unpaidCountMax;
}
