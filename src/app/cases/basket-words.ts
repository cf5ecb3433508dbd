/** A priced basket in a case's words; what is empty is left out. */
import { money, moneyText } from '../../domain/index.ts';
import type { Hint, LostBecause, PricedBasket } from '../../pricing/index.ts';

export type Said = (minor: number) => string;

export function sayerFor({ currency }: PricedBasket): Said {
  return (minor) => moneyText(money(minor, currency));
}

function lostWords(because: LostBecause): string {
  switch (because.kind) {
    case 'beaten-by':
      return `beaten by ${because.promotionIds.join(' and ')}`;
    case 'needs-tender':
      return `needs payment by ${because.tender}`;
    default:
      return because.kind.replaceAll('-', ' ');
  }
}

function hintWords(hint: Hint, say: Said): string {
  const saves = `saves ${say(hint.savesMinor)}`;
  return hint.kind === 'one-more'
    ? `one more ${hint.productId} for ${hint.promotionId} ${saves}`
    : `${say(hint.missingMinor)} more for ${hint.promotionId} ${saves}`;
}

/** What came off, by promotion or markdown. */
function savings({ lines }: PricedBasket, say: Said): Record<string, string> {
  const sums = new Map<string, number>();
  const add = (name: string, minor: number): unknown => sums.set(name, (sums.get(name) ?? 0) + minor);
  for (const { units } of lines)
    for (const { markdown, discounts } of units) {
      if (markdown) add(markdown.because === 'label' ? 'label' : 'members’ price', markdown.minor);
      for (const { promotionId, minor } of discounts) add(promotionId, minor);
    }
  return Object.fromEntries([...sums].map(([name, minor]) => [name, say(minor)]));
}

/** Without fields that are empty lists or objects, or null. */
export function withoutEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
    ),
  );
}

export function basketWords(basket: PricedBasket): Record<string, unknown> {
  const say = sayerFor(basket);
  const lowest = basket.lines.flatMap(({ productId, lowestPrice30DaysMinor }) =>
    lowestPrice30DaysMinor === null ? [] : [[productId, say(lowestPrice30DaysMinor)] as const],
  );
  return withoutEmpty({
    total: say(basket.totals.totalMinor),
    saved: savings(basket, say),
    lost: Object.fromEntries(
      basket.losers.map(({ promotionId, because }) => [promotionId, lostWords(because)]),
    ),
    hints: basket.hints.map((hint) => hintWords(hint, say)),
    personalised: basket.personalised,
    lowestPriceOf30Days: Object.fromEntries(lowest),
  });
}
