/**
 * The truth of a run in the form of docs/reference/ground-truth.md: a receipt for everybody who shopped, and beyond
 * what scoring needs every true deed. Times are milliseconds since 1970, weights grams.
 */
import type { EpochMs } from '../../base/index.ts';
import type { Deed, Truth, TrueVisit } from '../../twin/index.ts';
import type { GroundTruth } from '../ground-truth.ts';
import type { PlannedRun } from './plan-run.ts';

interface TrueStay {
  readonly person: number;
  /** People of one party share one payer. */
  readonly party: number;
  readonly trackIds: readonly string[];
  readonly enteredAtMs: number;
  /** Null for whoever was still inside when the run ended. */
  readonly leftAtMs: number | null;
}

interface TrueReceipt extends TrueStay {
  readonly targetId: string;
  readonly products: readonly { readonly barcode: string; readonly quantity: number }[];
}

interface TrueDeed {
  readonly atMs: number;
  readonly kind: Deed['kind'];
  readonly targetId: string;
  readonly toTargetId?: string;
  /** Null for somebody's own thing. */
  readonly barcode: string | null;
  readonly quantity: number;
  readonly plates: readonly string[];
  readonly deltaGrams: number;
}

export interface TruthDocument {
  readonly format: 'tillfree-ground-truth';
  readonly version: 1;
  readonly simulated: { readonly scenario: string; readonly seed: number };
  readonly receipts: readonly TrueReceipt[];
  /** Whoever works there: what they take is no sale. */
  readonly associates: readonly (TrueStay & { readonly targetId: string })[];
  readonly events: readonly TrueDeed[];
}

const GRAM_DECIMALS = 1000;

/** The first id under which the body was told; a name that no tracker gives where it never was, or is still inside. */
function targetIdOf({ trackIds, personNumber }: TrueVisit): string {
  return trackIds[0] ?? `person-${personNumber}-untracked`;
}

function stayOf(visit: TrueVisit, startsAtMs: EpochMs): TrueStay & { readonly targetId: string } {
  const { leftAtTrueMs } = visit;
  const at = (trueMs: number): number => Math.round(startsAtMs + trueMs);
  return {
    targetId: targetIdOf(visit),
    person: visit.personNumber,
    party: visit.partyNumber,
    trackIds: visit.trackIds,
    enteredAtMs: at(visit.enteredAtTrueMs),
    leftAtMs: leftAtTrueMs === null ? null : at(leftAtTrueMs),
  };
}

function deedOf(deed: Deed, nameOf: (personNumber: number) => string, startsAtMs: EpochMs): TrueDeed {
  const { toPersonNumber } = deed;
  return {
    atMs: Math.round(startsAtMs + deed.atTrueMs),
    kind: deed.kind,
    targetId: nameOf(deed.personNumber),
    ...(toPersonNumber === null ? {} : { toTargetId: nameOf(toPersonNumber) }),
    barcode: deed.productId,
    quantity: deed.unitNumbers.length,
    plates: deed.plateIds,
    deltaGrams: Math.round(deed.deltaGrams * GRAM_DECIMALS) / GRAM_DECIMALS,
  };
}

export function truthDocument({ name, seed, plan }: PlannedRun, { visits, deeds }: Truth): TruthDocument {
  const { startsAtMs } = plan;
  const names = new Map(visits.map((visit) => [visit.personNumber, targetIdOf(visit)]));
  const nameOf = (person: number): string => names.get(person) ?? `person-${person}-untracked`;
  const shoppers = visits.filter((visit) => !visit.isAssociate);
  return {
    format: 'tillfree-ground-truth',
    version: 1,
    simulated: { scenario: name, seed },
    receipts: shoppers.map((visit) => ({
      ...stayOf(visit, startsAtMs),
      products: [...visit.items].map(([barcode, quantity]) => ({ barcode, quantity })),
    })),
    associates: visits.filter((visit) => visit.isAssociate).map((visit) => stayOf(visit, startsAtMs)),
    events: deeds.map((deed) => deedOf(deed, nameOf, startsAtMs)),
  };
}

/** What `tillfree score` reads of it. */
export function groundTruthOf({ receipts }: TruthDocument): GroundTruth {
  return {
    receipts: receipts.map(({ targetId, products }) => ({ targetId, products: [...products] })),
  };
}

/** One line a receipt and a deed, so that two runs can be compared line by line. */
export function truthText(document: TruthDocument): string {
  const { receipts, associates, events, ...head } = document;
  const list = (records: readonly unknown[]): string =>
    records.length === 0
      ? '[]'
      : `[\n${records.map((record) => `    ${JSON.stringify(record)}`).join(',\n')}\n  ]`;
  const fields = [
    ...Object.entries(head).map(([name, value]) => [name, JSON.stringify(value)]),
    ['receipts', list(receipts)],
    ['associates', list(associates)],
    ['events', list(events)],
  ];
  return `{\n${fields.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`;
}
