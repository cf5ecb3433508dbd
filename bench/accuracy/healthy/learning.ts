/**
 * The auditor of the learning part, played by the benchmark: it tells the truth of every receipt. That is SIMULATED; a
 * real shop audits a share of its visits, and needs longer for the same proof.
 */
import {
  DECISION_POLICY,
  NO_KNOWLEDGE,
  relearnt,
  visitJudged,
  visitSettled,
} from '../../../src/decision/index.ts';
import type { DecisionKnowledge } from '../../../src/decision/index.ts';
import type { JudgedVisit } from '../../../src/domain/index.ts';

const ALL_AUDITED = { ...DECISION_POLICY, auditShare: 1 };

/** What deciding learns from these audits; a shop goes on from it with counters of its own at zero. */
export function learntFrom(audits: readonly JudgedVisit[]): DecisionKnowledge {
  let knowledge = NO_KNOWLEDGE;
  for (const { visitId, probabilityAllRight } of audits)
    knowledge = visitSettled(knowledge, { visitId, probabilityAllRight, isReviewed: false }, ALL_AUDITED);
  for (const audit of audits) knowledge = visitJudged(knowledge, audit);
  return relearnt(knowledge, ALL_AUDITED);
}
