/**
 * A script worked out to the millisecond: where everybody is, where their hands are, what that does to the plates,
 * and what truly moved. Times are milliseconds from the start of the recording, on the one true clock. SIMULATED.
 */
import type { Fixture, MoveKind, Plate, PlateId, Point3, ProductId, Shelf } from '../../src/domain/index.ts';
import type { FloorPoint } from './scripted-layout.ts';

export interface Knot extends FloorPoint {
  readonly atMs: number;
}

export interface Reach {
  readonly startsAtMs: number;
  /** The hand is at the plate from `touchesAtMs` to `letsGoAtMs`. */
  readonly touchesAtMs: number;
  readonly letsGoAtMs: number;
  readonly endsAtMs: number;
  readonly hand: 'left' | 'right';
  readonly wristInStore: Point3;
  readonly isHandHidden: boolean;
}

export interface TrackName {
  readonly fromMs: number;
  readonly trackText: string;
  readonly hasEntered: boolean;
}

export interface PersonStory {
  readonly personName: string;
  readonly heightM: number;
  readonly knots: readonly Knot[];
  readonly reaches: readonly Reach[];
  readonly names: readonly TrackName[];
  readonly enteredAtMs: number;
  readonly leftAtMs: number;
}

export interface PlateShare {
  readonly plate: Plate;
  readonly deltaGrams: number;
}

export type Disturbance =
  /** Goods leave or reach plates under a hand that presses or lifts by `forceGrams` around the moment. */
  | {
      readonly kind: 'step';
      readonly atMs: number;
      readonly shelf: Shelf;
      readonly shares: readonly PlateShare[];
      readonly forceGrams: number;
      readonly forceMs: number;
    }
  | {
      readonly kind: 'lean';
      readonly atMs: number;
      readonly shelf: Shelf;
      readonly forceGrams: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'bump';
      readonly atMs: number;
      readonly fixture: Fixture;
      readonly peakGrams: number;
    };

export interface TrueMove {
  readonly personName: string;
  readonly kind: Extract<MoveKind, 'pick' | 'put-back' | 'misplace'>;
  readonly productId: ProductId;
  readonly count: number;
  readonly plateIds: readonly PlateId[];
  /** From the start of the recording, true clock. */
  readonly atMs: number;
  /** What the plates lost (−) or gained (+) in truth. */
  readonly deltaGrams: number;
}

export interface Story {
  readonly people: readonly PersonStory[];
  readonly disturbances: readonly Disturbance[];
  readonly moves: readonly TrueMove[];
  readonly endsAtMs: number;
}
