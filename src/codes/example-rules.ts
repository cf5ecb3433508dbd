/**
 * Rules as some shops have them, to begin with; none is in use unless a store names it. What the standards fix is the
 * range only: ask your GS1 organisation and look at what your scales print.
 */
import type { EmbeddedRule } from './embedded-rule.ts';

export const EXAMPLE_EMBEDDED_RULES: readonly EmbeddedRule[] = [
  {
    name: 'upc-a-price-with-verifier',
    prefix: '2',
    layout: 'PIIIIIVNNNNC',
    value: { kind: 'price', currency: 'USD', decimals: 2 },
  },
  {
    name: 'price-of-four-digits-with-verifier',
    prefix: '20',
    layout: 'PPIIIIIVNNNNC',
    value: { kind: 'price', currency: 'GBP', decimals: 2 },
  },
  {
    name: 'price-of-five-digits-with-verifier',
    prefix: '23',
    layout: 'PPIIIIVNNNNNC',
    value: { kind: 'price', currency: 'EUR', decimals: 2 },
  },
  {
    name: 'price-without-verifier',
    prefix: '22',
    layout: 'PPIIIIINNNNNC',
    value: { kind: 'price', currency: 'EUR', decimals: 2 },
  },
  {
    name: 'price-in-yen',
    prefix: '25',
    layout: 'PPIIIIINNNNNC',
    value: { kind: 'price', currency: 'JPY', decimals: 0 },
  },
  {
    name: 'weight-in-grams',
    prefix: '28',
    layout: 'PPIIIIINNNNNC',
    value: { kind: 'weight', unit: 'kg', decimals: 3 },
  },
  { name: 'pieces', prefix: '29', layout: 'PPIIIIIXXXNNC', value: { kind: 'count' } },
  { name: 'own-brand-short', prefix: '2', layout: 'PIIIIIIC', value: { kind: 'none' } },
];
