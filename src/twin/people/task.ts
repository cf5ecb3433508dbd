/** What a person is going to do, one thing after the other. Plates are plate indexes of the layout. */
import type { ProductId } from '../../domain/index.ts';
import type { FloorPoint } from '../words/index.ts';

interface Timed {
  /** The hand is at the plate (or the thing is done) not before this; as soon as possible where it is missing. */
  readonly notBeforeTrueMs?: number;
}

interface Goods extends Timed {
  readonly productId: ProductId;
  readonly count: number;
  readonly plateIndexes: readonly number[];
}

export type Task =
  | (Timed & { readonly kind: 'walk'; readonly to: FloorPoint })
  | (Timed & { readonly kind: 'wait'; readonly durationMs: number })
  | (Goods & {
      readonly kind: 'take';
      /** Cameras do not see the arm: it is under a coat, behind a bag. */
      readonly isHandHidden?: boolean;
      /** The hand stays in the shelf this long; drawn where it is missing. */
      readonly handInShelfMs?: number;
      /** Takes, and puts back before the hand leaves the shelf. */
      readonly isReturnedAtOnce?: boolean;
    })
  /** Puts held goods on these plates, where they belong or not. */
  | (Goods & { readonly kind: 'put' })
  /** Brings new goods from the store room. */
  | (Goods & { readonly kind: 'restock' })
  | (Timed & { readonly kind: 'drop'; readonly productId: ProductId })
  | (Timed & {
      readonly kind: 'hand-over';
      readonly productId: ProductId;
      readonly toPersonNumber: number;
    })
  | (Timed & { readonly kind: 'inspect-product' })
  /** Looks at a shelf; a finger may rest on it. */
  | (Timed & { readonly kind: 'inspect-shelf'; readonly plateIndex: number; readonly isTouching: boolean })
  | (Timed & {
      readonly kind: 'lean';
      readonly plateIndex: number;
      readonly forceGrams: number;
      readonly durationMs: number;
    })
  | (Timed & { readonly kind: 'bump'; readonly plateIndex: number; readonly peakGrams: number })
  /** Lays an own thing on a plate, and takes it up again. */
  | (Timed & {
      readonly kind: 'own-thing';
      readonly plateIndex: number;
      readonly weightGrams: number;
      readonly forMs: number;
    })
  /** Follows an own thing that was laid down. */
  | (Timed & { readonly kind: 'take-own-thing'; readonly plateIndex: number; readonly unitNumber: number })
  | (Timed & { readonly kind: 'leave' });

export type TaskOf<Kind extends Task['kind']> = Extract<Task, { readonly kind: Kind }>;
