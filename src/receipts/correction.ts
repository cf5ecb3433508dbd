/**
 * Corrections: a new revision from the latest one. What is given back is given back to the unit, at exactly the price,
 * tax and fees that were allocated to it, so parts always add up to the whole and never exceed it. Of equal-looking
 * units of a line the dearest go first: the choice is the shopper's, and we make it for them. Nothing here moves money;
 * the payment takes the sale of the new revision.
 */
import { ok, refused } from '../base/index.ts';
import type { EpochMs, Result } from '../base/index.ts';
import type { DataProblem } from '../domain/index.ts';
import { roundedQuotient, splitByWeight } from '../pricing/index.ts';
import type { ReceiptGoods } from './goods-of.ts';
import type { ReceiptProblemCode } from './problem-codes.ts';
import { reasonTerms } from './reasons.ts';
import type { CorrectedBy, CorrectionReason } from './reasons.ts';
import type {
  ReceiptContent,
  ReceiptFee,
  ReceiptLine,
  ReceiptSums,
  ReceiptUnit,
  TaxShare,
} from './receipt-content.ts';
import { canonicalText } from './seal.ts';
import { namesIn, sumsOf, worthMinor } from './sums.ts';

export type CorrectionChange =
  /** Units of lines, and pieces of fees that no unit carries. */
  | {
      readonly kind: 'give-back';
      readonly lines: readonly { readonly lineId: string; readonly units: number }[];
      readonly fees: readonly { readonly fee: string; readonly pieces: number }[];
    }
  | { readonly kind: 'give-back-all' }
  /** So much less for what is left of a line. */
  | { readonly kind: 'reduce'; readonly lineId: string; readonly minor: number }
  /** The basket was another one, priced anew by the books of the day on which it was bought. */
  | { readonly kind: 'replace'; readonly goods: ReceiptGoods };

export interface Correction {
  /** Whoever asks twice gets it once. */
  readonly correctionId: string;
  readonly atMs: EpochMs;
  readonly reason: CorrectionReason;
  readonly by: CorrectedBy;
  readonly note: string | null;
  readonly change: CorrectionChange;
}

type Parts = Pick<ReceiptContent, 'lines' | 'fees'>;
type Changed<Value> = Result<Value, DataProblem>;

const REMEDIES: Readonly<Partial<Record<ReceiptProblemCode, string>>> = {
  RECEIPT_LINE_UNKNOWN: 'Name a line or fee of the latest revision.',
  RECEIPT_UNITS_MISSING: 'Look at what the latest revision has given back already.',
  RECEIPT_COUNT_INVALID: 'Give a whole number above zero.',
  RECEIPT_REDUCTION_TOO_LARGE: 'Give back the units instead.',
};

function problemOf(content: ReceiptContent, code: ReceiptProblemCode, what: string): DataProblem {
  const remedy = REMEDIES[code] ?? 'Nothing was changed; correct the request.';
  return { code, where: content.receiptId, what, remedy };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** The places of the dearest `count` of those that are left; fewer where fewer are. */
function dearestLeft<Part extends { readonly givenBackIn: number | null }>(
  parts: readonly Part[],
  count: number,
  worthOf: (part: Part) => number,
): ReadonlySet<number> {
  const left = parts.flatMap((part, place) =>
    part.givenBackIn === null ? [{ place, worth: worthOf(part) }] : [],
  );
  return new Set(
    left
      .toSorted((a, b) => b.worth - a.worth || a.place - b.place)
      .slice(0, count)
      .map(({ place }) => place),
  );
}

interface Taking {
  readonly id: string;
  readonly count: number;
}

/** Whoever has parts that can be given back: lines with units, fees with pieces. */
interface Owners<Owner, Part extends { readonly givenBackIn: number | null }> {
  readonly all: readonly Owner[];
  readonly idOf: (owner: Owner) => string;
  readonly partsOf: (owner: Owner) => readonly Part[];
  readonly worthOf: (part: Part) => number;
  readonly withParts: (owner: Owner, parts: readonly Part[]) => Owner;
}

/** Counts by owner, or why one of them cannot be. */
function countsOf<Owner, Part extends { readonly givenBackIn: number | null }>(
  content: ReceiptContent,
  takings: readonly Taking[],
  owners: Owners<Owner, Part>,
): Changed<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { id, count } of takings) {
    if (!isCount(count)) return refused(problemOf(content, 'RECEIPT_COUNT_INVALID', `${count} of ${id}`));
    counts.set(id, (counts.get(id) ?? 0) + count);
  }
  const byId = new Map(owners.all.map((owner) => [owners.idOf(owner), owner]));
  for (const [id, count] of counts) {
    const owner = byId.get(id);
    if (owner === undefined) return refused(problemOf(content, 'RECEIPT_LINE_UNKNOWN', `there is no ${id}`));
    const left = owners.partsOf(owner).filter(({ givenBackIn }) => givenBackIn === null).length;
    const what = `${count} of ${id}, of which ${left} are left`;
    if (left < count) return refused(problemOf(content, 'RECEIPT_UNITS_MISSING', what));
  }
  return ok(counts);
}

