/** JSON with the habits of protocol buffers, so that what we write looks like what AiFi's own systems write. */

/** Leaves out every field that is 0 or false; lists keep their elements, and objects that became empty stay. */
export function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, field]) => field !== 0 && field !== false && field !== undefined,
  );
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutZeros(field)]));
}

/** Fixtures are numbered in this format; a name that is no plain number stays a text. */
export function numberOrText(name: string): number | string {
  const number = Number(name);
  return Number.isSafeInteger(number) && String(number) === name ? number : name;
}

const MS_PER_S = 1000;

/** ISO 8601 writes years of four digits; what claims to be later is damaged. */
export const YEAR_10000_MS = Date.UTC(10_000, 0);

/** All the digits of a double, never in exponent notation. */
function plainDigits(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(100).replace(/0+$/, '') : text;
}

/** ISO 8601 in UTC with every decimal of `timeMs`, before the year 10000; reading gives back the same double. */
export function isoTimeText(timeMs: number): string {
  const [whole = '0', fraction = ''] = plainDigits(timeMs).split('.');
  const wholeMs = Number(whole);
  const seconds = Math.floor(wholeMs / MS_PER_S);
  const milliseconds = String(wholeMs - seconds * MS_PER_S).padStart(3, '0');
  return `${new Date(seconds * MS_PER_S).toISOString().slice(0, 19)}.${milliseconds}${fraction}Z`;
}
