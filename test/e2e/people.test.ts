/** What people do that makes it hard: the receipt is right, or says that it is unsure. Simulated people. */
import { describe, expect, test } from 'vitest';
import { present } from '../../src/base/index.ts';
import { fixtureId } from '../../src/domain/index.ts';
import type { Facing, ShelfId, StoreModel } from '../../src/domain/index.ts';
import { plainFacings, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { Script, ScriptAction, ScriptedPerson, ScriptedRecording } from '../builders/index.ts';
import { isRight, receiptOf, runScript, wronglyCharged } from './run-shop.ts';
import type { ShopRun } from './run-shop.ts';

const SEEDS = Array.from({ length: 10 }, (_, index) => 2000 + index);

/** Facings with a place of their own, at these shares of the way through the shop. */
function facingsAt(shop: StoreModel, ...shares: readonly number[]): Facing[] {
  const plain = plainFacings(shop);
  return shares.map((share) => present(plain[Math.floor(plain.length * share)], 'SHOP_TOO_SMALL'));
}

const pick = ({ productId }: Facing, more: Partial<ScriptAction & { kind: 'pick' }> = {}): ScriptAction => ({
  kind: 'pick',
  productId,
  ...more,
});
const leave: ScriptAction = { kind: 'leave' };

const somebody = (
  personName: string,
  entersAtMs: number,
  actions: readonly ScriptAction[],
): ScriptedPerson => ({ personName, entersAtMs, actions: [...actions, leave] });

const alone = (...actions: readonly ScriptAction[]): Script => ({
  people: [somebody('first', 3000, actions)],
});

function shelfOf(shop: StoreModel, facing: Facing): ShelfId {
  const plate = present(shop.layout.plateById.get(facing.plateIds[0]!), 'NO_PLATE');
  return shop.layout.shelves[plate.shelfIndex]!.shelfId;
}

interface Told {
  readonly recording: ScriptedRecording;
  readonly run: ShopRun;
}

/** Plays the script in every shop; nobody may be charged for a receipt that is wrong and sure of itself. */
function play(scriptOf: (shop: StoreModel) => Script): {
  readonly rightShare: number;
  readonly told: Told[];
} {
  const told = SEEDS.map((seed) => {
    const shop = scriptedShop({ seed });
    const recording = scriptRecording(shop, scriptOf(shop), { seed });
    return { recording, run: runScript(recording) };
  });
  for (const { recording, run } of told) {
    expect(run.receipts).toHaveLength(recording.people.length);
    expect(wronglyCharged(run, recording)).toEqual([]);
  }
  const rights = told.flatMap(({ recording, run }) =>
    recording.people.map((person) => isRight(receiptOf(run, person), person)),
  );
  return { rightShare: rights.filter((each) => each).length / rights.length, told };
}

describe('hands that change their mind', () => {
  test('what is put back is not paid for', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      return alone(pick(a!), pick(b!), { kind: 'put-back', productId: a!.productId });
    });
    expect(rightShare).toBe(1);
  });

  test('what is looked at and returned at once is not paid for', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      return alone(pick(a!), { kind: 'pick-and-return', productId: b!.productId });
    });
    expect(rightShare).toBe(1);
  });

  test('what is left on a wrong plate is paid for by who takes it from there', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      const plateIds = b!.plateIds.slice(0, 1);
      const misplace: ScriptAction = { kind: 'misplace', productId: a!.productId, plateIds };
      return {
        people: [
          somebody('first', 3000, [pick(a!), misplace]),
          somebody('second', 30_000, [pick(a!, { plateIds })]),
        ],
      };
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.9);
  });
});

describe('bodies that touch shelves without taking', () => {
  test('leaning on a shelf before and after a pick', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      const shelfId = shelfOf(shop, a!);
      const lean = (forceGrams: number, durationMs: number): ScriptAction => ({
        kind: 'lean',
        shelfId,
        forceGrams,
        durationMs,
      });
      return alone(lean(3000, 8000), pick(a!), lean(2000, 4000), pick(b!));
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.9);
  });

  test('a bump that shakes a whole fixture', () => {
    const { rightShare, told } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      const bump = (name: string): ScriptAction => ({ kind: 'bump', fixtureId: fixtureId(name) });
      return alone(bump('1'), pick(a!), bump('2'), pick(b!));
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.9);
    expect(told).toHaveLength(SEEDS.length);
  });

  test('a long lean alone takes nothing', () => {
    const { rightShare } = play((shop) => {
      const [a] = facingsAt(shop, 0.4);
      return alone({ kind: 'lean', shelfId: shelfOf(shop, a!), forceGrams: 4000, durationMs: 20_000 });
    });
    // Two of ten are read as something taken, and say that they are unsure.
    expect(rightShare).toBeGreaterThanOrEqual(0.8);
  });
});

describe('hands that cameras do not see', () => {
  test('of somebody alone', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.2, 0.6);
      return alone(pick(a!, { isHandHidden: true }), pick(b!, { isHandHidden: true, count: 2 }));
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.9);
  });

  test('of two at one shelf within a second', () => {
    const { rightShare } = play((shop) => {
      const [a, b, c] = facingsAt(shop, 0.2, 0.22, 0.6);
      return {
        people: [
          somebody('first', 3000, [pick(a!, { isHandHidden: true, atMs: 12_000 }), pick(c!)]),
          somebody('second', 4500, [pick(b!, { isHandHidden: true, atMs: 13_000 })]),
        ],
      };
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.8);
  });

  test('an item that straddles two plates, and two units spread over two', () => {
    const { rightShare } = play((shop) => {
      const [a, b] = facingsAt(shop, 0.25, 0.65);
      return alone(pick(a!, { straddleShare: 0.6 }), pick(b!, { count: 2, straddleShare: 0.8 }));
    });
    expect(rightShare).toBeGreaterThanOrEqual(0.8);
  });
});
