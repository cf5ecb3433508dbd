/**
 * Rules for numbers of restricted circulation, in which a shop or a country writes what it likes: which codes a rule
 * is for, and where item, price or weight and the price verifier stand. Rules are data, because every country and many
 * chains have their own; none is built in, EXAMPLE_EMBEDDED_RULES shows some.
 */
import { ok } from '../base/index.ts';
import { CURRENCY_EXPONENT } from '../domain/index.ts';
import type { Currency } from '../domain/index.ts';
import { isDigits } from './check-digit.ts';
import { refuse } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { GTIN_DIGITS, RESTRICTED_GTIN_14 } from './gtin.ts';

export type EmbeddedValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'price'; readonly currency: Currency; readonly decimals: number }
  | { readonly kind: 'weight'; readonly unit: 'g' | 'kg' | 'oz' | 'lb'; readonly decimals: number }
  | { readonly kind: 'count' };

export interface EmbeddedRule {
  readonly name: string;
  /** The digits with which the codes of this rule begin. */
  readonly prefix: string;
  /**
   * One letter a digit: P prefix, I item reference, N value, V verifier of the value, X nothing of interest,
   * C check digit; 13, 12 or 8 letters. `PPIIIIVNNNNNC`.
   */
  readonly layout: string;
  readonly value: EmbeddedValue;
}

declare const checkedRules: unique symbol;

/** Rules that have been checked, longest prefix first. */
export interface EmbeddedRules {
  readonly rules: readonly EmbeddedRule[];
  readonly [checkedRules]: true;
}

const LENGTHS = new Set([13, 12, 8]);

/** P, then runs of other letters, each letter in one run, then C. */
const LAYOUT = /^P+(?!.*I[^I]+I)(?!.*N[^N]+N)(?!.*V.*V)[INVX]+C$/;

/** The beginning of the GTIN-14 of every code that the rule is for. */
export function claimOf(rule: EmbeddedRule): string {
  return '0'.repeat(GTIN_DIGITS - rule.layout.length) + rule.prefix;
}

const lettersOf = (rule: EmbeddedRule, letter: string): number => rule.layout.split(letter).length - 1;

function formMistake(rule: EmbeddedRule): string | null {
  const valueDigits = lettersOf(rule, 'N');
  if (!LENGTHS.has(rule.layout.length))
    return `its layout has ${rule.layout.length} letters, not 13, 12 or 8`;
  if (!LAYOUT.test(rule.layout)) return 'its layout is not P…, then I, N, V, X in one run each, then C';
  if (!isDigits(rule.prefix)) return 'its prefix is not made of digits';
  if (lettersOf(rule, 'P') !== rule.prefix.length)
    return 'its layout has not as many P as its prefix has digits';
  if (lettersOf(rule, 'I') === 0) return 'its layout has no item reference';
  if ((rule.value.kind === 'none') !== (valueDigits === 0)) return 'its layout and its value disagree on N';
  if (lettersOf(rule, 'V') === 0) return decimalsMistake(rule);
  if (rule.value.kind === 'none') return 'a verifier needs a value';
  if (valueDigits !== 4 && valueDigits !== 5) return 'a verifier is for four or five digits only';
  return decimalsMistake(rule);
}

function decimalsMistake({ value }: EmbeddedRule): string | null {
  if (value.kind === 'none' || value.kind === 'count') return null;
  if (!Number.isInteger(value.decimals) || value.decimals < 0 || value.decimals > 6)
    return 'its decimals are not 0 to 6';
  const isTooFine = value.kind === 'price' && value.decimals > CURRENCY_EXPONENT[value.currency];
  return isTooFine ? `its decimals are finer than ${value.currency} has` : null;
}

/** The rules, ready for use, or what is wrong with the first one that is wrong. */
export function embeddedRules(rules: readonly EmbeddedRule[]): Read<EmbeddedRules> {
  const claims = new Map<string, string>();
  for (const rule of rules) {
    const mistake = formMistake(rule);
    if (mistake !== null)
      return refuse('EMBEDDED_RULE_FORM', `of the rule ${rule.name}, ${mistake}`, 'Correct the rule.');
    if (!RESTRICTED_GTIN_14.test(claimOf(rule))) {
      const what = `the rule ${rule.name} claims ${rule.layout.length} digits from ${rule.prefix} on: real products`;
      return refuse(
        'EMBEDDED_RULE_PREFIX',
        what,
        'Use 02, 04 or 20–29 with 13 digits, 2 or 4 with 12, 0 or 2 with 8.',
      );
    }
    const claim = claimOf(rule);
    const other = claims.get(claim);
    if (other !== undefined) {
      const what = `the rules ${other} and ${rule.name} are for the same codes`;
      return refuse('EMBEDDED_RULES_CLASH', what, 'Leave one out, or give it a longer prefix.');
    }
    claims.set(claim, rule.name);
  }
  const sorted = rules.toSorted((a, b) => claimOf(b).length - claimOf(a).length);
  return ok({ rules: sorted } as unknown as EmbeddedRules);
}
