/**
 * An amount as it stands in a code: a whole number with a place for the decimal point, exact, in the unit of the code.
 * `{ amount: 1234, decimals: 3, unit: 'kg' }` is 1.234 kg.
 */
export interface Measure {
  readonly amount: number;
  readonly decimals: number;
  readonly unit: string;
}
