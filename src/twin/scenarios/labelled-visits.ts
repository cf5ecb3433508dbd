/**
 * Real shopping as people labelled it, turned into scripts that can be acted out: times, plates, products, persons and
 * put-backs as labelled. Labels have one-second times in three notations, mixed, and a few slips; what cannot be acted out is
 * left out and reported, nothing is guessed silently.
 */
import { buildPlanogram, productId } from '../../domain/index.ts';
import type { DataProblem, FacingRow, PlateId, ProductId, StoreModel } from '../../domain/index.ts';
import type { ScriptedAction, ScriptedVisit, VisitScript } from './visit-script.ts';

/** One labelled move, in the words of the label file. */
export interface LabelledEvent {
  readonly time: string;
  readonly targetId: string;
  readonly putBack: boolean;
  readonly position: { readonly gondola: number; readonly shelf: number; readonly plates: readonly number[] };
  readonly products: readonly { readonly barcode: string; readonly weightGrams: number }[];
}

export interface LabelledVisit {
  readonly visit: string;
  readonly events: readonly LabelledEvent[];
}

export const LABEL_PROBLEM_CODES = {
  LABEL_TIME_UNREADABLE: 'A labelled event has a time in none of the known notations; it is left out.',
  LABEL_PRODUCT_UNKNOWN: 'A labelled event names no product of the catalogue; it is left out.',
  LABEL_PLATE_UNKNOWN: 'A labelled event names plates that the layout lacks; it is left out.',
  LABEL_NOT_HELD: 'A labelled put-back puts back what its person was never seen to take; it is left out.',
} as const;

/** Everybody is inside this long before their first labelled move: they walk there. */
const WALK_IN_S = 9;
/** People of one visit come in one after the other. */
const ENTRY_GAP_S = 2;
/** Labels of one person that fall on the same second are this far apart in the acting. */
const MOVE_GAP_S = 0.5;

function secondsOf(hours: string, minutes: string, seconds: string): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * Seconds of the day; null where the text is in none of the three notations. Labels of one visit mix them, and agree
 * once a video's minutes are added to the time at which it began.
 */
export function secondsOfLabel(time: string): number | null {
  // `2020-01-28_22-24-15` or `11_07_2019_03:05:53`, and `4:00 + 2019-11-07_02-41-17` for a moment of a video.
  const day = /_(\d{2})[-:](\d{2})[-:](\d{2})$/.exec(time);
  if (!day) return null;
  const video = /^(\d{1,2}):(\d{2}) \+ /.exec(time);
  const intoVideoS = video ? secondsOf('0', video[1]!, video[2]!) : 0;
  return secondsOf(day[1]!, day[2]!, day[3]!) + intoVideoS;
}

interface Dated {
  readonly event: LabelledEvent;
  readonly atS: number;
  readonly productId: ProductId;
  readonly plateIds: readonly PlateId[];
  readonly where: string;
}

function problem(code: keyof typeof LABEL_PROBLEM_CODES, where: string, what: string): DataProblem {
  return { code, where, what, remedy: 'Correct the label, or leave it: the visit is acted out without it.' };
}

function datedEvents(labelled: LabelledVisit, model: StoreModel, problems: DataProblem[]): Dated[] {
  return labelled.events.flatMap((event, index): Dated[] => {
    const where = `${labelled.visit}:events[${index}]`;
    const atS = secondsOfLabel(event.time);
    if (atS === null) {
      problems.push(problem('LABEL_TIME_UNREADABLE', where, `the time is ${JSON.stringify(event.time)}`));
      return [];
    }
    const { gondola, shelf, plates } = event.position;
    const plateIds = plates.flatMap((plate) => {
      const wanted = `${gondola}/${shelf}/${plate}`;
      return model.layout.plates.find(({ plateId }) => plateId === wanted)?.plateId ?? [];
    });
    if (plateIds.length === 0) {
      problems.push(
        problem('LABEL_PLATE_UNKNOWN', where, `it lies on ${gondola}/${shelf}/${plates.join('+')}`),
      );
      return [];
    }
    if (event.products.length === 0)
      problems.push(problem('LABEL_PRODUCT_UNKNOWN', where, 'it names no product'));
    return event.products.flatMap(({ barcode }) => {
      if (model.catalogue.byId.has(productId(barcode)))
        return [{ event, atS, productId: productId(barcode), plateIds, where }];
      problems.push(problem('LABEL_PRODUCT_UNKNOWN', where, `the catalogue lacks ${barcode}`));
      return [];
    });
  });
}

