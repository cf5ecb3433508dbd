/** Why a code is refused: a stable code, what was seen, what to do. Where it was seen, only the caller knows. */
import { refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { CodesProblemCode } from './problem-codes.ts';

export interface CodeProblem {
  readonly code: CodesProblemCode;
  readonly what: string;
  readonly remedy: string;
}

export type Read<Value> = Result<Value, CodeProblem>;

export function refuse(code: CodesProblemCode, what: string, remedy: string): Result<never, CodeProblem> {
  return refused({ code, what, remedy });
}

/** No message grows with the garbage that somebody scanned. */
const SHOWN_MAX = 40;

/** A text from outside as it may stand in a message: quoted, escaped, cut. */
export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);
}

/** The refusal that every kind of code begins with. */
export function refuseNonDigits(text: string, remedy: string): Result<never, CodeProblem> {
  return refuse('CODE_NOT_DIGITS', `${shown(text)} is not made of digits`, remedy);
}
