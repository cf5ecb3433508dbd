/** Form-encoded parameters, `a[b][0]=c`, as texts by their path: `a.b.0` → `c`. */
import { invalid } from './wire-error.ts';

export class Form {
  private readonly values = new Map<string, string>();

  constructor(encoded: string) {
    for (const [key, value] of new URLSearchParams(encoded))
      this.values.set(key.replaceAll(']', '').replaceAll('[', '.'), value);
  }

  /** Stripe refuses what it does not know; so does the double, even where Stripe might know it. */
  allow(...names: readonly string[]): this {
    for (const path of this.values.keys()) {
      const [name = ''] = path.split('.');
      if (!names.includes(name)) throw invalid('parameter_unknown', name);
    }
    return this;
  }

  text(path: string): string | null {
    return this.values.get(path) ?? null;
  }

  needed(path: string): string {
    const value = this.values.get(path) ?? '';
    if (value === '') throw invalid('parameter_missing', path);
    return value;
  }

  /** A whole number from 1. */
  amount(path: string): number {
    const value = this.needed(path);
    if (!/^[1-9]\d{0,11}$/.test(value)) throw invalid('parameter_invalid_integer', path);
    return Number(value);
  }

  /** What stands under a path, by its last name. */
  under(path: string): Record<string, string> {
    const found: Record<string, string> = {};
    for (const [key, value] of this.values)
      if (key.startsWith(`${path}.`)) found[key.slice(path.length + 1)] = value;
    return found;
  }
}
