/** The codes of `CodeProblem`, with what each means; docs/reference/errors.md lists them. */
export const CODES_PROBLEM_CODES = {
  CODE_NOT_DIGITS: 'A product code has something in it that is no digit.',
  CODE_LENGTH: 'A product code has a number of digits that codes of its kind do not have.',
  CODE_CHECK_DIGIT: 'The last digit of a product code is not the one that its other digits give.',
  CODE_ALL_ZEROS: 'A product code is nothing but zeros: a placeholder, no product.',
  UPC_E_NUMBER_SYSTEM: 'A UPC-E code begins with something other than 0 or 1.',
  UPC_E_IMPOSSIBLE: 'A UPC-A code has too few zeros in the right places to be written as UPC-E.',
  PLU_UNKNOWN_RANGE: 'A PLU code lies outside the ranges that IFPS gives out.',
  EMBEDDED_RULE_FORM: 'A rule for codes with a price or weight in them contradicts itself.',
  EMBEDDED_RULE_PREFIX: 'A rule claims codes that belong to real products of some company.',
  EMBEDDED_RULES_CLASH: 'Two rules claim the same codes.',
  EMBEDDED_RULE_MISSING: 'No rule says what stands in a code of restricted circulation.',
  PRICE_VERIFIER: 'The verifier digit of a price or weight is not the one that its digits give.',
  AI_UNKNOWN: 'An element string has an application identifier that is not in the table.',
  AI_VALUE_LENGTH: 'A value of an element string is shorter or longer than its identifier allows.',
  AI_VALUE_CHARACTERS: 'A value of an element string has a character that its identifier does not allow.',
  AI_VALUE_CHECK_DIGIT: 'A key in an element string has a wrong check digit.',
  AI_VALUE_DATE: 'A date in an element string is none.',
  AI_TWICE: 'An element string gives one identifier two different values.',
  ELEMENT_STRING_EMPTY: 'There is no element in an element string.',
  ELEMENT_STRING_FORM: 'An element string in brackets is not (identifier)value(identifier)value.',
  DIGITAL_LINK_FORM: 'A GS1 Digital Link is no web address, or its escapes cannot be read.',
  DIGITAL_LINK_KEY: 'A GS1 Digital Link has no primary key, more than one, or one in the wrong place.',
  DIGITAL_LINK_QUALIFIER:
    'A GS1 Digital Link has qualifiers that its key does not take, or not in this order.',
  COUPON_FORM: 'A coupon code has a field that cannot be, or ends in the middle of one.',
} as const;

export type CodesProblemCode = keyof typeof CODES_PROBLEM_CODES;
