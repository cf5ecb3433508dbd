/**
 * A short hash of what a benchmarked part found, so that nobody makes it faster by changing what it means. Numbers are
 * rounded to thousandths (of a gram, a millisecond, a probability); keys are sorted.
 */
import { createHash } from 'node:crypto';

function canonical(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : String(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Map) return canonical([...value]);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}

export function resultHash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex')
    .slice(0, 12);
}
