/** What a party's visits cost together. */
import { ok } from '../../base/index.ts';
import type { EpochMs, Result } from '../../base/index.ts';
import type { Catalogue, Currency, DataProblem, ItemCount, ProductId, VisitId } from '../../domain/index.ts';
import { priceBasket, priceOn } from '../../pricing/index.ts';
import type { BasketLine, Books, LocalTime, PricedBasket } from '../../pricing/index.ts';
import { goodsOf } from '../../receipts/index.ts';
import type { LineFacts, ReceiptGoods } from '../../receipts/index.ts';
import { judgedLineFacts, lineIdOf } from '../money/index.ts';
import type { JudgedVisit, Payer } from './party.ts';

export interface HeldItems {
  readonly visitId: VisitId;
  readonly items: readonly ItemCount[];
}

export interface Pricing {
  readonly books: Books;
  readonly catalogue: Catalogue;
  /** The store's own wall clock; the same for the same moment, always. */
  readonly localTimeOf: (atMs: EpochMs) => LocalTime;
  readonly currency: Currency;
}

export interface PricedParty {
  readonly basket: PricedBasket;
  /** Without a price on that day, and therefore not in it. */
  readonly unpriced: readonly ProductId[];
}

interface Asked {
  readonly payer: Payer;
  readonly atMs: EpochMs;
}

function pricedLines(
  lines: readonly BasketLine[],
  { payer, atMs }: Asked,
  { books, currency, localTimeOf }: Pricing,
): Result<PricedBasket, readonly DataProblem[]> {
  return priceBasket(
    {
      currency,
      lines,
      localTime: localTimeOf(atMs),
      shopper: { isMember: payer.isMember, coupons: payer.coupons, priorUses: new Map() },
      tender: payer.card === null ? 'prepaid' : 'card',
      bags: 0,
    },
    books,
  );
}

/**
 * Things that cannot be priced today are left out, in the shopper's favour, and named: a gap in a price book never keeps
 * a party from leaving, or the rest from being charged.
 */
export function pricedParty(
  held: readonly HeldItems[],
  asked: Asked,
  pricing: Pricing,
): Result<PricedParty, readonly DataProblem[]> {
  const { byProduct } = pricing.books.prices;
  const { date } = pricing.localTimeOf(asked.atMs);
  const lines = held.flatMap(({ visitId, items }) =>
    items
      .filter(({ quantity }) => quantity > 0)
      .map(({ productId, quantity }): BasketLine => {
        const amount = { kind: 'units', units: quantity } as const;
        return { lineId: lineIdOf(visitId, productId), productId, amount, label: null };
      }),
  );
  const hasPrice = ({ productId }: BasketLine): boolean => {
    const product = byProduct.get(productId);
    return product?.soldBy === 'unit' && priceOn(product, date) !== null;
  };
  const kept = lines.filter(hasPrice);
  const first = pricedLines(kept, asked, pricing);
  // What the rates do not know of is named by its line.
  const named = new Set(first.ok ? [] : first.problem.map(({ where }) => where));
  const usable = kept.filter(({ lineId }) => !named.has(`basket:${lineId}`));
  const basket = first.ok || usable.length === kept.length ? first : pricedLines(usable, asked, pricing);
  if (!basket.ok) return basket;
  const isIn = new Set(basket.value.lines.map(({ lineId }) => lineId));
  const unpriced = new Set(lines.filter(({ lineId }) => !isIn.has(lineId)).map(({ productId }) => productId));
  return ok({ basket: basket.value, unpriced: [...unpriced] });
}

/** What the receipt says of a priced party. */
export function partyGoods(
  basket: PricedBasket,
  visits: readonly JudgedVisit[],
  { books, catalogue }: Pricing,
): ReceiptGoods {
  const known = new Map(
    visits
      .flatMap(({ receipt, evidence }) => judgedLineFacts(receipt, evidence, catalogue))
      .map((facts) => [facts.lineId, facts]),
  );
  const facts = basket.lines.map(({ lineId, productId }): LineFacts => {
    const judged = known.get(lineId);
    if (judged !== undefined) return judged;
    // An answer or a review may name what the loop had not charged.
    const name = catalogue.byId.get(productId)?.name ?? productId;
    return { lineId, name, perKilogramMinor: null, probability: null, evidence: [] };
  });
  return goodsOf({ basket, facts, authorityNames: books.taxes.authorities });
}
