/**
 * From judged visits to what a store knows: how far each judge is believed, what told probabilities mean, how far
 * shoppers are believed, and the proven threshold. Everything is learnt anew from the window each time.
 *
 * A visit chosen with share s stands for 1 / s visits, because only doubtful ones are reviewed: without that, a map would
 * be learnt from the doubtful and believed of the sure. Beyond `STANDS_FOR_MAX` the ratio would cost more in chance than
 * it saves in bias. Weights are scaled so that they sum to the number of equal cases that would teach as much (Kish
 * 1965), so the prior keeps its say.
 */
import type { JudgedBy, JudgedVisit, VisitId } from '../domain/index.ts';
import { learntMap } from './beta-map.ts';
import type { WeightedCase } from './beta-map.ts';
import { standingsOf } from './judges.ts';
import type { JudgeStanding, Verdict } from './judges.ts';
import { SHOPPER_TRUST_PRIOR } from './knowledge.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import type { DecisionPolicy } from './settings.ts';
import { provenThreshold } from './threshold.ts';
import type { Fate } from './threshold.ts';

const STANDS_FOR_MAX = 10;
/** So many visits may one judge teach alone; beyond that, no more than all others together. */
const ALONE_MAX = 100;
/** Below this a judge's word proves nothing. */
const BELIEVED_MIN = 0.5;
/** The prior of shoppers' trust counts as much as so many answers. */
const SHOPPER_PRIOR_ANSWERS = 30;

/** Scaled to Kish's effective number. */
function scaled(verdicts: readonly Verdict[]): Verdict[] {
  const sum = verdicts.reduce((total, { weight }) => total + weight, 0);
  const squares = verdicts.reduce((total, { weight }) => total + weight * weight, 0);
  return verdicts.map((verdict) => ({ ...verdict, weight: (verdict.weight * sum) / squares }));
}

function weighted(knowledge: DecisionKnowledge): Verdict[] {
  const shares = new Map(knowledge.chosen.map(({ visitId, chosenShare }) => [visitId, chosenShare]));
  const perVisit = new Map<VisitId, number>();
  for (const { visitId } of knowledge.verdicts) perVisit.set(visitId, (perVisit.get(visitId) ?? 0) + 1);
  return scaled(
    knowledge.verdicts.map((visit) => {
      // Who was asked was asked because of the doubt, like who was reviewed.
      const share = visit.judgedBy === 'shopper' ? 1 : (shares.get(visit.visitId) ?? 1);
      const weight = Math.min(STANDS_FOR_MAX, 1 / share) / perVisit.get(visit.visitId)!;
      return { visit, isReviewed: visit.judgedBy !== 'shopper' && share === 1, weight };
    }),
  );
}

/** Weights after how far each judge is believed; a channel that is true with t teaches (2t − 1)² of a sure one. */
function believed(
  verdicts: readonly Verdict[],
  standings: readonly JudgeStanding[],
  shopperTrust: number,
): Verdict[] {
  const beliefs = new Map<JudgedBy, number>(standings.map(({ judgedBy, weight }) => [judgedBy, weight]));
  return verdicts.map((verdict) => {
    const { visit, weight } = verdict;
    const channel = visit.judgedBy === 'shopper' ? (2 * shopperTrust - 1) ** 2 : 1;
    return { ...verdict, weight: weight * channel * (beliefs.get(visit.judgedBy) ?? 1) };
  });
}

/** No judge but the audits weighs more than `ALONE_MAX`, or than all the others. */
function capped(verdicts: readonly Verdict[]): Verdict[] {
  const sums = new Map<JudgedBy, number>();
  for (const { visit, weight } of verdicts)
    sums.set(visit.judgedBy, (sums.get(visit.judgedBy) ?? 0) + weight);
  const all = [...sums.values()].reduce((total, sum) => total + sum, 0);
  return verdicts.map((verdict) => {
    const own = sums.get(verdict.visit.judgedBy)!;
    if (verdict.visit.judgedBy === 'audit' || own === 0) return verdict;
    return { ...verdict, weight: verdict.weight * Math.min(1, Math.max(ALONE_MAX, all - own) / own) };
  });
}

