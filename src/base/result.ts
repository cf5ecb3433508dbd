/** An expected refusal is returned, never thrown: the caller must look at `ok` before it can reach the value. */
export type Result<Value, Problem> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

export function refused<Problem>(problem: Problem): Result<never, Problem> {
  return { ok: false, problem };
}
