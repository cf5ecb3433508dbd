import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigitOf } from './check-digit.ts';
import { embeddedRules } from './embedded-rule.ts';
import type { EmbeddedRule } from './embedded-rule.ts';
import { EXAMPLE_EMBEDDED_RULES } from './example-rules.ts';
import { priceVerifierOf } from './price-verifier.ts';
import { readRestricted } from './restricted-code.ts';

const checked = embeddedRules(EXAMPLE_EMBEDDED_RULES);

describe('readRestricted', () => {
  test('every price comes back, and a verifier that is wrong does not', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(9999), fc.integer({ min: 1, max: 9 }), (item, price, by) => {
        if (!checked.ok) throw new Error(checked.problem.what);
        const four = String(price).padStart(4, '0');
        const code = (verifier: number): string => {
          const payload = `2${String(item).padStart(5, '0')}${verifier}${four}`;
          return `${payload}${checkDigitOf(payload)}`;
        };
        const right = priceVerifierOf(four);
        const amount = { kind: 'price', price: { minor: price, currency: 'USD' } };
        expect(readRestricted(code(right), checked.value)).toMatchObject({ ok: true, value: { amount } });
        const wrong = readRestricted(code((right + by) % 10), checked.value);
        expect(wrong).toMatchObject({ ok: false, problem: { code: 'PRICE_VERIFIER' } });
        expect(wrong.ok ? '' : wrong.problem.what).toContain(`must be ${right}`);
      }),
    );
  });
});

const RULE: EmbeddedRule = {
  name: 'r',
  prefix: '20',
  layout: 'PPIIIIINNNNNC',
  value: { kind: 'price', currency: 'EUR', decimals: 2 },
};

describe('embeddedRules', () => {
  test.each<[string, Partial<EmbeddedRule>]>([
    ['11 letters', { layout: 'PPIIIINNNNC' }],
    ['not as many P', { layout: 'PIIIIIINNNNNC' }],
    ['no item', { layout: 'PPXXXXXNNNNNC' }],
    ['the item in two runs', { layout: 'PPIIXIINNNNNC' }],
    ['no check digit', { layout: 'PPIIIIINNNNNN' }],
    ['a letter that means nothing', { layout: 'PPIIIIIQNNNNC' }],
    ['no digits for the value', { layout: 'PPIIIIIIIIIIC' }],
    ['digits for no value', { value: { kind: 'none' } }],
    ['a verifier of nothing', { layout: 'PPIIIIIIIIIVC', value: { kind: 'none' } }],
    ['letters as prefix', { prefix: '2a' }],
    ['decimals below none', { value: { kind: 'price', currency: 'EUR', decimals: -1 } }],
    ['half decimals', { value: { kind: 'weight', unit: 'kg', decimals: 1.5 } }],
  ])('%s is refused', (_, change) => {
    expect(embeddedRules([{ ...RULE, ...change }])).toMatchObject({
      problem: { code: 'EMBEDDED_RULE_FORM' },
    });
  });

  test('the examples are all right, and no rule is in use unless it is given', () => {
    expect(checked.ok).toBe(true);
    const none = embeddedRules([]);
    expect(none.ok && readRestricted('2012345928756', none.value)).toMatchObject({
      problem: { code: 'EMBEDDED_RULE_MISSING' },
    });
  });
});