function receiptCases(verdicts: readonly Verdict[]): WeightedCase[] {
  return verdicts.map(({ visit, weight }) => ({
    probability: visit.probabilityAllRight,
    isRight: visit.isAllRight,
    weight,
  }));
}

function lineCases(verdicts: readonly Verdict[]): WeightedCase[] {
  return verdicts.flatMap(({ visit, weight }) => visit.lines.map((line) => ({ ...line, weight })));
}

function isTrusted(visit: JudgedVisit, standings: readonly JudgeStanding[]): boolean {
  const standing = standings.find(({ judgedBy }) => judgedBy === visit.judgedBy);
  return visit.judgedBy !== 'shopper' && (standing?.weight ?? 1) >= BELIEVED_MIN;
}

/** The most cautious reading of what people said of each visit: an audit's word, else the worst of the trusted ones. */
function fatesOf(knowledge: DecisionKnowledge, standings: readonly JudgeStanding[]): Map<VisitId, Fate> {
  const byVisit = Map.groupBy(
    knowledge.verdicts.filter(({ judgedBy }) => judgedBy !== 'shopper'),
    ({ visitId }) => visitId,
  );
  return new Map(
    [...byVisit].map(([visitId, verdicts]): [VisitId, Fate] => {
      const audit = verdicts.filter(({ judgedBy }) => judgedBy === 'audit');
      const trusted = audit.length > 0 ? audit : verdicts.filter((visit) => isTrusted(visit, standings));
      if (trusted.length === 0 || trusted.some(({ isOvercharged }) => isOvercharged))
        return [visitId, 'overcharged'];
      return [visitId, trusted.every(({ isAllRight }) => isAllRight) ? 'right' : 'undercharged'];
    }),
  );
}

function shopperTrustOf(knowledge: DecisionKnowledge, standings: readonly JudgeStanding[]): number {
  const answers = new Map(
    knowledge.verdicts.flatMap((visit) => (visit.judgedBy === 'shopper' ? [[visit.visitId, visit]] : [])),
  );
  let [same, all] = [SHOPPER_TRUST_PRIOR * SHOPPER_PRIOR_ANSWERS, SHOPPER_PRIOR_ANSWERS];
  for (const visit of knowledge.verdicts) {
    const answer = answers.get(visit.visitId);
    if (!answer || !isTrusted(visit, standings)) continue;
    all += 1;
    if (answer.isAllRight === visit.isAllRight) same += 1;
  }
  // Nobody is believed against what they say: below one half an answer only says nothing.
  return Math.max(0.5, same / all);
}

/** What the judged visits teach. Call it when they have changed; cost O(verdicts · lines · judges²). */
export function relearnt(knowledge: DecisionKnowledge, policy: DecisionPolicy): DecisionKnowledge {
  const verdicts = weighted(knowledge);
  const judges = standingsOf(verdicts);
  const shopperTrust = shopperTrustOf(knowledge, judges);
  const kept = capped(believed(verdicts, judges, shopperTrust));
  const fates = fatesOf(knowledge, judges);
  const threshold = provenThreshold(
    {
      firstVisit: knowledge.forgottenTo + 1,
      lastVisit: knowledge.visits,
      leastShare: knowledge.leastShares[0]?.share ?? policy.auditShare,
      chosen: knowledge.chosen,
      fateOf: (visitId) => fates.get(visitId) ?? 'pending',
    },
    policy,
  );
  return {
    ...knowledge,
    receipts: learntMap(receiptCases(kept)),
    lines: learntMap(lineCases(kept)),
    judges,
    shopperTrust,
    threshold,
  };
}
