/**
 * The ground truth of a run, gathered as it is told: who came and went, under which track ids, and what each carried
 * out. Kept apart from the world's own books and from the auditor's.
 */
import type { ProductId } from '../../domain/index.ts';
import { isPassage } from '../words/index.ts';
import type { Deed, Passage, TrueEvent } from '../words/index.ts';

export interface TrueVisit {
  readonly personNumber: number;
  readonly partyNumber: number;
  readonly isAssociate: boolean;
  readonly enteredAtTrueMs: number;
  /** Null while they are inside. */
  readonly leftAtTrueMs: number | null;
  /** The ids under which the tracker told this body, the first one first. */
  readonly trackIds: readonly string[];
  /** The shop's goods they hold: what they carried out, once they have left. */
  readonly items: ReadonlyMap<ProductId, number>;
}

export interface Truth {
  readonly visits: readonly TrueVisit[];
  readonly deeds: readonly Deed[];
}

interface OpenVisit extends TrueVisit {
  leftAtTrueMs: number | null;
  trackIds: readonly string[];
  readonly items: Map<ProductId, number>;
}

export interface TruthBook {
  readonly visits: Map<number, OpenVisit>;
  readonly deeds: Deed[];
}

export function createTruthBook(): TruthBook {
  return { visits: new Map(), deeds: [] };
}

function change(visit: OpenVisit | undefined, product: ProductId, by: number): void {
  if (!visit) return;
  const count = (visit.items.get(product) ?? 0) + by;
  if (count === 0) visit.items.delete(product);
  else visit.items.set(product, count);
}

function noteDeed(book: TruthBook, deed: Deed): void {
  book.deeds.push(deed);
  // Own things, and goods that an associate brings, are nobody's purchase.
  if (deed.productId === null || deed.kind === 'restock') return;
  const count = deed.unitNumbers.length;
  const owner = book.visits.get(deed.personNumber);
  change(owner, deed.productId, deed.kind === 'pick' ? count : -count);
  if (deed.toPersonNumber !== null) change(book.visits.get(deed.toPersonNumber), deed.productId, count);
}

function notePassage(book: TruthBook, passage: Passage): void {
  const { personNumber, partyNumber, isAssociate, atTrueMs } = passage;
  if (passage.kind === 'left') {
    const visit = book.visits.get(personNumber);
    if (visit) visit.leftAtTrueMs = atTrueMs;
    return;
  }
  const times = { enteredAtTrueMs: atTrueMs, leftAtTrueMs: null };
  const visit = { personNumber, partyNumber, isAssociate, ...times, trackIds: [], items: new Map() };
  book.visits.set(personNumber, visit);
}

export function noteTruth(book: TruthBook, event: TrueEvent): void {
  if (isPassage(event)) notePassage(book, event);
  else noteDeed(book, event);
}

/** Tells under which ids a body went. */
export function noteTrackIds(book: TruthBook, personNumber: number, trackIds: readonly string[]): void {
  const visit = book.visits.get(personNumber);
  if (visit) visit.trackIds = trackIds;
}

/**
 * Whose body a track id names: whoever was first told under it, else anybody who ever went under it (ids that the tracker
 * mixed up stand with both).
 */
export function ownerIn(truth: Truth): (trackId: string) => number | null {
  const owners = new Map<string, number>();
  for (const { trackIds, personNumber } of truth.visits)
    if (trackIds[0] !== undefined) owners.set(trackIds[0], personNumber);
  for (const { trackIds, personNumber } of truth.visits)
    for (const id of trackIds) if (!owners.has(id)) owners.set(id, personNumber);
  return (trackId) => owners.get(trackId) ?? null;
}

export function truthOf(book: TruthBook): Truth {
  return { visits: [...book.visits.values()], deeds: book.deeds };
}
