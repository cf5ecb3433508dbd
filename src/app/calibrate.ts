/**
 * From a replay and its ground truth to what decisions know. Every visit of a recording whose truth is known was to be
 * judged for certain, so it counts as chosen with share 1, whoever judged it.
 */
import { DECISION_POLICY, judgeReceipt, relearnt, visitJudged } from '../decision/index.ts';
import type { DecisionKnowledge, DecisionPolicy } from '../decision/index.ts';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { productId, visitId } from '../domain/index.ts';
import type { DataProblem, ItemCount, JudgedBy, JudgedVisit, Receipt } from '../domain/index.ts';
import type { GroundTruth } from './ground-truth.ts';

export const CALIBRATION_POLICY: DecisionPolicy = { ...DECISION_POLICY, auditShare: 1 };

export interface JudgedRecording {
  readonly judged: readonly JudgedVisit[];
  /** Receipts of nobody whom the truth knows: they held nothing. */
  readonly unknownCount: number;
  /** Visits of the truth that got no receipt: there is nothing to judge. */
  readonly missedCount: number;
}

export interface Judging {
  readonly judgedBy: JudgedBy;
  /** As the shop had it that issued the receipts. */
  readonly visitPrefix: string;
  /** The recording, for problems. */
  readonly path: string;
}

function heldOf({ products }: GroundTruth['receipts'][number]): ItemCount[] {
  return products.map(({ barcode, quantity }) => ({ productId: productId(barcode), quantity }));
}

/** Verdicts on every receipt; shoppers are found by the first id they had, as `score` does. */
export function judgeRecording(
  receipts: readonly Receipt[],
  truth: GroundTruth,
  { judgedBy, visitPrefix, path }: Judging,
): Result<JudgedRecording, DataProblem> {
  const held = new Map(truth.receipts.map((each) => [each.targetId, heldOf(each)]));
  const targetOf = (receipt: Receipt): string => String(receipt.trackIds[0]);
  const known = new Set(receipts.map(targetOf).filter((target) => held.has(target)));
  if (receipts.length > 0 && known.size === 0)
    return refused({
      code: 'TRUTH_OF_ANOTHER_RECORDING',
      where: path,
      what: `none of its ${receipts.length} shoppers is in the ground truth, which names ${held.size}`,
      remedy:
        'Name the ground truth of this recording: targetId is the track id under which a shopper came in.',
    });
  const judged = receipts.map((receipt) => {
    const named = { ...receipt, visitId: visitId(`${visitPrefix}${receipt.visitId}`) };
    return judgeReceipt(named, held.get(targetOf(receipt)) ?? [], judgedBy);
  });
  const unknownCount = receipts.filter((receipt) => !held.has(targetOf(receipt))).length;
  return ok({ judged, unknownCount, missedCount: held.size - known.size });
}

/** Whether visits of this recording were settled with this knowledge before. */
export function hasVisitsOf(decision: DecisionKnowledge | undefined, visitPrefix: string): boolean {
  return decision?.chosen.some(({ visitId: name }) => name.startsWith(visitPrefix)) ?? false;
}

/** What is known after the verdicts. */
export function learntFrom<Decision extends DecisionKnowledge>(
  decision: Decision,
  judged: readonly JudgedVisit[],
): Decision {
  const after = judged.reduce<DecisionKnowledge>(visitJudged, decision);
  return { ...decision, ...relearnt(after, CALIBRATION_POLICY) };
}
