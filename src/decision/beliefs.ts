/**
 * What a visit may hold, as a short list of baskets over the products in doubt, with calibrated probabilities. Where the
 * joint baskets are known they are used ('A or B' is one doubt, not two); otherwise lines are taken as independent.
 */
import type {
  BasketAlternative,
  BasketLine,
  ItemCount,
  ProductId,
  QuantityProbability,
  Receipt,
} from '../domain/index.ts';
import { mapped } from './beta-map.ts';
import type { BetaMap } from './beta-map.ts';

export type PriceOf = (productId: ProductId) => number | null;

export interface PossibleBasket {
  /** In the order of `products`. */
  readonly quantities: readonly number[];
  readonly probability: number;
}

export interface Beliefs {
  /** Products of which not every basket holds the same number. */
  readonly products: readonly ProductId[];
  /** Minor units; 0 where nobody knows a price: such goods are neither charged nor missed. */
  readonly prices: readonly number[];
  readonly isPriced: readonly boolean[];
  readonly told: readonly number[];
  /** At most `BASKETS_MAX`, the told one first. */
  readonly baskets: readonly PossibleBasket[];
  /** P(a basket that is not listed). */
  readonly unlisted: number;
  /** What every basket holds. */
  readonly sure: readonly ItemCount[];
}

export interface ReceiptInDoubt {
  readonly receipt: Pick<Receipt, 'visitId' | 'lines' | 'unlikely' | 'probabilityAllRight'>;
  /** Joint baskets as fusion told them, if it did. */
  readonly alternatives: readonly BasketAlternative[];
  /** Of one unit, in minor units; null where nobody knows. */
  readonly unitPriceMinor: PriceOf;
}

export interface Calibration {
  readonly lines: BetaMap;
  readonly receipts: BetaMap;
}

/** More baskets would share less than a hundredth of the doubt. */
const BASKETS_MAX = 64;

type Held = ReadonlyMap<ProductId, number>;

interface Share {
  readonly held: Held;
  readonly probability: number;
}

function keyOf(held: Held): string {
  return [...held]
    .flatMap(([product, quantity]) => (quantity > 0 ? [`${product}*${quantity}`] : []))
    .sort()
    .join('\n');
}

/** P(told quantity) calibrated, what is else possible scaled to the rest. */
function calibratedQuantities(line: BasketLine, told: number, map: BetaMap): readonly QuantityProbability[] {
  const raw = [{ quantity: line.quantity, probability: line.probability }, ...line.alternatives];
  const toldRaw = raw.find(({ quantity }) => quantity === told)?.probability ?? 0;
  const toldNow = mapped(Math.min(1, toldRaw), map);
  const others = raw.filter(({ quantity }) => quantity !== told);
  const rest = others.reduce((sum, { probability }) => sum + probability, 0);
  if (rest <= 0) return [{ quantity: told, probability: 1 }];
  return [
    { quantity: told, probability: toldNow },
    ...others.map(({ quantity, probability }) => ({
      quantity,
      probability: ((1 - toldNow) * probability) / rest,
    })),
  ];
}

/** The likeliest baskets if every line stands alone. */
function independentBaskets({ receipt }: ReceiptInDoubt, map: BetaMap): Share[] {
  const lines = [
    ...receipt.lines.map((line) => ({ line, told: line.quantity })),
    ...receipt.unlikely.map((line) => ({ line: complete(line), told: 0 })),
  ];
  let shares: Share[] = [{ held: new Map(), probability: 1 }];
  for (const { line, told } of lines) {
    const quantities = calibratedQuantities(line, told, map);
    shares = shares
      .flatMap(({ held, probability }) =>
        quantities.map((each) => ({
          held: new Map([...held, [line.productId, each.quantity]]),
          probability: probability * each.probability,
        })),
      )
      .sort((a, b) => b.probability - a.probability)
      .slice(0, BASKETS_MAX);
  }
  return shares;
}

/** A line that is probably not held says what if it is; what is left is that it is not. */
function complete(line: BasketLine): BasketLine {
  if (line.alternatives.some(({ quantity }) => quantity === 0)) return line;
  const some = line.alternatives.reduce((sum, { probability }) => sum + probability, line.probability);
  return {
    ...line,
    alternatives: [...line.alternatives, { quantity: 0, probability: Math.max(0, 1 - some) }],
  };
}

function jointBaskets({ alternatives }: ReceiptInDoubt): Share[] {
  return alternatives.map(({ items, probability }) => ({
    held: new Map(items.map(({ productId, quantity }) => [productId, quantity])),
    probability,
  }));
}

/** The told basket gets the receipt's calibrated probability; the others share the rest as they stood. */
function aroundTold(
  inDoubt: ReceiptInDoubt,
  calibration: Calibration,
): { shares: Share[]; unlisted: number } {
  const { receipt, alternatives } = inDoubt;
  const told: Held = new Map(receipt.lines.map(({ productId, quantity }) => [productId, quantity]));
  const all =
    alternatives.length > 0 ? jointBaskets(inDoubt) : independentBaskets(inDoubt, calibration.lines);
  const others = new Map<string, Share>();
  const toldKey = keyOf(told);
  for (const share of all) {
    const key = keyOf(share.held);
    if (key === toldKey) continue;
    const probability = share.probability + (others.get(key)?.probability ?? 0);
    others.set(key, { held: share.held, probability });
  }
  const kept = [...others.values()].sort((a, b) => b.probability - a.probability).slice(0, BASKETS_MAX - 1);
  const raw = Math.min(1, Math.max(0, receipt.probabilityAllRight));
  const toldNow = mapped(raw, calibration.receipts);
  const listed = kept.reduce((sum, { probability }) => sum + probability, 0);
  // Joint baskets scale with the doubt they are part of; independent lines are calibrated already, and only bounded.
  const scale =
    alternatives.length > 0
      ? (1 - toldNow) / Math.max(1 - raw, listed, Number.MIN_VALUE)
      : Math.min(1, (1 - toldNow) / Math.max(listed, Number.MIN_VALUE));
  const scaled = kept.map(({ held, probability }) => ({ held, probability: probability * scale }));
  const unlisted = Math.max(0, 1 - toldNow - listed * scale);
  return { shares: [{ held: told, probability: toldNow }, ...scaled], unlisted };
}

/** The baskets a receipt may stand for. */
export function beliefsOf(inDoubt: ReceiptInDoubt, calibration: Calibration): Beliefs {
  const { shares, unlisted } = aroundTold(inDoubt, calibration);
  const quantityIn = (held: Held, product: ProductId): number => held.get(product) ?? 0;
  const told = shares[0]!.held;
  const all = [...new Set(shares.flatMap(({ held }) => [...held.keys()]))].sort();
  const isDoubtful = (product: ProductId): boolean =>
    shares.some(({ held }) => quantityIn(held, product) !== quantityIn(told, product));
  const products = all.filter(isDoubtful);
  return {
    products,
    prices: products.map((product) => inDoubt.unitPriceMinor(product) ?? 0),
    isPriced: products.map((product) => inDoubt.unitPriceMinor(product) !== null),
    told: products.map((product) => quantityIn(told, product)),
    baskets: shares.map(({ held, probability }) => ({
      quantities: products.map((product) => quantityIn(held, product)),
      probability,
    })),
    unlisted,
    sure: all
      .filter((product) => !isDoubtful(product) && quantityIn(told, product) > 0)
      .map((product) => ({ productId: product, quantity: quantityIn(told, product) })),
  };
}
