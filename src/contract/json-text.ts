/**
 * JSON that comes back exactly as it went in. `JSON.stringify` writes −0 as 0 and non-finite numbers as null; here
 * −0 survives (`JSON.parse` reads `-0` as −0), and a number that JSON cannot hold is a programmer's error. Doubles are
 * written in their shortest text, which reads back to the same bits.
 */
import { assert } from '../base/index.ts';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

function numberText(value: number): string {
  assert(Number.isFinite(value), 'JSON_NUMBER_NOT_FINITE', { value });
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The text of `value`, without spaces; undefined fields are left out. */
export function exactJsonText(value: JsonValue): string {
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(exactJsonText).join(',')}]`;
  const fields: string[] = [];
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) fields.push(`${JSON.stringify(key)}:${exactJsonText(field as JsonValue)}`);
  }
  return `{${fields.join(',')}}`;
}
