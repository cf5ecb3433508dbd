/** A receipt beside what its visit truly held: the verdict that calibration and the proof are learnt from. */
import type { ItemCount, JudgedBy, JudgedVisit, ProductId, Receipt } from '../domain/index.ts';

function quantitiesOf(items: readonly ItemCount[]): Map<ProductId, number> {
  const sum = new Map<ProductId, number>();
  for (const { productId, quantity } of items) sum.set(productId, (sum.get(productId) ?? 0) + quantity);
  return sum;
}

/** The lines as told are judged, nothing waived, with the probabilities that fusion told. A product may be held in parts. */
export function judgeReceipt(
  { visitId, lines, uncalibrated }: Pick<Receipt, 'visitId' | 'lines' | 'uncalibrated'>,
  heldItems: readonly ItemCount[],
  judgedBy: JudgedBy,
): JudgedVisit {
  const held = quantitiesOf(heldItems);
  const told = quantitiesOf(lines);
  const isOvercharged = [...told].some(([product, quantity]) => quantity > (held.get(product) ?? 0));
  const isUndercharged = [...held].some(([product, quantity]) => quantity > (told.get(product) ?? 0));
  return {
    visitId,
    judgedBy,
    probabilityAllRight: uncalibrated.probabilityAllRight,
    isAllRight: !isOvercharged && !isUndercharged,
    isOvercharged,
    lines: lines.map(({ productId, quantity }, index) => ({
      probability: uncalibrated.lines[index]!,
      isRight: (held.get(productId) ?? 0) === quantity,
    })),
  };
}
