/**
 * JSON as databases and protocol buffers write it. Three habits meet here, and every reader of this folder goes
 * through these functions so that none of them is forgotten:
 * - protocol buffers omit zero: an absent number is 0, an absent id is `0`, an absent point is the origin;
 * - ids have 64 bits: bare integers beyond 2^53 become texts instead of being rounded;
 * - MongoDB's extended JSON wraps values: `{"$numberLong": "…"}`, `{"$numberDouble": "…"}`, `{"$date": …}`.
 */

interface ReviverContext {
  readonly source?: string;
}

const LONG_INTEGER = /\d{16}/;

function keepLongIntegers(_key: string, value: unknown, context?: ReviverContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** The document of one line; undefined where it is not JSON. Integers beyond 2^53 come back as texts. */
export function parseExportJson(text: string): unknown {
  try {
    // The reviver visits every value, so it runs only where a long run of digits could be an integer.
    return LONG_INTEGER.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value under `path`; undefined where any step is missing or is not an object. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] | undefined {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found : undefined;
}

const WRAPPERS = ['$numberLong', '$numberInt', '$numberDouble', '$numberDecimal'] as const;

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const wrapper of WRAPPERS) {
    const inner = fieldAt(value, wrapper);
    if (inner !== undefined) return inner;
  }
  return value;
}

/** A number, 0 where it is absent, NaN where something else stands there. */
export function numberOf(value: unknown): number {
  const plain = unwrapped(value);
  if (plain === undefined || plain === null) return 0;
  if (typeof plain === 'number') return plain;
  return typeof plain === 'string' && plain.trim() !== '' ? Number(plain) : NaN;
}

/** An id as text, `0` where it is absent, null where something else stands there. */
export function idTextOf(value: unknown): string | null {
  const plain = unwrapped(value);
  if (plain === undefined || plain === null) return '0';
  if (typeof plain === 'number') return Number.isSafeInteger(plain) ? String(plain) : null;
  return typeof plain === 'string' && plain !== '' ? plain : null;
}

const ISO_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/;

/** Reads decimals as decimals, so that microseconds survive: `Date.parse` keeps milliseconds only. */
function isoTimeMs(text: string): number {
  const match = ISO_TIME.exec(text.trim());
  if (!match) return NaN;
  const [, wholeText, fraction = '', zone = 'Z'] = match;
  const wholeMs = Date.parse(`${wholeText}${zone}`);
  if (!Number.isFinite(wholeMs) || fraction === '') return wholeMs;
  if (wholeMs < 0) return wholeMs + Number(`0.${fraction}e3`);
  return Number(`${wholeMs / 1000}.${fraction}e3`);
}

/**
 * A point in time in milliseconds: an ISO text, `{"$date": text | ms}`, or protocol buffers' `{seconds, nanos}`.
 * NaN where none stands there. Texts without a zone are UTC.
 */
export function timeMsOf(value: unknown): number {
  if (typeof value === 'string') return isoTimeMs(value);
  if (typeof value !== 'object' || value === null) return NaN;
  const date = fieldAt(value, '$date');
  if (typeof date === 'string') return isoTimeMs(date);
  if (date !== undefined) return numberOf(date);
  const hasSeconds = fieldAt(value, 'seconds') !== undefined;
  return hasSeconds
    ? numberOf(fieldAt(value, 'seconds')) * 1000 + numberOf(fieldAt(value, 'nanos')) / 1e6
    : NaN;
}
