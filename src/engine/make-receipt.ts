/** From the basket at exit to the receipt: names, catalogue prices, total, decision. */
import { addMoney, money, multiplyMoney } from '../domain/index.ts';
import type { Basket, Catalogue, Currency, Money, Receipt, ReceiptLine, Visit } from '../domain/index.ts';
import { decide } from '../fusion/index.ts';

/** Catalogue prices as they stand; promotions, tax and deposits are the work of pricing. */
export function makeReceipt(visit: Visit, basket: Basket, catalogue: Catalogue): Receipt {
  const lines = basket.lines.map((line): ReceiptLine => {
    const product = catalogue.byId.get(line.productId);
    const unitPrice = product?.price ?? null;
    const amount = unitPrice ? multiplyMoney(unitPrice, line.quantity) : null;
    return { ...line, name: product?.name ?? line.productId, unitPrice, amount };
  });
  const total = lines.reduce<Money>(
    (sum, line) => (line.amount ? addMoney(sum, line.amount) : sum),
    money(0, currencyOf(catalogue)),
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

/** A catalogue has one currency; without any price it does not matter. */
function currencyOf(catalogue: Catalogue): Currency {
  return catalogue.products.find((product) => product.price)?.price?.currency ?? 'USD';
}
