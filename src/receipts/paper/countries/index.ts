import type { CountryContent, Threshold } from './country-content.ts';
import { COUNTRY_ROWS, EU_ROW, EU_STATES, PLAIN_ROW } from './rows.ts';

export type { CountryContent, NeededId, Source, Threshold } from './country-content.ts';

/** All rows, for whoever shows them. */
export const COUNTRY_CONTENTS: readonly CountryContent[] = [...COUNTRY_ROWS, EU_ROW];

/** A country of its own row, or a state of the EU; null where nobody looked up what it wants. */
export function countryContent(country: string): CountryContent | null {
  const own = COUNTRY_ROWS.find((row) => row.country === country);
  return own ?? (EU_STATES.includes(country) ? EU_ROW : null);
}

export function countryContentOrPlain(country: string): CountryContent {
  return countryContent(country) ?? PLAIN_ROW;
}

export function isBeyond(minor: number, { minor: limit, isReachedAt }: Threshold): boolean {
  return isReachedAt ? minor >= limit : minor > limit;
}
