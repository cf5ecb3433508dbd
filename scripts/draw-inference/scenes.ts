/**
 * The shop and the two recordings that the page about inference follows. SIMULATED, by the builders of the tests: two
 * people at one shelf, and a product whose row is wrong.
 */
import { assert } from '../../src/base/index.ts';
import { buildCatalogue, buildPlanogram, productId } from '../../src/domain/index.ts';
import type { PlateId, ProductId, StoreModel } from '../../src/domain/index.ts';
import { gtin13, scriptedShop, scriptRecording } from '../../test/builders/index.ts';
import type { Script, ScriptAction, ScriptedRecording } from '../../test/builders/index.ts';

interface Goods {
  readonly name: string;
  readonly grams: number;
  /** Shelf and plate, from 0. */
  readonly at: readonly [number, number];
}

const GOODS: readonly Goods[] = [
  { name: 'Green tea', grams: 100, at: [1, 3] },
  { name: 'Mint tea', grams: 103, at: [1, 4] },
  { name: 'Oat bar', grams: 50, at: [1, 2] },
  { name: 'Noodle cup', grams: 82, at: [1, 6] },
  { name: 'Crisps', grams: 150, at: [2, 4] },
  { name: 'Almonds', grams: 170, at: [2, 1] },
  { name: 'Water', grams: 520, at: [0, 1] },
  { name: 'Juice', grams: 1040, at: [0, 3] },
  { name: 'Lentils', grams: 116, at: [0, 5] },
  { name: 'Rice', grams: 87, at: [0, 6] },
  { name: 'Cocoa', grams: 116, at: [2, 7] },
];

/** What Lentils and Cocoa truly weigh, in the recording about wrong rows. */
const TRUE_GRAMS = 88;
const WRONG_ROWS = ['Lentils', 'Cocoa'];

function codeOf(name: string): string {
  return gtin13(1 + GOODS.findIndex((goods) => goods.name === name));
}

export function productOf(name: string): ProductId {
  return productId(codeOf(name));
}

/** The shop with every product at the weight that `gramsOf` gives. */
function shopWith(gramsOf: (goods: Goods) => number): StoreModel {
  const { layout } = scriptedShop({ fixtures: 1, shelvesPerFixture: 3, platesPerShelf: 8 });
  const plateAt = ([shelf, plate]: Goods['at']): PlateId => layout.shelves[shelf]!.plates[plate]!.plateId;
  const rows = GOODS.map((goods) => ({
    code: codeOf(goods.name),
    name: goods.name,
    weightGrams: gramsOf(goods),
    price: null,
    imageUrl: null,
    where: goods.name,
  }));
  const { catalogue } = buildCatalogue(rows);
  const facings = GOODS.map(({ name, at }) => ({
    productId: productOf(name),
    plateIds: [plateAt(at)],
    where: name,
  }));
  const { planogram, problems } = buildPlanogram(facings, { layout, catalogue });
  assert(problems.length === 0, 'GUIDE_SHOP_UNSOUND', { problems: problems.length });
  return { layout, catalogue, planogram, gates: [] };
}

export interface Scene {
  /** As the system is told; the recording may know better. */
  readonly store: StoreModel;
  readonly recording: ScriptedRecording;
}

/** Seconds from the beginning of the recording. */
export function secondsOf({ recording }: Scene, ms: number): number {
  return (ms - recording.startsAtMs) / 1000;
}

const SEED = 11;

/** Both are before the tea at one time with hidden arms; one takes it, and brings it back when the other has gone on. */
export function teaScene(): Scene {
  const store = shopWith(({ grams }) => grams);
  const first: ScriptAction[] = [
    { kind: 'pick-and-return', productId: productOf('Crisps'), isHandHidden: true, atMs: 9000 },
    { kind: 'pick', productId: productOf('Noodle cup'), atMs: 12_500 },
    { kind: 'walk', to: { x: -1, y: -1.2 } },
    { kind: 'leave', atMs: 22_000 },
  ];
  const second: ScriptAction[] = [
    { kind: 'pick', productId: productOf('Green tea'), isHandHidden: true, atMs: 9300 },
    { kind: 'walk', to: { x: 0.9, y: -1.2 } },
    { kind: 'put-back', productId: productOf('Green tea'), atMs: 17_500 },
    { kind: 'pick', productId: productOf('Water'), count: 2 },
    { kind: 'leave' },
  ];
  const script: Script = {
    people: [
      { personName: 'first', entersAtMs: 2500, actions: first },
      { personName: 'second', entersAtMs: 3500, actions: second },
    ],
  };
  return { store, recording: scriptRecording(store, script, { seed: SEED }) };
}

const WRONG_ROW_PICKS = 8;
const PICK_EVERY_MS = 8000;
/** Before these picks, from 0, somebody takes from the neighbour's own place. */
const RICE_BEFORE = new Set([3, 5]);

/** Lentils and Cocoa are listed with 116 g and weigh 88 g; beside Lentils lies Rice of 87 g, beside Cocoa nothing. */
export function wrongRowScene(): Scene {
  const store = shopWith(({ grams }) => grams);
  const truth = shopWith(({ name, grams }) => (WRONG_ROWS.includes(name) ? TRUE_GRAMS : grams));
  const picks = Array.from({ length: WRONG_ROW_PICKS }, (_, index) =>
    RICE_BEFORE.has(index) ? ['Rice', ...WRONG_ROWS] : WRONG_ROWS,
  );
  const actions = picks.flat().map((name, index): ScriptAction => {
    // One after the other, so that each is committed before the next.
    return { kind: 'pick', productId: productOf(name), atMs: 6000 + index * PICK_EVERY_MS };
  });
  const script: Script = {
    people: [{ personName: 'buyer', entersAtMs: 2500, actions: [...actions, { kind: 'leave' }] }],
  };
  return { store, recording: scriptRecording(truth, script, { seed: SEED }) };
}
