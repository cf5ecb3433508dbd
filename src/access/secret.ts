/**
 * Secrets that cannot be printed by accident. Whatever turns a `Secret` into text (a template, JSON, an inspector, an
 * error's facts) gets `[secret]`; only `reveal` gives what is in it, so every place that does can be found by name.
 */
const SHOWN = '[secret]';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  /** What console.log and util.inspect of Node call. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** Names of fields whose value is never logged, compared without case and marks. */
const SECRET_FIELD =
  /^(?:.*(?:password|passphrase|secret|token|credential)s?|authorization|proxyauthorization|cookie|setcookie|apikey|xapikey|privatekey|csrf|xcsrf.*)$/;
const SECRET_TEXTS: readonly RegExp[] = [
  /\btf_live_\w+/g,
  /\btf_session_\w+/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\bscrypt\$[\w$+/=.-]+/g,
];
const DEPTH_MAX = 6;
const FIELDS_MAX = 100;

/** The text without keys, sessions, bearer tokens, signed tokens and password hashes. */
export function withoutSecrets(text: string): string {
  let cleaned = text;
  for (const form of SECRET_TEXTS) cleaned = cleaned.replaceAll(form, SHOWN);
  return cleaned;
}

/** A copy that may be logged: plain data, bounded in depth and width, without secrets by name or by form. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function')
    return withoutSecrets(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return SHOWN;
  if (depth >= DEPTH_MAX) return '[deeper]';
  if (value instanceof Error) return redactedError(value, depth);
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (Array.isArray(value)) return value.slice(0, FIELDS_MAX).map((item) => redacted(item, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.slice(0, FIELDS_MAX).map(([name, item]: [unknown, unknown]) => redactedField(name, item, depth)),
  );
}

function redactedField(name: unknown, item: unknown, depth: number): [string, unknown] {
  const shown = withoutSecrets(String(name));
  const isSecret = SECRET_FIELD.test(shown.toLowerCase().replaceAll(/[^a-z]/g, ''));
  return [shown, isSecret ? SHOWN : redacted(item, depth + 1)];
}

function redactedError(error: Error, depth: number): unknown {
  return {
    ...(redacted({ ...error }, depth + 1) as object),
    name: error.name,
    message: withoutSecrets(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redacted(error.cause, depth + 1) }),
  };
}
