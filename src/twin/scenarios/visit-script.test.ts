import { describe, expect, test } from 'vitest';
import { isPassage } from '../words/index.ts';
import type { TrueEvent } from '../words/index.ts';
import { createScene, stepPeople } from '../people/index.ts';
import { generateStore } from '../worlds/index.ts';
import { isOver, letIn } from './arrivals.ts';
import { planScript } from './scenario-run.ts';
import { SCRIPT_PROBLEM_CODES } from './visit-script.ts';
import type { ScriptedAction, ScriptedVisit } from './visit-script.ts';

const STORE = generateStore({ kind: 'nano', seed: 6 });
const { planogram } = STORE.model;
const [one, other] = planogram.facings.map((facing): string => facing.productId) as [string, string];
const plateId = planogram.facings[1]!.plateIds[0]!;
const NOWHERE = STORE.model.catalogue.products[0]!.productId;

function plan(visits: readonly ScriptedVisit[], store = STORE): ReturnType<typeof planScript> {
  return planScript({ script: { name: 's', where: 's.json', visits }, store, seed: 1 });
}

function visit(actions: readonly ScriptedAction[], more: Partial<ScriptedVisit> = {}): ScriptedVisit {
  return { person: 'a', entersAtS: 1, actions, ...more };
}

const take = (atS: number, more = {}): ScriptedAction => ({ kind: 'take', atS, productId: one, ...more });
const putBack = (atS: number, more = {}): ScriptedAction => ({
  kind: 'put-back',
  atS,
  productId: one,
  ...more,
});
const give = (atS: number, to: string): ScriptedAction => ({ kind: 'give', atS, productId: one, to });
const lean = (atS: number, at: string = plateId, more = {}): ScriptedAction => ({
  kind: 'lean',
  atS,
  plateId: at,
  grams: 500,
  forS: 1,
  ...more,
});
const bump = (peakGrams: number): ScriptedAction => ({ kind: 'bump', atS: 9, plateId, peakGrams });

/** Every slip, with the record that has it and what is said of it. */
const SLIPS: readonly (readonly [
  keyof typeof SCRIPT_PROBLEM_CODES,
  readonly ScriptedVisit[],
  string,
  RegExp,
])[] = [
  [
    'SCRIPT_TIME_ORDER',
    [visit([take(9), take(8)])],
    'visits[0].actions[1]',
    /8 s, before the action above \(9 s\)/,
  ],
  ['SCRIPT_TIME_ORDER', [visit([take(0.5)])], 'visits[0].actions[0]', /0.5 s, before entersAtS \(1 s\)/],
  ['SCRIPT_TIME_INVALID', [visit([take(9)], { entersAtS: -1 })], 'visits[0]', /entersAtS is -1/],
  ['SCRIPT_TIME_INVALID', [visit([lean(NaN)])], 'visits[0].actions[0]', /atS is NaN/],
  ['SCRIPT_TIME_INVALID', [visit([lean(Infinity)])], 'visits[0].actions[0]', /atS is Infinity/],
  [
    'SCRIPT_PRODUCT_UNKNOWN',
    [visit([take(9, { productId: 'gold' })])],
    'visits[0].actions[0]',
    /gold is not in/,
  ],
  [
    'SCRIPT_PLATE_UNKNOWN',
    [visit([take(9, { plateIds: ['9/9/9'] })])],
    'visits[0].actions[0]',
    /9\/9\/9 is not in/,
  ],
  ['SCRIPT_PLATE_UNKNOWN', [visit([lean(9, 'x')])], 'visits[0].actions[0]', /plate x is not in/],
  [
    'SCRIPT_PRODUCT_NOT_HELD',
    [visit([take(9), putBack(12, { count: 2 })])],
    'visits[0].actions[1]',
    /a does not hold 2 ×/,
  ],
  [
    'SCRIPT_PRODUCT_NOT_HELD',
    [visit([take(9), give(12, 'b'), putBack(15)]), visit([], { person: 'b' })],
    'visits[0].actions[2]',
    /a does not hold 1 ×/,
  ],
  ['SCRIPT_PERSON_UNKNOWN', [visit([take(9), give(12, 'c')])], 'visits[0].actions[1]', /nobody is called c/],
  ['SCRIPT_PERSON_UNKNOWN', [visit([]), visit([])], 'visits[1]', /a is in the script twice/],
  ['SCRIPT_COUNT_INVALID', [visit([take(9, { count: 0 })])], 'visits[0].actions[0]', /count is 0/],
  ['SCRIPT_COUNT_INVALID', [visit([take(9, { count: 1.5 })])], 'visits[0].actions[0]', /count is 1.5/],
  ['SCRIPT_COUNT_INVALID', [visit([take(9, { count: 21 })])], 'visits[0].actions[0]', /count is 21/],
  [
    'SCRIPT_FORCE_INVALID',
    [visit([lean(9, plateId, { grams: NaN })])],
    'visits[0].actions[0]',
    /grams is NaN/,
  ],
  ['SCRIPT_FORCE_INVALID', [visit([lean(9, plateId, { forS: NaN })])], 'visits[0].actions[0]', /forS is NaN/],
  ['SCRIPT_FORCE_INVALID', [visit([lean(9, plateId, { forS: 0 })])], 'visits[0].actions[0]', /forS is 0/],
  ['SCRIPT_FORCE_INVALID', [visit([bump(Infinity)])], 'visits[0].actions[0]', /peakGrams is Infinity/],
];

