/**
 * Units of which something is known beforehand (they were taken shoulder to shoulder; somebody else had misplaced them),
 * and whether they stand on the receipt of whoever carried them out. Units of one product cannot be told apart, so what
 * misses on a receipt is taken to be the units in question first: the share is never too good.
 */
import type { ProductId, Observation, TrackFrame } from '../../../src/domain/index.ts';
import type { RunTruth, TrueDeed, TrueVisit } from '../benchmark-run.ts';
import type { Count } from './intervals.ts';

/** Head to head, over the floor: about arm against arm. */
const NEAR_M = 0.5;
/** A frame further than this from a deed tells nothing of it. */
const FRAME_MS_MAX = 500;

/** How many of a product one person carried out that matter. */
export interface UnitsInQuestion {
  readonly personNumber: number;
  readonly productId: ProductId;
  readonly count: number;
}

export interface Billed {
  readonly personNumber: number;
  readonly told: ReadonlyMap<ProductId, number>;
  readonly real: ReadonlyMap<ProductId, number>;
}

interface Owned {
  readonly deed: TrueDeed;
  readonly units: readonly number[];
}

function gathered(owned: readonly Owned[]): UnitsInQuestion[] {
  const units = new Map<string, Set<number>>();
  const whose = new Map<string, Pick<UnitsInQuestion, 'personNumber' | 'productId'>>();
  for (const { deed, units: numbers } of owned) {
    const { personNumber, productId } = deed;
    if (productId === null) continue;
    const key = `${personNumber} ${productId}`;
    whose.set(key, { personNumber, productId });
    const known = units.get(key) ?? new Set();
    units.set(key, new Set([...known, ...numbers]));
  }
  return [...whose].map(([key, who]) => ({ ...who, count: units.get(key)!.size }));
}

/** The last deed of each unit: who picked it last and kept it has carried it out. */
function keptPicks(deeds: readonly TrueDeed[]): Owned[] {
  const last = new Map<number, TrueDeed>();
  for (const deed of deeds) for (const unit of deed.unitNumbers ?? []) last.set(unit, deed);
  const kept = Map.groupBy([...last.keys()], (unit) => last.get(unit)!);
  return [...kept].flatMap(([deed, units]) => (deed.kind === 'pick' ? [{ deed, units }] : []));
}

/** What one person left in a wrong place, and another took and kept. */
export function reboughtUnits({ deeds }: RunTruth): UnitsInQuestion[] {
  const misplacedBy = new Map<number, number>();
  for (const deed of deeds)
    if (deed.kind === 'misplace')
      for (const unit of deed.unitNumbers ?? []) misplacedBy.set(unit, deed.personNumber);
  const others = keptPicks(deeds).map(({ deed, units }) => ({
    deed,
    units: units.filter((unit) => (misplacedBy.get(unit) ?? deed.personNumber) !== deed.personNumber),
  }));
  return gathered(others.filter(({ units }) => units.length > 0));
}

function isCrowded(frame: TrackFrame, ids: readonly string[]): boolean {
  const own = frame.people.find(({ trackId }) => ids.includes(trackId))?.parts.head;
  if (!own) return false;
  return frame.people.some(({ trackId, parts }) => {
    if (ids.includes(trackId) || !parts.head) return false;
    return Math.hypot(parts.head.x - own.x, parts.head.y - own.y) <= NEAR_M;
  });
}

/** The frame nearest in time; frames in order of time. */
function frameAt(frames: readonly TrackFrame[], atMs: number): TrackFrame | null {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle]!.observedAtMs < atMs) low = middle + 1;
    else high = middle;
  }
  const distance = (frame: TrackFrame | undefined): number =>
    frame ? Math.abs(frame.observedAtMs - atMs) : Infinity;
  const nearest = distance(frames[low - 1]) < distance(frames[low]) ? frames[low - 1] : frames[low];
  return nearest && distance(nearest) <= FRAME_MS_MAX ? nearest : null;
}

/** What somebody took and kept while the tracker saw another body within half a metre of theirs. */
export function nearbyUnits(
  { visits, deeds }: RunTruth,
  observations: Iterable<Observation>,
): UnitsInQuestion[] {
  const frames = [...observations]
    .filter((observation) => observation.kind === 'tracks')
    .sort((a, b) => a.observedAtMs - b.observedAtMs);
  const idsOf = new Map(
    visits.map((visit: TrueVisit) => [visit.personNumber, visit.trackIds ?? [visit.trackId]]),
  );
  return gathered(
    keptPicks(deeds).filter(({ deed }) => {
      const frame = frameAt(frames, deed.atMs);
      return frame !== null && isCrowded(frame, idsOf.get(deed.personNumber) ?? []);
    }),
  );
}

/** Of the units in question, those on their owner's receipt. */
export function billedUnits(units: readonly UnitsInQuestion[], receipts: readonly Billed[]): Count {
  let [hits, trials] = [0, 0];
  for (const { personNumber, productId, count } of units) {
    const missing = missingOf(receipts, personNumber, productId);
    hits += count - Math.min(count, missing);
    trials += count;
  }
  return { hits, trials };
}

function missingOf(receipts: readonly Billed[], personNumber: number, productId: ProductId): number {
  const own = receipts.find((receipt) => receipt.personNumber === personNumber);
  return Math.max(0, (own?.real.get(productId) ?? 0) - (own?.told.get(productId) ?? 0));
}

/** Those of them that stand on anybody's receipt: what nobody was billed says nothing of people. */
export function attributedInQuestion(units: readonly UnitsInQuestion[], receipts: readonly Billed[]): Count {
  let [hits, trials] = [0, 0];
  for (const { personNumber, productId, count } of units) {
    const missing = Math.min(count, missingOf(receipts, personNumber, productId));
    const tooMany = receipts
      .filter((receipt) => receipt.personNumber !== personNumber)
      .map(({ told, real }) => Math.max(0, (told.get(productId) ?? 0) - (real.get(productId) ?? 0)));
    const elsewhere = tooMany.reduce((sum, each) => sum + each, 0);
    hits += count - missing;
    trials += count - missing + Math.min(missing, elsewhere);
  }
  return { hits, trials };
}
