/** The codes of `DataProblem` that this folder reports, with what each means; docs/reference/errors.md lists them. */
export const DOMAIN_PROBLEM_CODES = {
  WEIGHT_NEGATIVE: 'A product row has a weight below zero; its weight counts as unknown.',
  WEIGHT_OUT_OF_RANGE: 'A product row has a weight of zero or above 50 kg; its weight counts as unknown.',
  PRODUCT_CODE_MISSING: 'A product row has no usable code; the row is left out.',
  PRODUCT_CODE_TWICE: 'Two product rows share a code and contradict each other; the first is kept.',
  FACING_PRODUCT_UNKNOWN: 'A facing names a product that the catalogue lacks; it has no weight and no price.',
  FACING_PLATE_UNKNOWN: 'A facing names a plate that the layout lacks; that plate is left out of the facing.',
  LAYOUT_NUMBER_TWICE: 'A fixture, shelf or plate has no number of its own; the later one is left out.',
} as const;

export type DomainProblemCode = keyof typeof DOMAIN_PROBLEM_CODES;
