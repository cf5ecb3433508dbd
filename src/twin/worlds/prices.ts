/** Prices as shops write them: the amount of the tables in a currency, brought to an ending that really stands on labels. */
import { money } from '../../domain/index.ts';
import type { Currency, Money } from '../../domain/index.ts';

export type WorldCurrency = Extract<Currency, 'USD' | 'GBP' | 'AUD' | 'CAD'>;

interface PriceHabit {
  /** What a US dollar of the tables costs there; a habit of shops, not a rate of exchange. */
  readonly perUsd: number;
  readonly endings: readonly number[];
}

const HABITS: Readonly<Record<WorldCurrency, PriceHabit>> = {
  USD: { perUsd: 1, endings: [19, 29, 49, 59, 79, 89, 99] },
  GBP: { perUsd: 0.8, endings: [0, 15, 25, 35, 50, 65, 75, 85, 95] },
  AUD: { perUsd: 1.5, endings: [0, 20, 30, 50, 70, 80, 95] },
  CAD: { perUsd: 1.35, endings: [29, 49, 69, 79, 99] },
};
const STADIUM_ENDINGS = [0, 50];

/** The price nearest to `usdMinor`, at least half a unit; `isRound` where no change shall be given. */
export function shelfPrice(usdMinor: number, of: { currency: WorldCurrency; isRound: boolean }): Money {
  const { perUsd, endings } = HABITS[of.currency];
  const wanted = Math.max(50, usdMinor * perUsd);
  let nearest = Infinity;
  const whole = Math.floor(wanted / 100);
  for (const base of [whole - 1, whole, whole + 1]) {
    for (const ending of of.isRound ? STADIUM_ENDINGS : endings) {
      const candidate = base * 100 + ending;
      if (candidate >= 50 && Math.abs(candidate - wanted) < Math.abs(nearest - wanted)) nearest = candidate;
    }
  }
  return money(nearest, of.currency);
}
