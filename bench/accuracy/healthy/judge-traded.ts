/** Receipts of a shop that has learnt beside the truth: as told, as charged, and as charged after an answer. */
import { visitId } from '../../../src/domain/index.ts';
import type {
  BasketAlternative,
  Decision,
  ItemCount,
  JudgedLine,
  JudgedVisit,
  ProductId,
  Receipt,
} from '../../../src/domain/index.ts';
import type { Truth } from '../../../src/twin/index.ts';

type Held = ReadonlyMap<ProductId, number>;

export interface TradedReceipt {
  readonly receipt: Receipt;
  readonly alternatives: readonly BasketAlternative[];
  readonly calibratedLines: readonly number[];
}

/** A charge against what was carried out. */
export interface ChargeVerdict {
  readonly isRight: boolean;
  /** Something is charged that was not carried out. */
  readonly isOver: boolean;
}

export interface TradedVisit {
  /** As an audit would tell it; null where no receipt was issued. */
  readonly audit: JudgedVisit | null;
  /** After calibration. */
  readonly probabilityAllRight: number;
  readonly lines: readonly JudgedLine[];
  /** The heaviest of its receipts' decisions; null where there is none. */
  readonly decision: Decision | null;
  /** False for a receipt with items that is of nobody's visit. */
  readonly isReal: boolean;
  readonly told: ChargeVerdict;
  readonly charged: ChargeVerdict;
  /** Null where nobody was asked. */
  readonly answered: ChargeVerdict | null;
}

export interface ToJudge {
  readonly visits: Truth['visits'];
  readonly receipts: readonly TradedReceipt[];
  readonly storeSeed: number;
  readonly answer: (traded: TradedReceipt, real: Held) => readonly ItemCount[] | null;
}

/** How much a decision asks of the shop; the heaviest of several receipts counts. */
const WEIGHT: Readonly<Record<Decision, number>> = { charge: 0, waive: 1, ask: 2, review: 3 };

export function verdictOn(items: readonly ItemCount[], real: Held): ChargeVerdict {
  const sum = new Map<ProductId, number>();
  for (const { productId, quantity } of items) sum.set(productId, (sum.get(productId) ?? 0) + quantity);
  const isOver = [...sum].some(([product, quantity]) => quantity > (real.get(product) ?? 0));
  const isUnder = [...real].some(([product, quantity]) => quantity > (sum.get(product) ?? 0));
  return { isRight: !isOver && !isUnder, isOver };
}

function judgedLines(
  receipts: readonly TradedReceipt[],
  real: Held,
  of: 'told' | 'calibrated',
): JudgedLine[] {
  return receipts.flatMap(({ receipt, calibratedLines }) =>
    receipt.lines.map(({ productId, quantity }, index) => ({
      probability: (of === 'told' ? receipt.uncalibrated.lines : calibratedLines)[index]!,
      isRight: (real.get(productId) ?? 0) === quantity,
    })),
  );
}

function auditOf(receipts: readonly TradedReceipt[], real: Held, storeSeed: number): JudgedVisit | null {
  const [first] = receipts;
  if (!first) return null;
  const told = verdictOn(
    receipts.flatMap(({ receipt }) => receipt.lines),
    real,
  );
  return {
    // Stores of a kind are taken together: a visit's name must be its own among all of them.
    visitId: visitId(`${storeSeed}-${first.receipt.visitId}`),
    judgedBy: 'audit',
    probabilityAllRight: receipts.reduce(
      (all, { receipt }) => all * receipt.uncalibrated.probabilityAllRight,
      1,
    ),
    isAllRight: told.isRight,
    isOvercharged: told.isOver,
    lines: judgedLines(receipts, real, 'told'),
  };
}

function judge(traded: readonly TradedReceipt[], real: Held | null, to: ToJudge): TradedVisit {
  const held: Held = real ?? new Map();
  const receipts = traded.map(({ receipt }) => receipt);
  const [heaviest] = receipts.toSorted((a, b) => WEIGHT[b.decision] - WEIGHT[a.decision]);
  const asked = traded.map((each) => to.answer(each, held) ?? each.receipt.charge.items);
  const wasAsked = receipts.some(({ question }) => question !== null);
  return {
    audit: auditOf(traded, held, to.storeSeed),
    probabilityAllRight: receipts.reduce((all, receipt) => all * receipt.probabilityAllRight, 1),
    lines: judgedLines(traded, held, 'calibrated'),
    decision: heaviest?.decision ?? null,
    isReal: real !== null,
    told: verdictOn(
      receipts.flatMap(({ lines }) => lines),
      held,
    ),
    charged: verdictOn(
      receipts.flatMap(({ charge }) => charge.items),
      held,
    ),
    answered: wasAsked ? verdictOn(asked.flat(), held) : null,
  };
}

/** In order of leaving, receipts of nobody behind them; an empty receipt of nobody harms nobody. */
export function judgeTraded(to: ToJudge): TradedVisit[] {
  const byTrack = Map.groupBy(to.receipts, ({ receipt }) => String(receipt.trackIds[0]));
  const left = to.visits
    .filter((visit) => !visit.isAssociate && visit.leftAtTrueMs !== null)
    .toSorted((a, b) => a.leftAtTrueMs! - b.leftAtTrueMs!);
  const known = new Set(left.map(({ trackIds }) => trackIds[0]));
  const visits = left.map(({ trackIds, items }) =>
    judge(byTrack.get(trackIds[0] ?? 'never seen') ?? [], items, to),
  );
  const strays = [...byTrack].filter(
    ([track, traded]) => !known.has(track) && traded.some(({ receipt }) => receipt.lines.length > 0),
  );
  return [...visits, ...strays.map(([, traded]) => judge(traded, null, to))];
}
