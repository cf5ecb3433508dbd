/**
 * An independent auditor: follows the truth of the world with its own books and checks every receipt of the system
 * against them. It shares no code with the world, with the ground truth or with the inference, so that a mistake in
 * one of them cannot hide in the other.
 */
import type { Catalogue, ProductId, Receipt } from '../../domain/index.ts';
import { isPassage } from '../words/index.ts';
import type { Passage, TrueEvent } from '../words/index.ts';
import { AUDIT_FINDINGS } from './findings.ts';
import type { AuditCode, AuditFinding } from './findings.ts';
import { createGoodsBook, gonePerProduct, heldGoods, moveGoods } from './goods-book.ts';
import type { GoodsBook } from './goods-book.ts';

interface Stay {
  readonly personNumber: number;
  readonly isAssociate: boolean;
  readonly enteredAtTrueMs: number;
  leftAtTrueMs: number | null;
  carried: ReadonlyMap<ProductId, number>;
}

export interface IssuedReceipt {
  readonly receipt: Receipt;
  /** When it was issued, on the clock of the run. */
  readonly issuedAtTrueMs: number;
}

export interface Auditor {
  readonly catalogue: Catalogue;
  readonly goods: GoodsBook;
  readonly stays: Map<number, Stay>;
  readonly issued: IssuedReceipt[];
  readonly findings: AuditFinding[];
}

/** A receipt has to be there this long after the exit. */
export const RECEIPT_MS_MAX = 60_000;
/** A gate may tell of somebody this long before they are through. */
const EARLY_MS = 1000;

export function createAuditor(catalogue: Catalogue): Auditor {
  return { catalogue, goods: createGoodsBook(), stays: new Map(), issued: [], findings: [] };
}

interface Note {
  readonly atTrueMs: number;
  readonly personNumber: number | null;
  readonly what: string;
  readonly amountMinor?: number;
}

function note(auditor: Auditor, code: AuditCode, found: Note): void {
  const [blame] = AUDIT_FINDINGS[code];
  auditor.findings.push({ code, blame, amountMinor: 0, ...found });
}

function notePassage(auditor: Auditor, passage: Passage): void {
  const { personNumber, atTrueMs, isAssociate } = passage;
  if (passage.kind === 'entered') {
    const stay = {
      personNumber,
      isAssociate,
      enteredAtTrueMs: atTrueMs,
      leftAtTrueMs: null,
      carried: new Map(),
    };
    auditor.stays.set(personNumber, stay);
    return;
  }
  const stay = auditor.stays.get(personNumber);
  if (!stay || stay.leftAtTrueMs !== null) {
    note(auditor, 'DEED_AFTER_LEAVING', { atTrueMs, personNumber, what: 'leaves without being inside' });
    return;
  }
  stay.leftAtTrueMs = atTrueMs;
  stay.carried = heldGoods(auditor.goods, personNumber, true);
}

function isInside(auditor: Auditor, personNumber: number): boolean {
  return auditor.stays.get(personNumber)?.leftAtTrueMs === null;
}

/** Every true event, in order of time. */
export function auditTruth(auditor: Auditor, event: TrueEvent): void {
  if (isPassage(event)) {
    notePassage(auditor, event);
    return;
  }
  const { kind, personNumber, toPersonNumber, atTrueMs } = event;
  if (!isInside(auditor, personNumber))
    note(auditor, 'DEED_AFTER_LEAVING', { atTrueMs, personNumber, what: `${kind} by somebody outside` });
  if (toPersonNumber !== null && !isInside(auditor, toPersonNumber))
    note(auditor, 'DEED_AFTER_LEAVING', { atTrueMs, personNumber, what: `${kind} to somebody outside` });
  for (const what of moveGoods(auditor.goods, event))
    note(auditor, 'GOODS_NOT_CONSERVED', { atTrueMs, personNumber, what });
}

/** Every receipt as it is issued. Checks its arithmetic at once; whom it belongs to is asked at the end. */
export function auditReceipt(auditor: Auditor, issued: IssuedReceipt): void {
  auditor.issued.push(issued);
  const { receipt, issuedAtTrueMs: atTrueMs } = issued;
  let totalMinor = 0;
  for (const line of receipt.lines) {
    const where = `${receipt.visitId}: ${line.productId}`;
    const isCount = Number.isInteger(line.quantity) && line.quantity >= 1;
    const isShare = line.probability >= 0 && line.probability <= 1 + 1e-9;
    const product = auditor.catalogue.byId.get(line.productId);
    if (!isCount || !isShare || !product)
      note(auditor, 'LINE_INVALID', { atTrueMs, personNumber: null, what: `${where} × ${line.quantity}` });
    const expectedMinor = (product?.price?.minor ?? 0) * line.quantity;
    if ((line.amount?.minor ?? 0) !== expectedMinor)
      note(auditor, 'TOTAL_WRONG', {
        atTrueMs,
        personNumber: null,
        what: `${where} costs ${line.amount?.minor}, not ${expectedMinor}`,
      });
    totalMinor += line.amount?.minor ?? 0;
  }
  if (totalMinor !== receipt.total.minor)
    note(auditor, 'TOTAL_WRONG', {
      atTrueMs,
      personNumber: null,
      what: `${receipt.visitId}: ${receipt.total.minor} is not the sum ${totalMinor}`,
    });
}

