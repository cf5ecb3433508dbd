/**
 * Visits written down action by action, to be acted out: by hand for a test or a demo, or from labels of real visits.
 * A script is data from outside, so it is checked whole before anybody moves, and each slip is named.
 */
import type { DataProblem, ProductId } from '../../domain/index.ts';
import { ownRandom } from '../words/index.ts';
import type { TwinStore } from '../words/index.ts';
import type { Task } from '../people/index.ts';
import { drawTraits } from './people-traits.ts';
import type { PlannedArrival } from './planned-arrival.ts';

export type ScriptedAction =
  | ScriptedGoods<'take'>
  | ScriptedGoods<'put-back'>
  | {
      readonly kind: 'lean';
      readonly atS: number;
      readonly plateId: string;
      readonly grams: number;
      readonly forS: number;
    }
  | { readonly kind: 'bump'; readonly atS: number; readonly plateId: string; readonly peakGrams: number }
  | { readonly kind: 'give'; readonly atS: number; readonly productId: string; readonly to: string };

interface ScriptedGoods<Kind extends string> {
  readonly kind: Kind;
  /** Seconds from the start of the run: the hand is at the shelf then, or as soon after as legs allow. */
  readonly atS: number;
  readonly productId: string;
  /** 1 where it is missing. */
  readonly count?: number;
  /** The product's first facing where they are missing. */
  readonly plateIds?: readonly string[];
}

export interface ScriptedVisit {
  readonly person: string;
  readonly entersAtS: number;
  readonly actions: readonly ScriptedAction[];
}

export interface VisitScript {
  readonly name: string;
  readonly visits: readonly ScriptedVisit[];
  /** The file that the script came from, for problems. */
  readonly where: string;
}

export const SCRIPT_PROBLEM_CODES = {
  SCRIPT_TIME_ORDER:
    'An action of a visit script comes before the one above it, or before its person enters.',
  SCRIPT_TIME_INVALID: 'A time of a visit script is no number of seconds from 0 on.',
  SCRIPT_PRODUCT_UNKNOWN: 'A visit script names a product that the store lacks, or that lies nowhere.',
  SCRIPT_PLATE_UNKNOWN: 'A visit script names a plate that the layout lacks.',
  SCRIPT_PRODUCT_NOT_HELD: 'A visit script puts back or gives away what its person does not hold.',
  SCRIPT_PERSON_UNKNOWN: 'A visit script names a person twice, or one who is not in it.',
  SCRIPT_COUNT_INVALID: 'A visit script takes or puts back no whole number of units from 1 to 20.',
  SCRIPT_FORCE_INVALID: 'A lean or bump of a visit script has no finite force, or a lean lasts no time.',
} as const;

type ScriptCode = keyof typeof SCRIPT_PROBLEM_CODES;

const REMEDIES: Readonly<Record<ScriptCode, string>> = {
  SCRIPT_TIME_ORDER: 'Put the actions of each person in the order of their times, after entersAtS.',
  SCRIPT_TIME_INVALID: 'Write times as seconds from the start of the run.',
  SCRIPT_PRODUCT_UNKNOWN: 'Name a product of the catalogue that has a facing, or give plateIds.',
  SCRIPT_PLATE_UNKNOWN: 'Name plates as fixture/shelf/plate, as the layout does.',
  SCRIPT_PRODUCT_NOT_HELD: 'Let the person take it first, and enough of it.',
  SCRIPT_PERSON_UNKNOWN: 'Give every person one name and one visit.',
  SCRIPT_COUNT_INVALID: 'Write count as a whole number from 1 to 20, or leave it out for 1.',
  SCRIPT_FORCE_INVALID: 'Write forces as finite grams, and how long a lean lasts as seconds above 0.',
};

const COUNT_MAX = 20;

interface Reader {
  readonly store: TwinStore;
  readonly script: VisitScript;
  readonly problems: DataProblem[];
  readonly productIds: ReadonlyMap<string, ProductId>;
  readonly plateIndexes: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
}

interface Slip {
  readonly at: readonly [visit: number, action: number | null];
  readonly what: string;
}

function note(reader: Reader, code: ScriptCode, { at, what }: Slip): void {
  const [visit, action] = at;
  const record = action === null ? `visits[${visit}]` : `visits[${visit}].actions[${action}]`;
  reader.problems.push({ code, where: `${reader.script.where}:${record}`, what, remedy: REMEDIES[code] });
}

