import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openAifiRecording } from '../../adapters/recordings-aifi/index.ts';
import { productId } from '../../domain/index.ts';
import type { PlateId, StoreModel } from '../../domain/index.ts';
import { createScene, stepPeople } from '../people/index.ts';
import { isPassage } from '../words/index.ts';
import type { Deed } from '../words/index.ts';
import { generateStore, importStore } from '../worlds/index.ts';
import { isOver, letIn } from './arrivals.ts';
import {
  LABEL_PROBLEM_CODES,
  LABELLED_TRUE_WEIGHTS,
  scriptOfLabelled,
  secondsOfLabel,
} from './labelled-visits.ts';
import type { LabelledEvent, LabelledVisit } from './labelled-visits.ts';
import { planScript } from './scenario-run.ts';

const STORE = generateStore({ kind: 'nano', seed: 6 });
const { model } = STORE;
const [home, foreign] = model.planogram.facings as [
  (typeof model.planogram.facings)[0],
  (typeof model.planogram.facings)[0],
];

interface Move {
  readonly product?: string;
  readonly at?: string;
  readonly putBack?: boolean;
  readonly person?: string;
  readonly plateId?: string;
}

function event(clock: string, move: Move = {}): LabelledEvent {
  const [gondola, shelf, plate] = (move.plateId ?? home.plateIds[0]!).split('/').map(Number) as [
    number,
    number,
    number,
  ];
  return {
    time: move.at ?? `2020-01-28_${clock}`,
    targetId: move.person ?? 'p',
    putBack: move.putBack ?? false,
    position: { gondola, shelf, plates: [plate] },
    products: [{ barcode: move.product ?? home.productId, weightGrams: 100 }],
  };
}

const visitOf = (...events: readonly LabelledEvent[]): LabelledVisit => ({ visit: 'v', events });

describe('times of labels', () => {
  test.each([
    ['4:00 + 2019-11-07_02-41-17', 9917],
    ['12:34 + whatever', null],
    ['2020-01-28_22-24-15', 80_655],
    ['11_07_2019_03:05:53', 11_153],
    ['03:05:53', null],
    ['soon', null],
    ['', null],
  ])('%j is second %s', (text, seconds) => {
    expect(secondsOfLabel(text)).toBe(seconds);
  });
});

describe('a labelled visit', () => {
  test('becomes a script in the order of its times, takes before put-backs of one second', () => {
    const { script, problems } = scriptOfLabelled(
      visitOf(
        event('22-24-40', { putBack: true }),
        event('22-24-30'),
        event('22-24-40', { product: foreign.productId, plateId: foreign.plateIds[0]! }),
        event('22-24-35', { person: 'q' }),
      ),
      model,
    );
    expect(problems).toEqual([]);
    const [p, q] = script.visits;
    expect(p!.actions.map(({ kind, atS }) => [kind, atS])).toEqual([
      ['take', 9],
      ['take', 19],
      ['put-back', 19.5],
    ]);
    expect(q!.actions).toMatchObject([{ kind: 'take', atS: 14 }]);
    expect([p, q].every((visit) => visit!.entersAtS <= visit!.actions[0]!.atS - 5)).toBe(true);
    expect(planScript({ script, store: STORE, seed: 1 }).problems).toEqual([]);
  });

  /** Each label that cannot be acted out, and what is left of its visit. */
  const SLIPS: readonly (readonly [keyof typeof LABEL_PROBLEM_CODES, LabelledEvent, RegExp])[] = [
    ['LABEL_TIME_UNREADABLE', event('', { at: 'later' }), /the time is "later"/],
    ['LABEL_PRODUCT_UNKNOWN', event('22-24-31', { product: '4711' }), /the catalogue lacks 4711/],
    ['LABEL_PRODUCT_UNKNOWN', { ...event('22-24-31'), products: [] }, /names no product/],
    ['LABEL_PLATE_UNKNOWN', event('22-24-31', { plateId: '9/9/9' }), /it lies on 9\/9\/9/],
    ['LABEL_NOT_HELD', event('22-24-29', { putBack: true }), /goes back before it was taken/],
    ['LABEL_NOT_HELD', event('22-24-50', { putBack: true, person: 'q' }), /goes back before it was taken/],
  ];

  test.each(SLIPS)('%s is told and left out: %#', (code, slip, what) => {
    const { script, problems } = scriptOfLabelled(visitOf(event('22-24-30'), slip), model);
    expect(problems).toMatchObject([
      { code, where: 'v:events[1]', what: expect.stringMatching(what) as string },
    ]);
    expect(script.visits.flatMap(({ actions }) => actions)).toHaveLength(1);
    expect(planScript({ script, store: STORE, seed: 1 }).problems).toEqual([]);
  });

  test('with nothing in it that can be acted out is an empty script', () => {
    const { script } = scriptOfLabelled(visitOf(event('', { at: 'later' })), model);
    expect(script.visits).toEqual([]);
  });

  test('of every slip has a case here', () => {
    expect(new Set(SLIPS.map(([code]) => code))).toEqual(new Set(Object.keys(LABEL_PROBLEM_CODES)));
  });

  test('says what stood on its plates that day, where something was taken and nowhere else', () => {
    const [away, kept] = foreign.plateIds as readonly [PlateId, PlateId];
    const day = scriptOfLabelled(
      visitOf(event('22-24-30', { plateId: away }), event('22-24-40', { plateId: kept, putBack: true })),
      model,
    ).model;
    const on = (plateId: PlateId): string[] =>
      (day.planogram.facingsByPlate.get(plateId) ?? []).map((facing) => facing.productId);
    expect(on(away)).toEqual([home.productId]);
    expect(on(kept)).toEqual([foreign.productId]);
    const others = model.layout.plates.filter(({ plateId }) => plateId !== away);
    for (const { plateId } of others)
      expect(on(plateId)).toEqual(
        (model.planogram.facingsByPlate.get(plateId) ?? []).map((facing) => facing.productId),
      );
  });
});

