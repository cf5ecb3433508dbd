/**
 * Two bodies close together are what trackers confuse: one of the two is lost in the other for a while, or they go on
 * under each other's id. Each meeting is decided once: a merge as it begins, a swap where the two are closest.
 */
import { floorDistanceM } from '../../domain/index.ts';
import type { Random } from '../../base/index.ts';
import { ownRandom } from '../words/index.ts';
import type { PersonMoment } from '../words/index.ts';

/** What may happen to two people who come within `withinM` of each other, over the floor from head to head. */
export interface MeetingRule {
  readonly withinM: number;
  readonly share: number;
  /** When it happens: as they meet, or as they begin to part. */
  readonly moment: 'as-they-meet' | 'as-they-part';
  readonly isInForce: (trueMs: number) => boolean;
}

/** Two people and one rule. */
interface Meeting {
  isDecided: boolean;
  lastDistanceM: number;
  lastTrueMs: number;
}

export interface Meetings {
  readonly rules: readonly MeetingRule[];
  /** Those who are close now, by rule and pair: as many as people can stand close. */
  readonly underWay: Map<string, Meeting>;
  readonly random: Random;
}

/** A meeting is over once they are this much further apart: two who stand and sway meet once. */
const PARTED_M = 0.3;

export function createMeetings(seed: number, rules: readonly MeetingRule[]): Meetings {
  return { rules, underWay: new Map(), random: ownRandom(seed, 'meetings') };
}

export interface Struck {
  readonly ruleIndex: number;
  readonly first: PersonMoment;
  readonly second: PersonMoment;
}

interface Pair {
  readonly first: PersonMoment;
  readonly second: PersonMoment;
  readonly distanceM: number;
}

function follow(meetings: Meetings, pair: Pair, at: { ruleIndex: number; trueMs: number }): boolean {
  const rule = meetings.rules[at.ruleIndex]!;
  const numbers = [pair.first.personNumber, pair.second.personNumber];
  const key = `${at.ruleIndex} ${Math.min(...numbers)} ${Math.max(...numbers)}`;
  let meeting = meetings.underWay.get(key);
  if (!meeting) {
    if (pair.distanceM > rule.withinM) return false;
    meeting = { isDecided: false, lastDistanceM: Infinity, lastTrueMs: at.trueMs };
    meetings.underWay.set(key, meeting);
  }
  const isNow = rule.moment === 'as-they-meet' || pair.distanceM > meeting.lastDistanceM;
  meeting.lastDistanceM = pair.distanceM;
  meeting.lastTrueMs = at.trueMs;
  if (meeting.isDecided || !isNow || !rule.isInForce(at.trueMs)) return false;
  meeting.isDecided = true;
  return meetings.random.uniform() < rule.share;
}

/** The rules that strike now, and whom. */
export function followMeetings(
  meetings: Meetings,
  people: readonly PersonMoment[],
  trueMs: number,
): readonly Struck[] {
  const struck: Struck[] = [];
  const widestM = Math.max(...meetings.rules.map((rule) => rule.withinM)) + PARTED_M;
  for (const [index, first] of people.entries()) {
    for (let other = index + 1; other < people.length; other++) {
      const second = people[other]!;
      const distanceM = floorDistanceM(first.skeleton.head, second.skeleton.head);
      if (distanceM > widestM) continue;
      for (const [ruleIndex, rule] of meetings.rules.entries()) {
        if (distanceM > rule.withinM + PARTED_M) continue;
        if (follow(meetings, { first, second, distanceM }, { ruleIndex, trueMs }))
          struck.push({ ruleIndex, first, second });
      }
    }
  }
  for (const [key, meeting] of meetings.underWay)
    if (meeting.lastTrueMs !== trueMs) meetings.underWay.delete(key);
  return struck;
}
