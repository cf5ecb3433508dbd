/**
 * What is told of who took what: the events, the ways in which each may have come about, and the stories that choose one
 * way at each of them. A group is what hangs together: its people, their events, and the stories that are possible.
 */
import type { MovedItem, MoveKind, ShelfId, VisitId } from '../../domain/index.ts';
import type { Outcome } from '../goods/outcomes.ts';
import type { StepGroup } from '../goods/step-groups.ts';
import type { Span } from '../people/reach-span.ts';

/** What one person did in a moment; null is somebody unseen, or nobody. */
export interface Deed {
  readonly visitId: VisitId | null;
  /** Counts are positive where the person has the items now, negative where no longer. */
  readonly items: readonly MovedItem[];
  readonly kind: MoveKind;
}

/** One way in which a moment may have come about: an outcome, and who did what in it. */
export interface Option {
  readonly outcome: Outcome;
  /** None where nothing was moved; more than one where several hands were in it. */
  readonly deeds: readonly Deed[];
  /** The nameless thing that came to lie on a plate (1) or no longer does (−1). */
  readonly lying?: { readonly thingId: string; readonly count: 1 | -1 };
  readonly logLikelihood: number;
}

/** When and where something may have happened; without plates where only hands met. */
export type Moment = Omit<StepGroup, 'shelfId'>;

export interface FusedEvent {
  readonly moment: Moment;
  readonly options: readonly Option[];
  /** Whose arms were in the shelf then, and from when to when. */
  readonly reaches?: Reaches;
}

export interface Reaches {
  readonly shelfId: ShelfId;
  /** Of those who may have had a part in it. */
  readonly spans: ReadonlyMap<VisitId, Span>;
  /** True where it may have been one or another. */
  readonly isInDoubt: boolean;
}

/** What each member holds, by `holdingKey`; counts are positive. */
export type Holdings = ReadonlyMap<string, number>;

export interface Story {
  readonly logProb: number;
  readonly holdings: Holdings;
  /**
   * A number below 2⁵² that equal holdings share, whatever their order. Different ones share one in some 10⁹ events;
   * a sliver of mass is then with the wrong one of two.
   */
  readonly fingerprint: number;
  /** Index of the option chosen at each event of the group, in order. */
  readonly choices: readonly number[];
}

export interface Group {
  readonly members: ReadonlySet<VisitId>;
  readonly events: readonly FusedEvent[];
  /** The most probable first. */
  readonly stories: readonly Story[];
  /** Share of all probability that pruning has left. */
  readonly keptMass: number;
}

/** An event as it stands right after it was applied: P(option) in the order of its options. */
export interface AppliedEvent {
  readonly event: FusedEvent;
  readonly probabilities: Float64Array;
}

/** Everybody who has a part in the option. */
export function peopleIn(option: Option): VisitId[] {
  return option.deeds.flatMap((deed) => (deed.visitId === null ? [] : [deed.visitId]));
}
