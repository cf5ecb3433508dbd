/** Figures as a reader wants them: percents with as many digits as they are worth, intervals in brackets. */
import { CURRENCY_EXPONENT } from '../../../src/domain/index.ts';
import type { Currency } from '../../../src/domain/index.ts';
import type { Estimate } from '../metrics/ratio.ts';

/** `four-shoppers` as words. */
export function familyTitle({ name }: { readonly name: string }): string {
  return name.replaceAll('-', ' ');
}

export const NOT_MEASURED = '–';

export function percent(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(decimals)} %` : NOT_MEASURED;
}

export function score(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : NOT_MEASURED;
}

/** `0.981 (0.962–0.995)`. */
export function scoreWithInterval({ value, low, high }: Estimate): string {
  return Number.isFinite(value) ? `${score(value)} (${score(low)}–${score(high)})` : NOT_MEASURED;
}

/** `90.0 % (82.1–95.0)`. */
export function percentWithInterval({ value, low, high }: Estimate, decimals = 1): string {
  if (!Number.isFinite(value)) return NOT_MEASURED;
  const bound = (share: number): string => (share * 100).toFixed(decimals);
  return `${percent(value, decimals)} (${bound(low)}–${bound(high)})`;
}

/** Mean money with a decimal more than the currency has: `USD 0.034`. */
export function meanMoney(minor: number, currency: string): string {
  if (!Number.isFinite(minor)) return NOT_MEASURED;
  const exponent = CURRENCY_EXPONENT[currency as Currency] ?? 2;
  return `${currency} ${(minor / 10 ** exponent).toFixed(exponent + 1)}`;
}

export function grams(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} g` : NOT_MEASURED;
}

export function seconds(ms: number): string {
  return Number.isFinite(ms) ? `${(ms / 1000).toFixed(1)} s` : NOT_MEASURED;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
