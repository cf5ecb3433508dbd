/** A refusal of a log with its code: what `append` and the others reject with. */
import { STORE_LOG_REMEDIES } from './problem-codes.ts';
import type { StoreLogProblemCode } from './problem-codes.ts';

/** A problem as it is told, with a code of this table. */
export interface StoreLogProblem {
  readonly code: StoreLogProblemCode;
  readonly where: string;
  readonly what: string;
  readonly remedy: string;
}

export class StoreLogFailure extends Error {
  readonly problem: StoreLogProblem;

  constructor(
    code: StoreLogProblemCode,
    at: { readonly where: string; readonly what: string; readonly cause?: unknown },
  ) {
    super(`${at.where}: ${at.what} [${code}]`, { cause: at.cause });
    this.name = 'StoreLogFailure';
    this.problem = { code, where: at.where, what: at.what, remedy: STORE_LOG_REMEDIES[code] };
  }

  get code(): StoreLogProblemCode {
    return this.problem.code;
  }
}
