/** A message as its sensor made it, at its true time: before clocks, networks and the numbers of deliveries. */
import type { Observation } from '../../domain/index.ts';

type Unsent<Message> = Message extends Observation
  ? Omit<Message, 'sequence' | 'observedAtMs' | 'receivedAtMs'> & { readonly trueMs: number }
  : never;

/** `trueMs` is what `observedAtMs` would be by a perfect clock, from the start of the run. */
export type Reading = Unsent<Observation>;
export type ReadingOf<Kind extends Reading['kind']> = Extract<Reading, { readonly kind: Kind }>;
