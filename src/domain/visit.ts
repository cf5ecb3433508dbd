/**
 * A visit is one party's stay from entry to exit. Its lifecycle is a declared table; `visit.test.ts` checks that
 * every state can be reached and that every state but the last ones can be left.
 */
import { assert } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type { TrackId, VisitId } from './ids.ts';

export type VisitState =
  'entering' | 'shopping' | 'leaving' | 'settling' | 'settled' | 'disputed' | 'closed' | 'abandoned';

export const VISIT_TRANSITIONS: Readonly<Record<VisitState, readonly VisitState[]>> = {
  entering: ['shopping', 'abandoned'],
  shopping: ['leaving'],
  // Back to shopping: the camera lost the body and found it again.
  leaving: ['shopping', 'settling'],
  settling: ['settled'],
  settled: ['disputed', 'closed'],
  disputed: ['settled'],
  closed: [],
  abandoned: [],
};

export interface Visit {
  readonly visitId: VisitId;
  readonly state: VisitState;
  /** The track id that came in, then the other ids under which the tracker saw the same body. */
  readonly trackIds: readonly TrackId[];
  readonly enteredAtMs: EpochMs;
  readonly lastSeenAtMs: EpochMs;
}

/** The visit in its next state. @throws AssertionFailure where the table has no such transition. */
export function moveVisitTo(visit: Visit, next: VisitState): Visit {
  assert(VISIT_TRANSITIONS[visit.state].includes(next), 'VISIT_TRANSITION_UNKNOWN', {
    visitId: visit.visitId,
    from: visit.state,
    to: next,
  });
  return { ...visit, state: next };
}
