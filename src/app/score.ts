/**
 * Scores receipts against the truth as the AutoCheckout competition did: item precision, recall and F1 per visit, then
 * their means; beside it the share of receipts that are right to the last item. A visit of the truth without a
 * receipt counts with everything missed, a receipt without a visit with everything too much. Two empty lists agree.
 */
import type { Receipt } from '../domain/index.ts';
import type { GroundTruth } from './ground-truth.ts';

export interface VisitScore {
  readonly recording: string;
  readonly targetId: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly isExact: boolean;
}

export interface Score {
  readonly visits: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of receipts that are right to the last item. */
  readonly exact: number;
}

type Quantities = ReadonlyMap<string, number>;

function quantitiesOf(lines: readonly { readonly code: string; readonly quantity: number }[]): Quantities {
  const sum = new Map<string, number>();
  for (const line of lines) sum.set(line.code, (sum.get(line.code) ?? 0) + line.quantity);
  return sum;
}

function total(quantities: Quantities): number {
  let sum = 0;
  for (const quantity of quantities.values()) sum += quantity;
  return sum;
}

/** Precision, recall and F1 of `told` against `real`, item by item. */
export function scoreItems(
  told: Quantities,
  real: Quantities,
): Pick<VisitScore, 'precision' | 'recall' | 'f1' | 'isExact'> {
  let right = 0;
  for (const [code, quantity] of told) right += Math.min(quantity, real.get(code) ?? 0);
  const toldTotal = total(told);
  const realTotal = total(real);
  if (toldTotal === 0 && realTotal === 0) return { precision: 1, recall: 1, f1: 1, isExact: true };
  const precision = toldTotal > 0 ? right / toldTotal : 0;
  const recall = realTotal > 0 ? right / realTotal : 0;
  const f1 = right > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1, isExact: right === toldTotal && right === realTotal };
}

/** Scores of every visit that the truth or the receipts know. */
export function scoreVisits(
  recording: string,
  receipts: readonly Receipt[],
  truth: GroundTruth,
): VisitScore[] {
  const nothing: Quantities = new Map();
  const told = new Map(
    receipts.map((receipt) => [
      String(receipt.trackIds[0]),
      quantitiesOf(receipt.lines.map((line) => ({ code: line.productId, quantity: line.quantity }))),
    ]),
  );
  const real = new Map(
    truth.receipts.map((receipt) => [
      receipt.targetId,
      quantitiesOf(receipt.products.map((item) => ({ code: item.barcode, quantity: item.quantity }))),
    ]),
  );
  const targets = new Set([...real.keys(), ...told.keys()]);
  return [...targets].map((targetId) => {
    const isKnown = told.has(targetId) && real.has(targetId);
    const items = scoreItems(told.get(targetId) ?? nothing, real.get(targetId) ?? nothing);
    return { recording, targetId, ...items, isExact: items.isExact && isKnown };
  });
}

/** Means over all visits. */
export function meanScore(visits: readonly VisitScore[]): Score {
  const mean = (valueOf: (visit: VisitScore) => number): number =>
    visits.length === 0 ? 0 : visits.reduce((sum, visit) => sum + valueOf(visit), 0) / visits.length;
  return {
    visits: visits.length,
    precision: mean((visit) => visit.precision),
    recall: mean((visit) => visit.recall),
    f1: mean((visit) => visit.f1),
    exact: mean((visit) => (visit.isExact ? 1 : 0)),
  };
}