describe('a slip of a script', () => {
  test.each(SLIPS)('%s is named with its place: %#', (...[code, visits, record, what]) => {
    const { problems } = plan(visits);
    const [problem, ...rest] = problems.filter((each) => each.code === code);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ where: `s.json:${record}`, what: expect.stringMatching(what) as string });
    expect(problem!.remedy.length).toBeGreaterThan(20);
    // Nothing else is told because of it.
    expect(problems).toHaveLength(1);
  });

  test('of every kind is among these', () => {
    expect(new Set(SLIPS.map(([code]) => code))).toEqual(new Set(Object.keys(SCRIPT_PROBLEM_CODES)));
  });

  test('is a product that stands nowhere, unless its plates are named', () => {
    const facings = planogram.facings.filter(({ productId }) => productId !== NOWHERE);
    const store = { ...STORE, model: { ...STORE.model, planogram: { ...planogram, facings } } };
    const { problems } = plan([visit([take(9, { productId: NOWHERE })])], store);
    expect(problems.map(({ code, what }) => [code, what])).toEqual([
      ['SCRIPT_PRODUCT_UNKNOWN', `product ${NOWHERE} has no facing`],
    ]);
    expect(plan([visit([take(9, { productId: NOWHERE, plateIds: [plateId] })])], store).problems).toEqual([]);
  });
});

describe('a script', () => {
  function actOut(visits: readonly ScriptedVisit[]): TrueEvent[] {
    const planned = plan(visits);
    expect(planned.problems).toEqual([]);
    const scene = createScene(STORE, 1);
    const told: TrueEvent[] = [];
    while (!isOver(planned.plan.arrivals, scene)) {
      letIn(planned.plan.arrivals, scene);
      stepPeople(scene);
      told.push(...scene.told.splice(0));
    }
    expect(scene.counts).toEqual({ tasksGivenUp: 0, goodsMissing: 0 });
    return told;
  }

  test('is acted out at its times, by the people it names, whatever their order in it', () => {
    const told = actOut([
      visit([{ kind: 'take', atS: 20, productId: other }], { person: 'late', entersAtS: 5 }),
      visit([take(15, { count: 2 }), putBack(24), give(30, 'late')], { person: 'early' }),
    ]);
    expect(told.filter(isPassage).map(({ kind, personNumber }) => [kind, personNumber])).toEqual([
      ['entered', 0],
      ['entered', 1],
      ['left', expect.any(Number)],
      ['left', expect.any(Number)],
    ]);
    const deeds = told.filter((event) => !isPassage(event));
    const picks = deeds.filter(({ kind }) => kind === 'pick');
    expect(picks.map(({ unitNumbers }) => unitNumbers.length).reduce((sum, count) => sum + count)).toBe(3);
    for (const { personNumber, atTrueMs } of picks) {
      expect(atTrueMs).toBeGreaterThan(personNumber === 0 ? 15_000 : 20_000);
      expect(atTrueMs).toBeLessThan(personNumber === 0 ? 27_000 : 32_000);
    }
    expect(deeds.filter(({ kind }) => kind === 'put-back')).toMatchObject([
      { personNumber: 0, productId: one },
    ]);
  });

  test('keeps whoever is given something until they have it', () => {
    const told = actOut([visit([take(15), give(50, 'b')]), visit([], { person: 'b' })]);
    const gift = told.find(({ kind }) => kind === 'hand-over');
    expect(gift).toMatchObject({ personNumber: 0, toPersonNumber: 1 });
    expect(gift!.atTrueMs).toBeGreaterThan(50_000);
    expect(gift!.atTrueMs).toBeLessThan(56_000);
    const leaving = told.find(({ kind, personNumber }) => kind === 'left' && personNumber === 1)!;
    expect(leaving.atTrueMs - gift!.atTrueMs).toBeLessThan(20_000);
  });

  test('lets somebody put a thing elsewhere by naming the plates', () => {
    const told = actOut([visit([take(9), putBack(15, { plateIds: [plateId] })])]);
    expect(told.filter(({ kind }) => kind === 'misplace')).toMatchObject([{ plateIds: [plateId] }]);
  });
});
