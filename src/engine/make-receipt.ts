/** From the basket at exit to the receipt: names, catalogue prices, total, decision. */
import { addMoney, money, multiplyMoney } from '../domain/index.ts';
import type { Basket, Catalogue, Currency, Money, Receipt, ReceiptLine, Visit } from '../domain/index.ts';
import { decide } from '../decision/index.ts';

/** Catalogue prices as they stand; promotions, tax and deposits are the work of pricing. */
export function makeReceipt(visit: Visit, basket: Basket, catalogue: Catalogue): Receipt {
  const currency = currencyOf(catalogue);
  const lines = basket.lines.map((line): ReceiptLine => {
    const product = catalogue.byId.get(line.productId);
    // A price in another currency cannot be added up: it counts as none, and is not charged.
    const unitPrice = product?.price?.currency === currency ? product.price : null;
    const amount = unitPrice ? multiplyMoney(unitPrice, line.quantity) : null;
    return { ...line, name: product?.name ?? line.productId, unitPrice, amount };
  });
  const total = lines.reduce<Money>(
    (sum, line) => (line.amount ? addMoney(sum, line.amount) : sum),
    money(0, currency),
  );
  const { probabilityAllRight } = basket;
  return {
    visitId: visit.visitId,
    trackIds: visit.trackIds,
    revision: 1,
    enteredAtMs: visit.enteredAtMs,
    leftAtMs: visit.lastSeenAtMs,
    lines,
    unlikely: basket.unlikely,
    total,
    probabilityAllRight,
    decision: decide({ totalMinor: total.minor, probabilityAllRight }),
  };
}

/** A catalogue has one currency, that of its first price; without any price it does not matter. */
function currencyOf(catalogue: Catalogue): Currency {
  return catalogue.products.find((product) => product.price)?.price?.currency ?? 'USD';
}