/** Marks the dearest of what is left of each named owner as given back. */
function taken<Owner, Part extends { readonly givenBackIn: number | null }>(
  content: ReceiptContent,
  takings: readonly Taking[],
  owners: Owners<Owner, Part>,
): Changed<readonly Owner[]> {
  const counts = countsOf(content, takings, owners);
  if (!counts.ok) return counts;
  const givenBackIn = content.revision + 1;
  const marked = owners.all.map((owner) => {
    const parts = owners.partsOf(owner);
    const places = dearestLeft(parts, counts.value.get(owners.idOf(owner)) ?? 0, owners.worthOf);
    if (places.size === 0) return owner;
    return owners.withParts(
      owner,
      parts.map((part, place) => (places.has(place) ? { ...part, givenBackIn } : part)),
    );
  });
  return ok(marked);
}

function givenBack(
  content: ReceiptContent,
  change: Extract<CorrectionChange, { kind: 'give-back' }>,
): Changed<Parts> {
  const { includesTax } = content;
  const lineTakings = change.lines.map(({ lineId, units }) => ({ id: lineId, count: units }));
  const lines = taken<ReceiptLine, ReceiptUnit>(content, lineTakings, {
    all: content.lines,
    idOf: (line) => line.lineId,
    partsOf: (line) => line.units,
    worthOf: (unit) => worthMinor(unit, includesTax),
    withParts: (line, units) => ({ ...line, units }),
  });
  if (!lines.ok) return lines;
  const feeTakings = change.fees.map(({ fee, pieces }) => ({ id: fee, count: pieces }));
  const fees = taken<ReceiptFee, ReceiptFee['loose'][number]>(content, feeTakings, {
    all: content.fees,
    idOf: (fee) => fee.fee,
    partsOf: (fee) => fee.loose,
    worthOf: ({ minor }) => minor,
    withParts: (fee, loose) => ({ ...fee, loose }),
  });
  return fees.ok ? ok({ lines: lines.value, fees: fees.value }) : fees;
}

function givenBackAll(content: ReceiptContent): Parts {
  const givenBackIn = content.revision + 1;
  const mark = <Part extends { readonly givenBackIn: number | null }>(part: Part): Part =>
    part.givenBackIn === null ? { ...part, givenBackIn } : part;
  return {
    lines: content.lines.map((line) => ({ ...line, units: line.units.map(mark) })),
    fees: content.fees.map((fee) => ({ ...fee, loose: fee.loose.map(mark) })),
  };
}

/** Tax follows its base, each share rounded half up once. */
function scaledTax(tax: TaxShare, byMinor: number): TaxShare {
  const baseMinor = Math.max(0, tax.baseMinor - byMinor);
  if (tax.baseMinor === 0) return tax;
  const scaled = roundedQuotient(BigInt(tax.minor) * BigInt(baseMinor), BigInt(tax.baseMinor), 'half-up');
  return { ...tax, baseMinor, minor: Number(scaled) };
}

