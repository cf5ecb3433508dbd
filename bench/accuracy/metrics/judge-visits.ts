/**
 * Receipts laid beside the truth, visit by visit. A visit's receipts are those whose first track id is its own; more
 * than one (a body was given up and found again) add up, for the shopper pays them all. A receipt of nobody's visit
 * counts as a visit of its own with everything too much, unless it is empty: then nobody is harmed.
 */
import type { Decision, ProductId, Receipt, StoreModel } from '../../../src/domain/index.ts';
import type { AuditFinding } from '../../../src/twin/index.ts';
import { scoreItems } from '../../../src/app/score.ts';
import type { BenchRun, IssuedReceipt, SystemRun, TrueVisit } from '../benchmark-run.ts';
import type { Count } from './intervals.ts';
import { weighRun } from './step-error.ts';
import type { WeighedRun } from './step-error.ts';
import { attributedInQuestion, billedUnits, nearbyUnits, reboughtUnits } from './units-to-bill.ts';

export type Quantities = ReadonlyMap<ProductId, number>;

export interface JudgedLine {
  /** P(exactly this many units), as the receipt states it. */
  readonly probability: number;
  readonly isRight: boolean;
}

export interface Stated {
  readonly probabilityAllRight: number;
  readonly decision: Decision;
  /** From truly leaving to the receipt; null where nobody's visit ended. */
  readonly delayMs: number | null;
}

export interface JudgedVisit {
  /** False for a receipt of nobody's visit. */
  readonly isReal: boolean;
  readonly told: Quantities;
  readonly real: Quantities;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** A receipt was issued, and it is right to the last item. */
  readonly isExact: boolean;
  readonly overchargeMinor: number;
  readonly underchargeMinor: number;
  readonly trueMinor: number;
  readonly lines: readonly JudgedLine[];
  /** Null where no receipt was issued. */
  readonly stated: Stated | null;
}

/** One run of one system, judged. */
export interface JudgedRun {
  readonly visits: readonly JudgedVisit[];
  readonly findings: readonly AuditFinding[];
  /** Null where the system tells no steps. */
  readonly weighed: WeighedRun | null;
  /** Units that were taken with another body near by, and those of them with the right person. */
  readonly nearby: Count;
  /** Units that another had misplaced, and those of them on the receipt of whoever bought them. */
  readonly rebought: Count;
  readonly cpuMs: number;
  readonly spanMs: number;
}

/** Whose a receipt of nobody's visit is. */
const NOBODY = -1;

interface Pairing {
  readonly visit: TrueVisit | null;
  readonly receipts: readonly IssuedReceipt[];
  readonly store: StoreModel;
}

/** How much a receipt asks of its shopper; the heaviest of several counts. */
const DECISION_ORDER: readonly Decision[] = ['charge', 'ask', 'review', 'waive'];

function quantitiesOf(receipts: readonly Receipt[]): Quantities {
  const sum = new Map<ProductId, number>();
  for (const { productId, quantity } of receipts.flatMap(({ lines }) => lines))
    sum.set(productId, (sum.get(productId) ?? 0) + quantity);
  return sum;
}

/** Money of what `more` has beyond `less`; what has no price counts nothing. */
function worthBeyond(more: Quantities, less: Quantities, store: StoreModel): number {
  let minor = 0;
  for (const [productId, quantity] of more) {
    const price = store.catalogue.byId.get(productId)?.price?.minor ?? 0;
    minor += price * Math.max(0, quantity - (less.get(productId) ?? 0));
  }
  return minor;
}

function statedBy({ visit, receipts }: Pairing): Stated | null {
  const last = receipts.at(-1);
  if (!last) return null;
  const places = receipts.map(({ receipt }) => DECISION_ORDER.indexOf(receipt.decision));
  return {
    probabilityAllRight: receipts.reduce((all, { receipt }) => all * receipt.probabilityAllRight, 1),
    decision: DECISION_ORDER[Math.max(...places)]!,
    delayMs: visit ? last.issuedAtMs - visit.leftAtMs : null,
  };
}

function judge(pairing: Pairing): JudgedVisit {
  const { visit, store } = pairing;
  const receipts = pairing.receipts.map(({ receipt }) => receipt);
  const told = quantitiesOf(receipts);
  const real: Quantities = visit?.items ?? new Map();
  const items = scoreItems(told, real);
  const lines = receipts.flatMap((receipt) =>
    receipt.lines.map(({ productId, quantity, probability }) => ({
      probability,
      isRight: (real.get(productId) ?? 0) === quantity,
    })),
  );
  return {
    isReal: visit !== null,
    told,
    real,
    ...items,
    isExact: items.isExact && visit !== null && receipts.length > 0,
    overchargeMinor: worthBeyond(told, real, store),
    underchargeMinor: worthBeyond(real, told, store),
    trueMinor: worthBeyond(real, new Map(), store),
    lines,
    stated: statedBy(pairing),
  };
}

export function judgeRun(run: BenchRun, { receipts, interactions, cost }: SystemRun): JudgedRun {
  const { store, truth } = run;
  const byTrack = Map.groupBy(receipts, ({ receipt }) => String(receipt.trackIds[0]));
  const known = new Set(truth.visits.map(({ trackId }) => trackId));
  const pairings: Pairing[] = truth.visits.map((visit) => ({
    visit,
    receipts: byTrack.get(visit.trackId) ?? [],
    store,
  }));
  for (const [track, strays] of byTrack) {
    const isEmpty = strays.every(({ receipt }) => receipt.lines.length === 0);
    if (!known.has(track) && !isEmpty) pairings.push({ visit: null, receipts: strays, store });
  }
  const findings = run.audit?.(receipts) ?? [];
  const weighed = interactions ? weighRun(truth.deeds, interactions) : null;
  const visits = pairings.map(judge);
  const billed = visits.map(({ told, real }, index) => {
    return { personNumber: pairings[index]!.visit?.personNumber ?? NOBODY, told, real };
  });
  return {
    visits,
    findings,
    weighed,
    nearby: attributedInQuestion(nearbyUnits(truth, run.observations()), billed),
    rebought: billedUnits(reboughtUnits(truth), billed),
    cpuMs: cost.cpuMs,
    spanMs: cost.spanMs,
  };
}
