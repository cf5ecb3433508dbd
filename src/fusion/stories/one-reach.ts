/**
 * Grasps of one reach. With f(n) = P(a reach takes n times), a story in which a reach that took k times takes once more has
 *
 *   ln f(k + 1) f(0) / (f(k) f(1))
 *
 * against one in which a reach that nothing explains yet takes: f(0) is for the reach that would have been for nothing. It
 * ties moments together, so it is asked only where it is in doubt whose hand it was.
 */
import type { VisitId } from '../../domain/index.ts';
import { peopleIn } from './story.ts';
import type { FusedEvent, Group, Option, Story } from './story.ts';

/** Of four reaches one only touches or looks; of those that take, one in six goes on to take again. */
const GRASP_SHARES = [0.25, 0.6, 0.1, 0.03, 0.02];
const LOG_AGAIN = GRASP_SHARES.slice(0, -1).map((share, count) =>
  Math.log((GRASP_SHARES[count + 1]! * GRASP_SHARES[0]!) / (share * GRASP_SHARES[1]!)),
);

/** The reaches that the two events may share, where that tells of the one who grasped at the other. */
function sharedReaches(event: FusedEvent, earlier: FusedEvent): VisitId[] {
  const { reaches, moment } = event;
  const before = earlier.reaches;
  if (!reaches || !before || reaches.shelfId !== before.shelfId || earlier.moment === moment) return [];
  if (!reaches.isInDoubt && !before.isInDoubt) return [];
  const atMs = earlier.moment.settledAtMs;
  return [...reaches.spans].flatMap(([visit, { fromMs, toMs }]) =>
    before.spans.has(visit) && atMs >= fromMs - SLACK_MS && atMs <= toMs + SLACK_MS ? [visit] : [],
  );
}

/** Clocks of plates and cameras differ by some tenths of a second. */
const SLACK_MS = 300;

/** True where it tells of the one who grasped at the other. */
export function mayShareReach(event: FusedEvent, earlier: FusedEvent): boolean {
  return sharedReaches(event, earlier).length > 0;
}

/** ln of how much less likely an option is in a story in which the same reach has taken something already. */
export function graspedAgain(group: Group, event: FusedEvent): (story: Story, option: Option) => number {
  const earlier = new Map<VisitId, number[]>();
  group.events.forEach((other, index) => {
    for (const visit of sharedReaches(event, other))
      earlier.set(visit, [...(earlier.get(visit) ?? []), index]);
  });
  if (earlier.size === 0) return () => 0;
  return ({ choices }, option) => {
    // Nobody's arm was seen for somebody unseen: they are no better an explanation than a reach that goes on.
    let log = option.deeds.some(({ visitId }) => visitId === null) ? LOG_AGAIN[1]! : 0;
    for (const visit of new Set(peopleIn(option))) {
      const took = (earlier.get(visit) ?? []).filter((index) =>
        peopleIn(group.events[index]!.options[choices[index]!]!).includes(visit),
      ).length;
      log += LOG_AGAIN[Math.min(took, LOG_AGAIN.length - 1)]!;
    }
    return log;
  };
}