/** Where the product stands first, as planned. */
function homePlates(store: TwinStore, product: ProductId): string[] {
  return [...(store.model.planogram.facings.find((facing) => facing.productId === product)?.plateIds ?? [])];
}

interface Wish {
  readonly productId: ProductId;
  readonly count: number;
  readonly plateIndexes: readonly number[];
}

function goodsOf(
  reader: Reader,
  action: ScriptedGoods<'take' | 'put-back'>,
  at: readonly [number, number],
): Wish | null {
  const count = action.count ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > COUNT_MAX)
    note(reader, 'SCRIPT_COUNT_INVALID', { at, what: `count is ${count}` });
  const productId = reader.productIds.get(action.productId);
  if (!productId) {
    note(reader, 'SCRIPT_PRODUCT_UNKNOWN', {
      at,
      what: `product ${action.productId} is not in the catalogue`,
    });
    return null;
  }
  const plateIds = action.plateIds ?? homePlates(reader.store, productId);
  if (plateIds.length === 0)
    note(reader, 'SCRIPT_PRODUCT_UNKNOWN', { at, what: `product ${action.productId} has no facing` });
  const plateIndexes = plateIds.flatMap((plateId) => plateIndexOf(reader, plateId, at) ?? []);
  return plateIndexes.length > 0 ? { productId, count, plateIndexes } : null;
}

function plateIndexOf(reader: Reader, plateId: string, at: readonly [number, number]): number | null {
  const plateIndex = reader.plateIndexes.get(plateId);
  if (plateIndex !== undefined) return plateIndex;
  note(reader, 'SCRIPT_PLATE_UNKNOWN', { at, what: `plate ${plateId} is not in the layout` });
  return null;
}

/** Notes what people hold while the script is read, to find what cannot be put back. */
class Hands {
  private readonly counts = new Map<string, number>();

  hold(person: string, product: string, by: number): boolean {
    const key = JSON.stringify([person, product]);
    const count = (this.counts.get(key) ?? 0) + by;
    if (count < 0) return false;
    this.counts.set(key, count);
    return true;
  }
}

function checkForce(
  reader: Reader,
  action: Extract<ScriptedAction, { readonly kind: 'lean' | 'bump' }>,
  at: readonly [number, number],
): void {
  const [name, grams] = action.kind === 'lean' ? ['grams', action.grams] : ['peakGrams', action.peakGrams];
  if (!Number.isFinite(grams)) note(reader, 'SCRIPT_FORCE_INVALID', { at, what: `${name} is ${grams}` });
  if (action.kind === 'lean' && !(action.forS > 0 && action.forS < Infinity))
    note(reader, 'SCRIPT_FORCE_INVALID', { at, what: `forS is ${action.forS}` });
}

function taskOf(reader: Reader, action: ScriptedAction, at: readonly [number, number]): Task | null {
  const notBeforeTrueMs = action.atS * 1000;
  if (action.kind === 'take' || action.kind === 'put-back') {
    const goods = goodsOf(reader, action, at);
    return goods && { kind: action.kind === 'take' ? 'take' : 'put', notBeforeTrueMs, ...goods };
  }
  if (action.kind === 'give') {
    const toPersonNumber = reader.numbers.get(action.to);
    const productId = reader.productIds.get(action.productId);
    if (toPersonNumber === undefined)
      note(reader, 'SCRIPT_PERSON_UNKNOWN', { at, what: `nobody is called ${action.to}` });
    if (!productId)
      note(reader, 'SCRIPT_PRODUCT_UNKNOWN', {
        at,
        what: `product ${action.productId} is not in the catalogue`,
      });
    return toPersonNumber === undefined || !productId
      ? null
      : { kind: 'hand-over', notBeforeTrueMs, productId, toPersonNumber };
  }
  checkForce(reader, action, at);
  const plateIndex = plateIndexOf(reader, action.plateId, at);
  if (plateIndex === null) return null;
  if (action.kind === 'bump')
    return { kind: 'bump', notBeforeTrueMs, plateIndex, peakGrams: action.peakGrams };
  return {
    kind: 'lean',
    notBeforeTrueMs,
    plateIndex,
    forceGrams: action.grams,
    durationMs: action.forS * 1000,
  };
}

interface Dated {
  readonly visit: ScriptedVisit;
  readonly action: ScriptedAction;
  readonly at: readonly [number, number];
}

