/**
 * Codes for products that exist nowhere: GTIN-13 within 200–299, which GS1 leaves to each shop for itself, so that none
 * can be somebody's real product. Check digit: GS1 General Specifications, 7.9.1.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';

/** The last digit of a GTIN-13: what fills Σ dᵢ·(1, 3, 1, 3 …) up to a multiple of ten. */
export function gtinCheckDigit(twelveDigits: string): number {
  assert(/^\d{12}$/.test(twelveDigits), 'GTIN_NOT_TWELVE_DIGITS', { twelveDigits });
  let sum = 0;
  for (let place = 0; place < 12; place++) sum += Number(twelveDigits[place]) * (place % 2 === 0 ? 1 : 3);
  return (10 - (sum % 10)) % 10;
}

/** Codes of one shop, each once. */
export function gtinDrawer(random: Random): () => string {
  const drawn = new Set<string>();
  const shop = String(200 + random.below(100));
  const draw = (): string => {
    const twelve = shop + String(random.below(1_000_000_000)).padStart(9, '0');
    return twelve + String(gtinCheckDigit(twelve));
  };
  return () => {
    let gtin = draw();
    while (drawn.has(gtin)) gtin = draw();
    drawn.add(gtin);
    return gtin;
  };
}
