/** Cases of kind `tax`: a basket with one of the rate packs that come along. */
import { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import type { PricedBasket } from '../../pricing/index.ts';
import { basketFields, pricedInput, refusal } from './basket-input.ts';
import { sayerFor, withoutEmpty } from './basket-words.ts';
import type { CaseKind } from './case-kind.ts';
import { readTaxPack } from './tax-pack-file.ts';

const { currency: _, ...fields } = basketFields;
const inputSchema = strictForm({ pack: z.string(), ...fields });
type Input = z.output<typeof inputSchema>;

function taxWords(basket: PricedBasket): Record<string, unknown> {
  const say = sayerFor(basket);
  const { totals } = basket;
  const taxes = basket.taxes.map(({ authority, taxClass, minor }) => [
    `${authority}, ${taxClass}`,
    say(minor),
  ]);
  return withoutEmpty({
    goods: say(totals.netMinor),
    fees: Object.fromEntries(basket.fees.map(({ name, amountMinor }) => [name, say(amountMinor)])),
    tax: Object.fromEntries(taxes) as Record<string, string>,
    disclosed: Object.fromEntries(
      basket.disclosures.map(({ text, promotionIds }) => [text, promotionIds.join(', ')]),
    ),
    total: say(totals.totalMinor),
    toPay: totals.cashAdjustmentMinor === 0 ? null : say(totals.toPayMinor),
  });
}

/** Goods after discounts, fees, tax by authority and class, what has to be said of personalised prices, and the total. */
export const TAX_KIND: CaseKind<Input> = {
  name: 'tax',
  inputSchema,
  run: ({ pack: name, ...input }) => {
    const pack = readTaxPack(name);
    if (!pack.ok) return refusal(pack.problem);
    const basket = pricedInput({ ...input, currency: pack.value.currency }, pack.value);
    return basket.ok ? taxWords(basket.value) : refusal(basket.problem);
  },
};
