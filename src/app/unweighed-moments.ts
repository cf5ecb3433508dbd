/** Moments that no scale saw: hands that met, and hands over plates that do not work. */
import type { Attribution } from '../domain/index.ts';

export type UnweighedKind = 'hands-met' | 'plate-not-working';

/** What an attribution of no interaction tells of: without plates, hands met. */
export function unweighedKind({ plateIds }: Attribution): UnweighedKind {
  return plateIds.length === 0 ? 'hands-met' : 'plate-not-working';
}
