/**
 * Reads a number of restricted circulation by a store's own rules: which item, and the price, weight or count that the
 * scale or the bakery wrote into it.
 */
import { ok } from '../base/index.ts';
import { CURRENCY_EXPONENT, money } from '../domain/index.ts';
import type { Money } from '../domain/index.ts';
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { claimOf } from './embedded-rule.ts';
import type { EmbeddedRule, EmbeddedRules } from './embedded-rule.ts';
import { readGtin } from './gtin.ts';
import type { Measure } from './measure.ts';
import { priceVerifierOf } from './price-verifier.ts';

export type EmbeddedAmount =
  | { readonly kind: 'none' }
  | { readonly kind: 'price'; readonly price: Money }
  | { readonly kind: 'weight'; readonly weight: Measure }
  | { readonly kind: 'count'; readonly count: number };

export interface RestrictedCode {
  readonly rule: string;
  /** The item reference as it stands: it means something in this shop or country only. */
  readonly item: string;
  readonly amount: EmbeddedAmount;
  /** The code with its value, verifier and check digit as 0: the same for every package of the item. */
  readonly itemCode: string;
}

/** The digits of `code` under one letter of the layout. */
function digitsUnder(letter: string, layout: string, code: string): string {
  return [...code].filter((_, place) => layout[place] === letter).join('');
}

function amountOf(rule: EmbeddedRule, digits: string): EmbeddedAmount {
  const { value } = rule;
  const amount = Number(digits);
  switch (value.kind) {
    case 'none':
      return { kind: 'none' };
    case 'count':
      return { kind: 'count', count: amount };
    case 'weight':
      return { kind: 'weight', weight: { amount, decimals: value.decimals, unit: value.unit } };
    case 'price': {
      const minorUnits = amount * 10 ** (CURRENCY_EXPONENT[value.currency] - value.decimals);
      return { kind: 'price', price: money(minorUnits, value.currency) };
    }
  }
}

function readBy(rule: EmbeddedRule, code: string): Read<RestrictedCode> {
  const valueDigits = digitsUnder('N', rule.layout, code);
  const verifier = digitsUnder('V', rule.layout, code);
  if (verifier !== '') {
    const right = priceVerifierOf(valueDigits);
    if (Number(verifier) !== right) {
      const what = `the value ${valueDigits} of ${code} has the verifier ${verifier}, and it must be ${right}`;
      return refuse(
        'PRICE_VERIFIER',
        what,
        'Scan it again; where the scale prints no verifier, use a rule without V.',
      );
    }
  }
  const item = digitsUnder('I', rule.layout, code);
  const itemCode = [...code]
    .map((digit, place) => ('PI'.includes(rule.layout[place] ?? '') ? digit : '0'))
    .join('');
  return ok({ rule: rule.name, item, amount: amountOf(rule, valueDigits), itemCode });
}

/** What stands in `text` by the rule with the longest prefix; 02 of 13 digits and 2 of 12 are the same codes. */
export function readRestricted(text: string, { rules }: EmbeddedRules): Read<RestrictedCode> {
  const gtin = readGtin(text);
  if (!gtin.ok) return gtin;
  const rule = rules.find((each) => gtin.value.gtin14.startsWith(claimOf(each)));
  if (rule) return readBy(rule, gtin.value.gtin14.slice(-rule.layout.length));
  const what = `no rule says what stands in ${shown(text)}`;
  return refuse('EMBEDDED_RULE_MISSING', what, 'Look it up as a GTIN, or add a rule for its prefix.');
}
