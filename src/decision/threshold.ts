/**
 * The threshold above which a receipt may be charged without a look, with a bound that is proven on the store's own visits:
 * learn then test (Angelopoulos, Bates, Candès, Jordan, Lei 2021), by fixed-sequence testing.
 *
 * Thresholds on the told P(all right) form a fixed grid from strict to lax. Each is tested against two risks: the share of
 * all visits charged unlooked-at and wrong, and overcharged. The first threshold that fails ends the sequence, so the one
 * before it holds with the stated confidence, without correction for the number tried; both risks must pass, so neither
 * needs one either.
 *
 * Only some visits were judged: review was certain for some, chance chose others. Each one chosen carries the share it was
 * chosen with. A wrong visit counts with probability least share / own share, drawn from its name, so every wrong visit of
 * the store had the same chance to count, and the number that counted is exactly binomial over all visits. A weighted
 * Hoeffding-Bentkus bound keeps all of them, but pays a factor e, which is as much as 43 % more visits.
 */
import type { VisitId } from '../domain/index.ts';
import { atMostHits } from './binomial.ts';
import { chanceOf } from './chance-of.ts';
import type { DecisionPolicy } from './settings.ts';

/** A visit that was to be judged, by certain review or by audit. */
export interface ChosenVisit {
  readonly visitId: VisitId;
  /** The first visit of the store is 1. */
  readonly visitNumber: number;
  /** The probability with which it was chosen, known before it was. */
  readonly chosenShare: number;
  /** As fusion told it. */
  readonly probabilityAllRight: number;
}

/** `pending`: nobody has looked yet. A verdict that cannot be trusted counts as overcharged. */
export type Fate = 'right' | 'undercharged' | 'overcharged' | 'pending';

export type Threshold =
  | {
      readonly kind: 'proven';
      /** On the scale that fusion tells: at or above it, a receipt may be charged without a look. */
      readonly probabilityAllRight: number;
      readonly wrongAtMost: number;
      readonly overchargedAtMost: number;
      readonly confidence: number;
      /** Visits that the proof speaks of, and how many of them somebody looked at. */
      readonly visits: number;
      readonly judged: number;
      /** The share of visits expected below the threshold. */
      readonly lookShare: number;
    }
  /** Even without one wrong visit there would be too few to prove anything; null: without audits there never will be. */
  | { readonly kind: 'too-few-visits'; readonly visits: number; readonly visitsNeeded: number | null }
  /** Enough visits, but even the surest receipts are wrong too often, or their verdicts are missing. */
  | { readonly kind: 'not-provable'; readonly visits: number; readonly judged: number };

export interface ThresholdEvidence {
  /** Numbers of the first and the last visit that count. */
  readonly firstVisit: number;
  readonly lastVisit: number;
  /** No visit among them was chosen with less than this. */
  readonly leastShare: number;
  readonly chosen: readonly ChosenVisit[];
  readonly fateOf: (visitId: VisitId) => Fate;
}

/** Verdicts on so many newest visits may still be on their way; an older one that is missing counts as overcharged. */
const VERDICT_GRACE_VISITS = 500;
/** Doubts from 1 in 100,000 to 1 in 2, eight to a decade: far finer than a store can tell them apart. */
const DOUBT_LEAST = 1e-5;
const DOUBTS_PER_DECADE = 8;
const DOUBT_MOST = 0.5;
/** Another draw than the audit's. */
const THINNING_SALT = 'counts';

function thresholdsFromStrict(): number[] {
  const found: number[] = [];
  for (let step = 0; ; step++) {
    const doubt = DOUBT_LEAST * 10 ** (step / DOUBTS_PER_DECADE);
    if (doubt > DOUBT_MOST) return found;
    found.push(1 - doubt);
  }
}

const THRESHOLDS = thresholdsFromStrict();

/** The last visit before the first recent one that still waits for its verdict. */
function lastVisitHeard({ lastVisit, chosen, fateOf }: ThresholdEvidence): number {
  const waiting = chosen.find(
    ({ visitId, visitNumber }) =>
      visitNumber > lastVisit - VERDICT_GRACE_VISITS && fateOf(visitId) === 'pending',
  );
  return waiting ? waiting.visitNumber - 1 : lastVisit;
}

interface Counted {
  readonly probabilityAllRight: number;
  readonly isOvercharged: boolean;
}

function countedWrong(evidence: ThresholdEvidence, chosen: readonly ChosenVisit[]): Counted[] {
  return chosen.flatMap(({ visitId, chosenShare, probabilityAllRight }) => {
    const fate = evidence.fateOf(visitId);
    if (fate === 'right' || chanceOf(visitId, THINNING_SALT) >= evidence.leastShare / chosenShare) return [];
    return [{ probabilityAllRight, isOvercharged: fate !== 'undercharged' }];
  });
}

/** The share of visits below a threshold, each chosen visit standing for 1 / share others (Hájek). */
function shareBelow(chosen: readonly ChosenVisit[], threshold: number): number {
  let [below, all] = [0, 0];
  for (const { chosenShare, probabilityAllRight } of chosen) {
    all += 1 / chosenShare;
    if (probabilityAllRight < threshold) below += 1 / chosenShare;
  }
  return all > 0 ? below / all : 0;
}

/** The laxest threshold that the evidence proves, or why there is none. O(chosen · grid). */
export function provenThreshold(evidence: ThresholdEvidence, policy: DecisionPolicy): Threshold {
  const { wrongShareMax, overchargedShareMax, confidence } = policy;
  const lastVisit = lastVisitHeard(evidence);
  const visits = Math.max(0, lastVisit - evidence.firstVisit + 1);
  const { leastShare } = evidence;
  const level = 1 - confidence;
  const isRuledOut = (hits: number, share: number): boolean =>
    atMostHits({ count: visits, hits }, share * leastShare) <= level;
  const stricter = Math.min(wrongShareMax, overchargedShareMax) * leastShare;
  if (visits === 0 || !isRuledOut(0, Math.min(wrongShareMax, overchargedShareMax))) {
    const visitsNeeded = stricter > 0 ? Math.ceil(Math.log(level) / Math.log1p(-stricter)) : null;
    return { kind: 'too-few-visits', visits, visitsNeeded };
  }
  const chosen = evidence.chosen.filter(
    ({ visitNumber }) => visitNumber >= evidence.firstVisit && visitNumber <= lastVisit,
  );
  const wrong = countedWrong(evidence, chosen);
  let proven: number | null = null;
  for (const threshold of THRESHOLDS) {
    const unlooked = wrong.filter(({ probabilityAllRight }) => probabilityAllRight >= threshold);
    const overcharged = unlooked.filter(({ isOvercharged }) => isOvercharged);
    if (!isRuledOut(unlooked.length, wrongShareMax)) break;
    if (!isRuledOut(overcharged.length, overchargedShareMax)) break;
    proven = threshold;
  }
  const judged = chosen.filter(({ visitId }) => evidence.fateOf(visitId) !== 'pending').length;
  if (proven === null) return { kind: 'not-provable', visits, judged };
  return {
    kind: 'proven',
    probabilityAllRight: proven,
    wrongAtMost: wrongShareMax,
    overchargedAtMost: overchargedShareMax,
    confidence,
    visits,
    judged,
    lookShare: shareBelow(chosen, proven),
  };
}
