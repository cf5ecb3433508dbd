/** Takes fields of given lengths off a row of digits. The first that cannot be is kept; after it all are empty. */
import { refuse } from './code-problem.ts';
import type { Read } from './code-problem.ts';

export class DigitReader {
  readonly #digits: string;
  #position = 0;
  #problem: Read<never> | null = null;

  constructor(digits: string) {
    this.#digits = digits;
  }

  get problem(): Read<never> | null {
    return this.#problem;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#digits.length;
  }

  /** Keeps the first thing that is wrong. */
  fail(what: string): void {
    this.#problem ??= refuse('COUPON_FORM', what, 'Scan the coupon again, or have somebody look at it.');
  }

  /** The next `count` digits, called `name` where they are missing. */
  take(count: number, name: string): string {
    const end = this.#position + count;
    if (end > this.#digits.length) this.fail(`the coupon ends before its ${name} does`);
    if (this.#problem) return '';
    const taken = this.#digits.slice(this.#position, end);
    this.#position = end;
    return taken;
  }

  /** One digit that must be one of `allowed`. */
  takeOneOf(allowed: string, name: string): string {
    const digit = this.take(1, name);
    if (digit !== '' && !allowed.includes(digit))
      this.fail(`the ${name} is ${digit}, not one of ${[...allowed].join(', ')}`);
    return digit;
  }

  /** A field after a digit that says how much longer than `shortest` it is. */
  takeSized(allowed: string, name: string, shortest: number): string {
    const size = this.takeOneOf(allowed, `length of the ${name}`);
    return this.take(size === '' ? 0 : Number(size) + shortest, name);
  }

  /** True, and the digit taken, where the next digit is `mark`. */
  takeMark(mark: string): boolean {
    if (this.#problem || this.#digits[this.#position] !== mark) return false;
    this.#position++;
    return true;
  }

  /** Digits are left that no field explains. */
  finish(): void {
    if (!this.isAtEnd)
      this.fail(
        `after its last field the coupon goes on with ${this.#digits.slice(this.#position, this.#position + 12)}`,
      );
  }
}
