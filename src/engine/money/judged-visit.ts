/**
 * From what the loop made of a visit to what pricing and a receipt need of it: the items that are charged, how sure each
 * line is, and what proves it. The evidence is named and hashed, not copied: a receipt stays small, and whoever keeps the
 * evidence can show that it is what the decision was made on.
 */
import type { Attribution, Catalogue, ProductId, Receipt, VisitId } from '../../domain/index.ts';
import type { BasketLine } from '../../pricing/index.ts';
import { contentHash } from '../../receipts/index.ts';
import type { EvidenceLink, LineFacts } from '../../receipts/index.ts';

/** An attribution below this says nothing of a line. */
const SHARE_MIN = 0.01;

/** Several visits may be paid together, so a line is named by its visit too. */
export function lineIdOf(visitId: VisitId, productId: ProductId): string {
  return `${visitId}/${productId}`;
}

/** What is charged, to be priced: a line for each product. What is left out for doubt is not among them. */
export function linesToPrice({ visitId, charge }: Receipt): BasketLine[] {
  return charge.items.map(({ productId, quantity }) => ({
    lineId: lineIdOf(visitId, productId),
    productId,
    amount: { kind: 'units', units: quantity },
    label: null,
  }));
}

/** P(the visit took the product, gave it back, or got it from somebody) in one moment. */
function shareIn({ candidates }: Attribution, visitId: VisitId, productId: ProductId): number {
  let share = 0;
  for (const { moves, probability } of candidates) {
    const isOf = moves.some(
      (move) =>
        (move.visitId === visitId || move.toVisitId === visitId) &&
        move.items.some((item) => item.productId === productId),
    );
    if (isOf) share += probability;
  }
  return share;
}

function evidenceOf(
  visitId: VisitId,
  productId: ProductId,
  evidence: readonly Attribution[],
): EvidenceLink[] {
  return evidence
    .filter((attribution) => shareIn(attribution, visitId, productId) >= SHARE_MIN)
    .map((attribution) => ({
      kind: 'interaction',
      ref: attribution.interactionId,
      hash: contentHash(attribution),
    }));
}

/** @param evidence all that the visit may have had a part in, as the receipt was issued with it. */
export function judgedLineFacts(
  receipt: Receipt,
  evidence: readonly Attribution[],
  catalogue: Catalogue,
): LineFacts[] {
  const { visitId } = receipt;
  const sure = new Map(receipt.lines.map(({ productId, probability }) => [productId, probability]));
  return receipt.charge.items.map(({ productId }) => ({
    lineId: lineIdOf(visitId, productId),
    name: catalogue.byId.get(productId)?.name ?? productId,
    perKilogramMinor: null,
    probability: sure.get(productId) ?? null,
    evidence: evidenceOf(visitId, productId, evidence),
  }));
}