/** Whose body went under a track id, as the tracker's own truth has it. */
export type OwnerOf = (trackId: string) => number | null;

function priceMinor(auditor: Auditor, product: ProductId): number {
  return auditor.catalogue.byId.get(product)?.price?.minor ?? 0;
}

function compare(auditor: Auditor, stay: Stay, issued: IssuedReceipt): void {
  const { receipt, issuedAtTrueMs: atTrueMs } = issued;
  const { personNumber } = stay;
  const listed = new Map<ProductId, number>();
  for (const line of receipt.lines)
    listed.set(line.productId, (listed.get(line.productId) ?? 0) + line.quantity);
  for (const product of new Set([...listed.keys(), ...stay.carried.keys()])) {
    const over = (listed.get(product) ?? 0) - (stay.carried.get(product) ?? 0);
    if (over === 0) continue;
    const overCode = receipt.decision === 'charge' ? 'CHARGED_NOT_CARRIED' : 'LISTED_NOT_CARRIED';
    note(auditor, over > 0 ? overCode : 'CARRIED_NOT_LISTED', {
      atTrueMs,
      personNumber,
      what: `${Math.abs(over)} × ${product} on ${receipt.visitId} (${receipt.decision})`,
      amountMinor: Math.abs(over) * priceMinor(auditor, product),
    });
  }
}

function checkOwner(
  auditor: Auditor,
  issued: IssuedReceipt,
  { owned, ownerOf }: { readonly owned: Map<number, IssuedReceipt>; readonly ownerOf: OwnerOf },
): void {
  const { receipt, issuedAtTrueMs: atTrueMs } = issued;
  const personNumber = ownerOf(String(receipt.trackIds[0]));
  const stay = personNumber === null ? undefined : auditor.stays.get(personNumber);
  if (personNumber === null || !stay) {
    const what = `${receipt.visitId} lists ${receipt.lines.length} products`;
    if (receipt.lines.length > 0) note(auditor, 'RECEIPT_FOR_NOBODY', { atTrueMs, personNumber: null, what });
    return;
  }
  if (owned.has(personNumber)) {
    const what = `${receipt.visitId} comes after ${owned.get(personNumber)!.receipt.visitId}`;
    note(auditor, 'RECEIPT_TWICE', { atTrueMs, personNumber, what });
    return;
  }
  owned.set(personNumber, issued);
  if (stay.leftAtTrueMs === null || stay.leftAtTrueMs > atTrueMs + EARLY_MS)
    note(auditor, 'RECEIPT_BEFORE_EXIT', {
      atTrueMs,
      personNumber,
      what: `${receipt.visitId} was issued inside`,
    });
  compare(auditor, stay, issued);
}

/** Closes the books: whose receipt is missing, whose is wrong, and whether more was sold than is gone. */
export function closeAudit(
  auditor: Auditor,
  options: { readonly ownerOf: OwnerOf; readonly endsAtTrueMs: number },
): readonly AuditFinding[] {
  const owned = new Map<number, IssuedReceipt>();
  const { ownerOf } = options;
  for (const issued of auditor.issued) checkOwner(auditor, issued, { owned, ownerOf });
  for (const stay of auditor.stays.values()) {
    if (stay.leftAtTrueMs === null || stay.isAssociate) continue;
    const { personNumber } = stay;
    const late = (owned.get(personNumber)?.issuedAtTrueMs ?? options.endsAtTrueMs) - stay.leftAtTrueMs;
    if (owned.has(personNumber) && late <= RECEIPT_MS_MAX) continue;
    const what = owned.has(personNumber) ? `it came ${Math.round(late / 1000)} s late` : 'none came';
    note(auditor, 'RECEIPT_MISSING', { atTrueMs: stay.leftAtTrueMs, personNumber, what });
  }
  checkSold(auditor, options.endsAtTrueMs);
  return auditor.findings;
}

function checkSold(auditor: Auditor, atTrueMs: number): void {
  const gone = gonePerProduct(auditor.goods);
  const charged = auditor.issued.filter(({ receipt }) => receipt.decision === 'charge');
  const sold = new Map<ProductId, number>();
  for (const { receipt } of charged)
    for (const line of receipt.lines)
      sold.set(line.productId, (sold.get(line.productId) ?? 0) + line.quantity);
  for (const [product, count] of sold) {
    const most = gone.get(product) ?? 0;
    if (count <= most) continue;
    const amountMinor = (count - most) * priceMinor(auditor, product);
    note(auditor, 'MORE_SOLD_THAN_GONE', {
      atTrueMs,
      personNumber: null,
      what: `${count} × ${product} were charged, ${most} are gone`,
      amountMinor,
    });
  }
}
