/**
 * What the world tells its sensors: exact, on the one true clock. Times are milliseconds from the start of the run
 * (`…TrueMs`); sensors add what they cannot help, deliveries the clocks and the network.
 */
import type { BodyPart, GateId, PlateId, Point3, ProductId, TagId } from '../../domain/index.ts';

/** A force in grams on one plate: lasting where goods moved, passing where a body presses. */
export interface PlateForce {
  readonly plateIndex: number;
  readonly grams: number;
}

/** The hand at the plates around a transfer; it presses (or lifts, negative) with up to `forceGrams`. */
export interface HandAtPlates {
  readonly touchesTrueMs: number;
  readonly leavesTrueMs: number;
  readonly forceGrams: number;
}

export type Disturbance =
  /** Goods leave (−) or reach (+) plates at one moment, under a hand. Without a hand: they fell, or were slid. */
  | {
      readonly kind: 'transfer';
      readonly atTrueMs: number;
      readonly shares: readonly PlateForce[];
      readonly hand: HandAtPlates | null;
    }
  /** A body leans, an arm rests, a hand rummages: it comes and goes within 0.3 s and sways. */
  | {
      readonly kind: 'press';
      readonly fromTrueMs: number;
      readonly untilTrueMs: number;
      readonly shares: readonly PlateForce[];
    }
  /** Somebody runs into a fixture: every plate of it rings. */
  | {
      readonly kind: 'bump';
      readonly atTrueMs: number;
      readonly fixtureIndex: number;
      readonly peakGrams: number;
    };

export type Skeleton = Readonly<Record<BodyPart, Point3>>;

/** One body at one moment, as it truly is. */
export interface PersonMoment {
  /** Counts the people of the run; nothing a sensor could know. */
  readonly personNumber: number;
  readonly skeleton: Skeleton;
  /** Parts that no camera can see now: a hand in a bag, behind goods, under a coat. */
  readonly hiddenParts: readonly BodyPart[];
  /** Came in through an entrance that the cameras watch. */
  readonly hasEntered: boolean;
}

/** Everybody inside, at any moment between the last two ticks of the world. */
export interface Crowd {
  presentAt(trueMs: number): readonly PersonMoment[];
}

/** Somebody goes through a gate, with tagged goods or without. */
export interface GatePassage {
  readonly atTrueMs: number;
  readonly gateId: GateId;
  readonly direction: 'in' | 'out';
  readonly personNumber: number;
  readonly carried: readonly { readonly tagId: TagId; readonly productId: ProductId }[];
}

/** The kinds of what truly happened to goods. */
export type DeedKind =
  'pick' | 'put-back' | 'misplace' | 'hand-over' | 'drop' | 'restock' | 'own-item-placed' | 'own-item-taken';

/** One true deed. The ground truth is the list of these; the auditor keeps its own books from them. */
export interface Deed {
  readonly kind: DeedKind;
  readonly atTrueMs: number;
  readonly personNumber: number;
  /** Who got it, where goods go from hand to hand. */
  readonly toPersonNumber: number | null;
  /** Null for somebody's own thing. */
  readonly productId: ProductId | null;
  /** Each unit has its number, so that every single thing can be followed. */
  readonly unitNumbers: readonly number[];
  /** Where the goods lay or lie now; empty between hands. */
  readonly plateIds: readonly PlateId[];
  /** What the plates lost (−) or gained (+) in truth. */
  readonly deltaGrams: number;
}

/** Somebody came in or went out. */
export interface Passage {
  readonly kind: 'entered' | 'left';
  readonly atTrueMs: number;
  readonly personNumber: number;
  /** People of one party share one payer. */
  readonly partyNumber: number;
  readonly isAssociate: boolean;
}

/** What the world tells, in order of time. */
export type TrueEvent = Deed | Passage;

export function isPassage(event: TrueEvent): event is Passage {
  return event.kind === 'entered' || event.kind === 'left';
}