/** All actions of all people by time, to follow what is in whose hands. */
function checkHands(reader: Reader): void {
  const dated = reader.script.visits.flatMap((visit, visitIndex) =>
    visit.actions.map((action, index): Dated => ({ visit, action, at: [visitIndex, index] })),
  );
  const hands = new Hands();
  for (const { visit, action, at } of dated.toSorted((a, b) => a.action.atS - b.action.atS)) {
    if (action.kind === 'lean' || action.kind === 'bump') continue;
    const count = action.kind === 'give' ? 1 : (action.count ?? 1);
    const isHeld = hands.hold(visit.person, action.productId, action.kind === 'take' ? count : -count);
    if (!isHeld)
      note(reader, 'SCRIPT_PRODUCT_NOT_HELD', {
        at,
        what: `${visit.person} does not hold ${count} × ${action.productId}`,
      });
    if (isHeld && action.kind === 'give') hands.hold(action.to, action.productId, 1);
  }
}

function isTime(seconds: number): boolean {
  return seconds >= 0 && seconds < Infinity;
}

function checkTimes(reader: Reader, visit: ScriptedVisit, visitIndex: number): void {
  let before = visit.entersAtS;
  if (!isTime(visit.entersAtS))
    note(reader, 'SCRIPT_TIME_INVALID', { at: [visitIndex, null], what: `entersAtS is ${visit.entersAtS}` });
  visit.actions.forEach(({ atS }, index) => {
    if (!isTime(atS)) note(reader, 'SCRIPT_TIME_INVALID', { at: [visitIndex, index], what: `atS is ${atS}` });
    else if (atS < before) {
      const than = index === 0 ? `entersAtS (${before} s)` : `the action above (${before} s)`;
      note(reader, 'SCRIPT_TIME_ORDER', {
        at: [visitIndex, index],
        what: `${visit.person} acts at ${atS} s, before ${than}`,
      });
    }
    if (isTime(atS)) before = Math.max(before, atS);
  });
}

/** Who is to be given something after their last action stays for it, this long if need be. */
const GIFT_PATIENCE_MS = 10_000;

function waitForGifts({ script }: Reader, { person, actions }: ScriptedVisit): Task[] {
  const lastS = Math.max(0, ...actions.map(({ atS }) => atS));
  const giftsS = script.visits
    .flatMap((visit) => visit.actions)
    .flatMap((action) => (action.kind === 'give' && action.to === person ? [action.atS] : []));
  const lastGiftS = Math.max(-1, ...giftsS);
  if (lastGiftS < lastS) return [];
  return [{ kind: 'wait', notBeforeTrueMs: lastGiftS * 1000, durationMs: GIFT_PATIENCE_MS }];
}

export interface ScriptRead {
  readonly arrivals: readonly PlannedArrival[];
  /** Empty where the script can be acted out as it is. */
  readonly problems: readonly DataProblem[];
}

/** The people of a script with their tasks, in the order of entry. */
export function readVisitScript(script: VisitScript, store: TwinStore, seed: number): ScriptRead {
  const inOrder = script.visits
    .map((visit, visitIndex) => ({ visit, visitIndex }))
    .toSorted((a, b) => a.visit.entersAtS - b.visit.entersAtS);
  const reader: Reader = {
    store,
    script,
    problems: [],
    productIds: new Map(store.model.catalogue.products.map(({ productId }) => [productId, productId])),
    plateIndexes: new Map(store.model.layout.plates.map((plate) => [plate.plateId, plate.plateIndex])),
    numbers: new Map(inOrder.map(({ visit }, number) => [visit.person, number])),
  };
  const seen = new Set<string>();
  script.visits.forEach((visit, visitIndex) => {
    if (seen.has(visit.person))
      note(reader, 'SCRIPT_PERSON_UNKNOWN', {
        at: [visitIndex, null],
        what: `${visit.person} is in the script twice`,
      });
    seen.add(visit.person);
    checkTimes(reader, visit, visitIndex);
  });
  checkHands(reader);
  const random = ownRandom(seed, 'script');
  const arrivals = inOrder.map(({ visit, visitIndex }, partyNumber): PlannedArrival => ({
    atTrueMs: visit.entersAtS * 1000,
    traits: drawTraits(random, { partyNumber }),
    tasks: [
      ...visit.actions.flatMap((action, index) => taskOf(reader, action, [visitIndex, index]) ?? []),
      ...waitForGifts(reader, visit),
    ],
  }));
  return { arrivals, problems: reader.problems };
}
