/** Moments that no scale saw: hands that met, and hands over plates that do not work. */
import type { Attribution } from '../domain/index.ts';

export type UnweighedKind = 'hands-met' | 'plate-not-working';

/** What an attribution of no interaction tells of: without plates, hands met. */
export function unweighedKind({ plateIds }: Attribution): UnweighedKind {
  return plateIds.length === 0 ? 'hands-met' : 'plate-not-working';
}

/** A step is known to some spread, always; what has none was not weighed. */
export function isUnweighed({ sigmaGrams }: Pick<Attribution, 'sigmaGrams'>): boolean {
  return sigmaGrams === 0;
}
