/** What is known of a visit whose loop was killed: the basket as it was last told, of which only the sure part counts. */
import type { EpochMs } from '../../base/index.ts';
import { addMoney, money, multiplyMoney } from '../../domain/index.ts';
import type {
  Basket,
  BasketLine,
  Catalogue,
  Currency,
  Money,
  ReceiptLine,
  VisitId,
} from '../../domain/index.ts';
import type { JudgedVisit } from './party.ts';

interface Around {
  readonly catalogue: Catalogue;
  readonly currency: Currency;
  readonly atMs: EpochMs;
}

function pricedLine(line: BasketLine, { catalogue, currency }: Around): ReceiptLine {
  const product = catalogue.byId.get(line.productId);
  const unitPrice = product?.price?.currency === currency ? product.price : null;
  const amount = unitPrice === null ? null : multiplyMoney(unitPrice, line.quantity);
  return { ...line, name: product?.name ?? line.productId, unitPrice, amount };
}

function totalOf(lines: readonly ReceiptLine[], currency: Currency): Money {
  return lines.reduce<Money>(
    (sum, { amount }) => (amount === null ? sum : addMoney(sum, amount)),
    money(0, currency),
  );
}

/** To be reviewed; without a look, what was sure when it was last told is charged, and nothing else. */
export function interruptedVisit(visitId: VisitId, basket: Basket | null, around: Around): JudgedVisit {
  const { atMs, currency } = around;
  const lines = (basket?.lines ?? []).map((line) => pricedLine(line, around));
  const sure = lines.filter(({ status }) => status === 'sure');
  const total = totalOf(lines, currency);
  const charged = totalOf(sure, currency);
  const probabilityAllRight = basket?.probabilityAllRight ?? 1;
  return {
    receipt: {
      visitId,
      trackIds: [],
      revision: 1,
      enteredAtMs: atMs,
      leftAtMs: atMs,
      lines,
      unlikely: basket?.unlikely ?? [],
      total,
      probabilityAllRight,
      decision: lines.length === 0 ? 'charge' : 'review',
      question: null,
      charge: {
        items: sure.map(({ productId, quantity }) => ({ productId, quantity })),
        total: charged,
        waived: money(total.minor - charged.minor, currency),
      },
      isAudited: false,
      uncalibrated: { probabilityAllRight, lines: lines.map(({ probability }) => probability) },
    },
    evidence: [],
    alternatives: [],
  };
}
