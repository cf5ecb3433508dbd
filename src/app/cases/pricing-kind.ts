/** Cases of kind `pricing`: prices, promotions and a basket, without taxes. */
import type { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import type { TaxPack } from '../../pricing/index.ts';
import { basketFields, pricedInput, refusal } from './basket-input.ts';
import { basketWords } from './basket-words.ts';
import type { CaseKind } from './case-kind.ts';

const inputSchema = strictForm(basketFields);
type Input = z.output<typeof inputSchema>;

function untaxed(currency: TaxPack['currency']): TaxPack {
  return {
    place: 'nowhere',
    currency,
    includesTax: true,
    asOf: '2026-01-01',
    sources: [],
    notice: 'No taxes.',
    classes: ['standard'],
    authorities: {},
    rates: [],
    rules: [],
    fees: [],
    disclosures: [],
    lowersBase: { store: true, manufacturer: true, 'third-party': true },
    rounding: { basis: 'line', tie: 'half-up', carriedDecimals: null },
    cashRounding: null,
  };
}

/** What it costs, what came off, what gave nothing and why, and what was just missed. */
export const PRICING_KIND: CaseKind<Input> = {
  name: 'pricing',
  inputSchema,
  run: (input) => {
    const basket = pricedInput(input, untaxed(input.currency));
    return basket.ok ? basketWords(basket.value) : refusal(basket.problem);
  },
};
