/** Baskets of the rules as receipts: everything they say, they are sure of and charge. */
import { epochMs } from '../../../src/base/index.ts';
import { addMoney, money, multiplyMoney, visitId } from '../../../src/domain/index.ts';
import type {
  Catalogue,
  Currency,
  Money,
  ProductId,
  ReceiptLine,
  TrackId,
} from '../../../src/domain/index.ts';
import type { IssuedReceipt } from '../benchmark-run.ts';

/** One track id from its first to its last frame. */
export interface Stay {
  readonly trackId: TrackId;
  hasEntered: boolean;
  readonly enteredAtMs: number;
  leftAtMs: number;
  readonly basket: Map<ProductId, number>;
}

function lineOf(productId: ProductId, quantity: number, catalogue: Catalogue): ReceiptLine {
  const product = catalogue.byId.get(productId);
  const unitPrice = product?.price ?? null;
  return {
    productId,
    quantity,
    probability: 1,
    status: 'sure',
    alternatives: [],
    name: product?.name ?? productId,
    unitPrice,
    amount: unitPrice ? multiplyMoney(unitPrice, quantity) : null,
  };
}

function currencyOf(catalogue: Catalogue): Currency {
  return catalogue.products.find(({ price }) => price)?.price?.currency ?? 'USD';
}

/** One receipt per id that came in through an entrance, told when the last of them had left. */
export function writtenReceipts(stays: readonly Stay[], catalogue: Catalogue): IssuedReceipt[] {
  const entered = stays.filter(({ hasEntered }) => hasEntered);
  const issuedAtMs = epochMs(Math.max(0, ...entered.map(({ leftAtMs }) => leftAtMs)));
  return entered.map((stay) => {
    const lines = [...stay.basket].map(([productId, quantity]) => lineOf(productId, quantity, catalogue));
    const total = lines.reduce<Money>(
      (sum, { amount }) => (amount ? addMoney(sum, amount) : sum),
      money(0, currencyOf(catalogue)),
    );
    const receipt = {
      visitId: visitId(stay.trackId),
      trackIds: [stay.trackId],
      revision: 1,
      enteredAtMs: epochMs(stay.enteredAtMs),
      leftAtMs: epochMs(stay.leftAtMs),
      lines,
      unlikely: [],
      total,
      probabilityAllRight: 1,
      decision: 'charge' as const,
      question: null,
      charge: {
        items: lines.map(({ productId, quantity }) => ({ productId, quantity })),
        total,
        waived: money(0, total.currency),
      },
      isAudited: false,
      uncalibrated: { probabilityAllRight: 1, lines: lines.map(() => 1) },
    };
    return { receipt, issuedAtMs };
  });
}
