/** From the basket at exit to the receipt: names, catalogue prices, total, and what is decided about it. */
import { mapped, settle } from '../decision/index.ts';
import type { DecisionKnowledge, DecisionPolicy } from '../decision/index.ts';
import { addMoney, money, multiplyMoney, visitId as visitIdOf } from '../domain/index.ts';
import type {
  Basket,
  BasketAlternative,
  Catalogue,
  Currency,
  Money,
  ProductId,
  Receipt,
  ReceiptLine,
  Visit,
} from '../domain/index.ts';

/** What a receipt is made from. */
export interface ReceiptParts {
  readonly visit: Visit;
  readonly basket: Basket;
  /** Whole baskets that the visit may hold, the likeliest first. */
  readonly alternatives: readonly BasketAlternative[];
  readonly catalogue: Catalogue;
}

export interface Deciding {
  readonly knowledge: DecisionKnowledge;
  readonly policy: DecisionPolicy;
  /** Stands before the visit's name wherever decisions keep it: names begin anew with every run of the loop. */
  readonly visitPrefix?: string;
}

/** The receipt, and what the store knows about deciding after it. Catalogue prices as they stand. */
export function makeReceipt(
  { visit, basket, alternatives, catalogue }: ReceiptParts,
  { knowledge, policy, visitPrefix = '' }: Deciding,
): { readonly receipt: Receipt; readonly knowledge: DecisionKnowledge } {
  const currency = currencyOf(catalogue);
  const priceOf = (product: ProductId): Money | null => {
    const price = catalogue.byId.get(product)?.price;
    // A price in another currency cannot be added up: it counts as none, and is not charged.
    return price?.currency === currency ? price : null;
  };
  const lines = basket.lines.map((line): ReceiptLine => {
    const unitPrice = priceOf(line.productId);
    const amount = unitPrice ? multiplyMoney(unitPrice, line.quantity) : null;
    return { ...line, name: catalogue.byId.get(line.productId)?.name ?? line.productId, unitPrice, amount };
  });
  const total = lines.reduce<Money>(
    (sum, line) => (line.amount ? addMoney(sum, line.amount) : sum),
    money(0, currency),
  );
  const { visitId, trackIds, enteredAtMs, lastSeenAtMs } = visit;
  const { probabilityAllRight, unlikely } = basket;
  const settled = settle(
    {
      receipt: { visitId: visitIdOf(`${visitPrefix}${visitId}`), lines, unlikely, probabilityAllRight },
      alternatives,
      unitPriceMinor: (product) => priceOf(product)?.minor ?? null,
    },
    knowledge,
    policy,
  );
  const { resolution } = settled;
  const receipt: Receipt = {
    visitId,
    trackIds,
    revision: 1,
    enteredAtMs,
    leftAtMs: lastSeenAtMs,
    lines: lines.map((line) => calibrated(line, knowledge)),
    unlikely,
    total,
    probabilityAllRight: resolution.probabilityAllRight,
    decision: resolution.decision,
    question: resolution.question && { ...resolution.question, visitId },
    charge: {
      items: resolution.charged,
      total: money(resolution.chargedMinor, currency),
      waived: money(resolution.waivedMinor, currency),
    },
    isAudited: resolution.isAudited,
    uncalibrated: { probabilityAllRight, lines: lines.map(({ probability }) => probability) },
  };
  return { receipt, knowledge: settled.knowledge };
}

/** What else the number may be shares the rest as it did; whether the line is sure stays what fusion says. */
function calibrated(line: ReceiptLine, { lines }: DecisionKnowledge): ReceiptLine {
  const probability = mapped(Math.min(1, line.probability), lines);
  const restBefore = 1 - line.probability;
  const scale = restBefore > 0 ? (1 - probability) / restBefore : 0;
  const alternatives = line.alternatives.map((other) => ({
    ...other,
    probability: Math.min(1, other.probability * scale),
  }));
  return { ...line, probability, alternatives };
}

/** A catalogue has one currency, that of its first price; without any price it does not matter. */
export function currencyOf(catalogue: Catalogue): Currency {
  return catalogue.products.find((product) => product.price)?.price?.currency ?? 'USD';
}