function reducedUnit(unit: ReceiptUnit, byMinor: number, reason: CorrectionReason): ReceiptUnit {
  if (byMinor === 0) return unit;
  return {
    ...unit,
    reductions: [...unit.reductions, { because: reason, name: '', funder: 'store', minor: byMinor }],
    netMinor: unit.netMinor - byMinor,
    taxes: unit.taxes.map((tax) => scaledTax(tax, byMinor)),
  };
}

function reduced(
  content: ReceiptContent,
  { lineId, minor }: Extract<CorrectionChange, { kind: 'reduce' }>,
  reason: CorrectionReason,
): Changed<Parts> {
  const line = content.lines.find((each) => each.lineId === lineId);
  if (line === undefined) return refused(problemOf(content, 'RECEIPT_LINE_UNKNOWN', `there is no ${lineId}`));
  if (!isCount(minor)) return refused(problemOf(content, 'RECEIPT_COUNT_INVALID', `${minor} off ${lineId}`));
  const nets = line.units.map((unit) => (unit.givenBackIn === null ? unit.netMinor : 0));
  const left = nets.reduce((sum, net) => sum + net, 0);
  if (left < minor)
    return refused(
      problemOf(content, 'RECEIPT_REDUCTION_TOO_LARGE', `${minor} off ${lineId}, which is ${left}`),
    );
  const parts = splitByWeight(minor, nets);
  const units = line.units.map((unit, place) => reducedUnit(unit, parts[place]!, reason));
  return ok({
    lines: content.lines.map((each) => (each === line ? { ...line, units } : each)),
    fees: content.fees,
  });
}

interface ChangedGoods extends Parts {
  readonly sums: ReceiptSums;
  readonly disclosures: readonly string[];
}

function changedGoods(content: ReceiptContent, { change, reason }: Correction): Changed<ChangedGoods> {
  if (change.kind === 'replace') {
    const { goods } = change;
    if (goods.currency === content.currency && goods.includesTax === content.includesTax) return ok(goods);
    const what = `priced in ${goods.currency}, the receipt is in ${content.currency}`;
    return refused(problemOf(content, 'RECEIPT_CURRENCY', what));
  }
  const parts =
    change.kind === 'give-back'
      ? givenBack(content, change)
      : change.kind === 'reduce'
        ? reduced(content, change, reason)
        : ok(givenBackAll(content));
  if (!parts.ok) return parts;
  const { includesTax, sums, disclosures } = content;
  const goods = { includesTax, ...parts.value };
  return ok({ ...parts.value, sums: sumsOf(goods, sums.cashAdjustmentMinor, namesIn(sums)), disclosures });
}

/**
 * The next revision, not yet marked or sealed.
 *
 * @param content of the latest revision.
 */
export function corrected(content: ReceiptContent, correction: Correction): Changed<ReceiptContent> {
  const { correctionId, reason, by, note, atMs } = correction;
  const terms = reasonTerms(reason);
  if (!terms.by.includes(by))
    return refused(problemOf(content, 'RECEIPT_REASON_NOT_THEIRS', `${reason} by ${by}`));
  const goods = changedGoods(content, correction);
  if (!goods.ok) return goods;
  const { lines, fees, sums, disclosures } = goods.value;
  const givenBackMinor = content.sums.toPayMinor - sums.toPayMinor;
  if (givenBackMinor < 0 && !terms.isUpward)
    return refused(
      problemOf(content, 'RECEIPT_REASON_NOT_UPWARD', `${reason} asks for ${-givenBackMinor} more`),
    );
  if (canonicalText([lines, fees]) === canonicalText([content.lines, content.fees]))
    return refused(problemOf(content, 'RECEIPT_UNCHANGED', 'everything is as it was'));
  return ok({
    ...content,
    revision: content.revision + 1,
    issuedAtMs: atMs,
    lines,
    fees,
    sums,
    disclosures,
    change: { correctionId, reason, by, note, givenBackMinor },
    fiscal: { kind: 'not-needed' },
  });
}
