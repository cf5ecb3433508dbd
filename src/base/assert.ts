/**
 * Programmer errors. An assertion that fails means the code is wrong, not the data: it stays on in production.
 * Bad outside data is never asserted; it becomes a `Result` or is quarantined and counted.
 */

/** Thrown by `assert`; `code` names the broken rule, `facts` hold what was seen. */
export class AssertionFailure extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, facts: Readonly<Record<string, unknown>>) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'AssertionFailure';
    this.code = code;
    this.facts = facts;
  }
}

/** Stops with `code` unless `condition` holds. */
export function assert(
  condition: boolean,
  code: string,
  facts: Readonly<Record<string, unknown>> = {},
): asserts condition {
  if (!condition) throw new AssertionFailure(code, facts);
}

/** Closes a switch over a union: does not compile while a kind is unhandled. */
export function assertNever(value: never): never {
  throw new AssertionFailure('UNHANDLED_KIND', { value });
}

/** The value, where the code knows that it is there; stops with `code` where it is not. */
export function present<T>(value: T | null | undefined, code: string): T {
  if (value === null || value === undefined) throw new AssertionFailure(code, {});
  return value;
}