const AIFI = fileURLToPath(new URL('../../../../shared/data/aifi', import.meta.url));
const VISITS = `${AIFI}/visits/labelled-visits.json`;
const REASON_ABSENT = 'the labelled visits are not beside this checkout (shared/data/aifi)';

describe('the labelled visits of the real store', () => {
  let real: StoreModel | null = null;
  let visits: readonly LabelledVisit[] = [];

  beforeAll(async () => {
    if (!existsSync(VISITS)) return;
    const opened = await openAifiRecording({
      directory: `${AIFI}/benchmark-1`,
      storeDirectory: `${AIFI}/store`,
    });
    real = opened.ok ? opened.value.store : null;
    visits = (JSON.parse(readFileSync(VISITS, 'utf8')) as { visits: LabelledVisit[] }).visits;
  });

  test('can all be acted out, every take and put-back of them', ({ skip }) => {
    skip(!existsSync(VISITS), REASON_ABSENT);
    expect(visits.length).toBeGreaterThan(10);
    let [moves, done] = [0, 0];
    for (const labelled of visits) {
      const { model: day, script } = scriptOfLabelled(labelled, real!);
      const { store } = importStore({ model: day, seed: 1, trueWeights: LABELLED_TRUE_WEIGHTS });
      const { plan, problems } = planScript({ script, store, seed: 1 });
      expect(problems, labelled.visit).toEqual([]);
      const scene = createScene(store, 1);
      const deeds: Deed[] = [];
      while (scene.nowTrueMs === 0 || !isOver(plan.arrivals, scene)) {
        letIn(plan.arrivals, scene);
        stepPeople(scene);
        deeds.push(...scene.told.splice(0).filter((told) => !isPassage(told)));
        expect(scene.nowTrueMs).toBeLessThan(plan.durationMsMax);
      }
      moves += script.visits.reduce((sum, { actions }) => sum + actions.length, 0);
      done += deeds.length;
    }
    expect(moves).toBeGreaterThan(50);
    expect(done / moves).toBeGreaterThan(0.97);
  });

  test('are mostly sound: what is left out is told', ({ skip }) => {
    skip(!existsSync(VISITS), REASON_ABSENT);
    const problems = visits.flatMap((labelled) => scriptOfLabelled(labelled, real!).problems);
    const events = visits.flatMap((labelled) => labelled.events);
    expect(problems.length / events.length).toBeLessThan(0.1);
    expect(problems.every(({ code }) => code in LABEL_PROBLEM_CODES)).toBe(true);
  });

  test('weigh truly what the notes of the data say', ({ skip }) => {
    skip(!existsSync(VISITS), REASON_ABSENT);
    const { store } = importStore({ model: real!, seed: 1, trueWeights: LABELLED_TRUE_WEIGHTS });
    for (const [barcode, grams] of LABELLED_TRUE_WEIGHTS)
      expect(store.goods.get(productId(barcode))?.meanGrams).toBe(grams);
  });
});