/** By time; of one second, what is taken comes before what is put back. */
function inOrder(dated: readonly Dated[]): Dated[] {
  return dated.toSorted((a, b) => a.atS - b.atS || Number(a.event.putBack) - Number(b.event.putBack));
}

/** Without put-backs of what was never taken, in this order. */
function withoutUnheld(dated: readonly Dated[], problems: DataProblem[]): Dated[] {
  const held = new Map<string, number>();
  return dated.filter(({ event, productId: product, where }) => {
    const key = JSON.stringify([event.targetId, product]);
    const count = held.get(key) ?? 0;
    if (event.putBack && count === 0) {
      problems.push(problem('LABEL_NOT_HELD', where, `${product} goes back before it was taken`));
      return false;
    }
    held.set(key, count + (event.putBack ? -1 : 1));
    return true;
  });
}

function scriptedVisit(
  person: string,
  dated: readonly Dated[],
  timing: { startS: number; rank: number },
): ScriptedVisit {
  let lastS = -Infinity;
  const actions = dated.map((move): ScriptedAction => {
    const atS = Math.max(move.atS - timing.startS + WALK_IN_S, lastS + MOVE_GAP_S);
    lastS = atS;
    const kind = move.event.putBack ? 'put-back' : 'take';
    return { kind, atS, productId: move.productId, plateIds: move.plateIds };
  });
  const entersAtS = Math.max(0.5, (actions[0]?.atS ?? 0) - WALK_IN_S + timing.rank * ENTRY_GAP_S);
  return { person, entersAtS: Math.min(entersAtS, actions[0]?.atS ?? entersAtS), actions };
}

/**
 * The planogram of the day: shelves were filled anew between the labelled visits, and a label says what stood on its
 * plates, so it outranks the planogram there. Put-backs say nothing: they may lie anywhere.
 */
function planogramOfTheDay(model: StoreModel, dated: readonly Dated[]): StoreModel {
  const taken = dated.filter(({ event }) => !event.putBack);
  const told = new Set(taken.flatMap(({ plateIds }) => plateIds));
  const rows = new Map<string, FacingRow>();
  for (const { productId: product, plateIds, where } of taken)
    rows.set(JSON.stringify([product, plateIds]), { productId: product, plateIds, where });
  for (const facing of model.planogram.facings) {
    const plateIds = facing.plateIds.filter((plateId) => !told.has(plateId));
    const key = JSON.stringify(['planned', facing.productId, facing.plateIds]);
    if (plateIds.length > 0) rows.set(key, { productId: facing.productId, plateIds, where: 'planogram' });
  }
  return { ...model, planogram: buildPlanogram(rows.values(), model).planogram };
}

export interface LabelledScript {
  readonly model: StoreModel;
  readonly script: VisitScript;
  readonly problems: readonly DataProblem[];
}

/** The script of one labelled visit, and the store as it was filled that day. */
export function scriptOfLabelled(labelled: LabelledVisit, model: StoreModel): LabelledScript {
  const problems: DataProblem[] = [];
  const dated = withoutUnheld(inOrder(datedEvents(labelled, model, problems)), problems);
  const startS = Math.min(...dated.map(({ atS }) => atS));
  const people = Map.groupBy(dated, ({ event }) => event.targetId);
  const visits = [...people].map(([person, moves], rank) => scriptedVisit(person, moves, { startS, rank }));
  return {
    model: planogramOfTheDay(model, dated),
    script: { name: labelled.visit, visits, where: labelled.visit },
    problems,
  };
}

/** What some products of that store truly weigh, where its catalogue is known to be wrong (the data's own notes). */
export const LABELLED_TRUE_WEIGHTS: ReadonlyMap<ProductId, number> = new Map([
  [productId('898999010007'), 538],
  [productId('041508922487'), 1064],
]);
