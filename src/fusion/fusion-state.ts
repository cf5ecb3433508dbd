/** What fusion knows at one moment. `fold` consumes a state and gives the next one. */
import type {
  Attribution,
  Basket,
  Interaction,
  InteractionId,
  StoreModel,
  VisitId,
} from '../domain/index.ts';
import { createBodies } from './people/bodies.ts';
import type { Bodies } from './people/bodies.ts';
import { createClockOffset } from './people/clock-offset.ts';
import type { ClockOffset } from './people/clock-offset.ts';
import { createHandWatch } from './people/hand-meetings.ts';
import type { HandWatch } from './people/hand-meetings.ts';
import type { GroupBook } from './stories/group-book.ts';
import type { Group } from './stories/story.ts';
import { createLearnt } from './learning/learnt.ts';
import type { Learnt } from './learning/learnt.ts';
import { createPlaceBelief } from './goods/place-belief.ts';
import type { PlaceBelief } from './goods/place-belief.ts';
import type { UnseenMoment } from './unseen-moments.ts';
import { FUSION_SETTINGS } from './settings.ts';
import type { FusionSettings } from './settings.ts';
import type { WeightBeliefs } from './goods/weight-belief.ts';

export interface FusionCounters {
  /** Interactions that could not wait for their turn because too many were pending. */
  forced: number;
  /** Final interactions whose provisional form had been taken for final when a visit ended. */
  lateFinals: number;
}

/** The part of the state that an interaction reads and moves; the live basket works on a copy of it. */
export interface FusionScene {
  readonly store: StoreModel;
  readonly settings: FusionSettings;
  readonly bodies: Bodies;
  readonly places: PlaceBelief;
  readonly weights: WeightBeliefs;
  clock: ClockOffset;
  readonly groups: GroupBook;
}

/** A visit that has its receipt. */
export interface EndedVisit {
  readonly visitId: VisitId;
  /** True where its receipt may be learnt from. */
  readonly isTrusted: boolean;
}

export interface FusionState extends FusionScene {
  /** Told but not yet committed, ≤ `PENDING_MAX`. */
  readonly pending: Map<InteractionId, Interaction>;
  /** Moments that no plate weighs, not yet committed, ≤ `PENDING_MAX`. */
  readonly moments: UnseenMoment[];
  readonly hands: HandWatch;
  /** Until which step ids were committed while provisional, so that no step is taken twice; ≤ `PENDING_MAX`. */
  readonly committedEarly: Map<InteractionId, number>;
  /** Attributions of events that the groups no longer keep, ≤ `EXPLANATIONS_MAX` per visit. */
  readonly explained: Map<VisitId, Attribution[]>;
  /** What the last `fold` committed, in order. */
  committed: Attribution[];
  /** The groups with everything pending applied; null where it must be worked out anew. */
  tentative: GroupBook | null;
  /** The last basket of each visit and the groups it was made from: most stay as they are from look to look. */
  readonly toldBaskets: Map<VisitId, { readonly groups: readonly Group[]; readonly basket: Basket }>;
  readonly learnt: Learnt;
  /** Visits with a receipt of which something is undecided, and until when they were inside; ≤ 64, oldest first. */
  readonly ended: Map<VisitId, EndedVisit & { readonly untilMs: number }>;
  /** What doubt is left to those who were there when somebody whom no camera followed took something. */
  readonly unfollowed: Map<VisitId, number>;
  readonly counters: FusionCounters;
}

export const PENDING_MAX = 256;
export const EXPLANATIONS_MAX = 256;

export function createFusion(store: StoreModel, settings: FusionSettings = FUSION_SETTINGS): FusionState {
  return {
    store,
    settings,
    bodies: createBodies(settings.historySamplesMax, store.gates),
    places: createPlaceBelief(),
    weights: new Map(),
    clock: createClockOffset(settings),
    groups: new Map(),
    pending: new Map(),
    moments: [],
    hands: createHandWatch(store.layout, settings),
    committedEarly: new Map(),
    explained: new Map(),
    committed: [],
    tentative: null,
    toldBaskets: new Map(),
    unfollowed: new Map(),
    ended: new Map(),
    learnt: createLearnt(),
    counters: { forced: 0, lateFinals: 0 },
  };
}
