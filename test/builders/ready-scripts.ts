/** Scripts that many tests want. SIMULATED, test builders. */
import { assert, present, seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import type { Facing, StoreModel } from '../../src/domain/index.ts';
import type { Script, ScriptAction, ScriptedPerson } from './script.ts';

/** Facings whose product has this one place only and shares no plate: nobody can argue about them. */
export function plainFacings(shop: StoreModel): readonly Facing[] {
  const { facings, facingsByPlate } = shop.planogram;
  return facings.filter(
    (facing) =>
      facings.filter((other) => other.productId === facing.productId).length === 1 &&
      facing.plateIds.every((plate) => facingsByPlate.get(plate)?.length === 1),
  );
}

/** One person: two of one product, one of another, and a third looked at and put back. */
export function firstVisitScript(shop: StoreModel): Script {
  const plain = plainFacings(shop);
  const spread = [0.2, 0.5, 0.8].map((share) => plain[Math.floor(plain.length * share)]);
  const [first, second, third] = spread.map((facing) => present(facing, 'SHOP_TOO_SMALL').productId);
  const actions: ScriptAction[] = [
    { kind: 'pick', productId: present(first, 'SHOP_TOO_SMALL'), count: 2 },
    { kind: 'pick', productId: present(second, 'SHOP_TOO_SMALL') },
    { kind: 'pick-and-return', productId: present(third, 'SHOP_TOO_SMALL') },
    { kind: 'leave' },
  ];
  return { people: [{ personName: 'shopper', entersAtMs: 4000, actions }] };
}

function busyPerson(shop: StoreModel, random: Random, number: number): ScriptedPerson {
  const plain = plainFacings(shop);
  const anyProduct = (): ScriptAction & { kind: 'pick' } => {
    const facing = present(plain[random.below(plain.length)], 'SHOP_TOO_SMALL');
    return { kind: 'pick', productId: facing.productId, count: random.uniform() < 0.2 ? 2 : 1 };
  };
  const picks = [anyProduct(), anyProduct()];
  const actions: ScriptAction[] = [...picks];
  if (number === 1) actions.push({ kind: 'put-back', productId: picks[0]!.productId });
  if (number === 2) actions.splice(1, 0, { kind: 'id-switch', hasEntered: false });
  if (number === 3) actions.push(anyProduct());
  actions.push({ kind: 'leave' });
  return { personName: `shopper${number}`, entersAtMs: 2000 + number * 1500 + random.below(2000), actions };
}

/** Four people within a few seconds, ten moves, one of them a put-back, and one body whose id changes on the way. */
export function busyShopScript(shop: StoreModel, seed: number): Script {
  assert(Number.isSafeInteger(seed), 'SEED_NOT_INTEGER', { seed });
  const random = seededRandom(seed);
  return { people: [1, 2, 3, 4].map((number) => busyPerson(shop, random, number)) };
}

/** Two people: one takes two things and brings one back, the other's track id changes between two picks. */
export function twoShoppersScript(shop: StoreModel): Script {
  const plain = plainFacings(shop);
  const product = (share: number): Facing['productId'] =>
    present(plain[Math.floor(plain.length * share)], 'SHOP_TOO_SMALL').productId;
  const first: ScriptAction[] = [
    { kind: 'pick', productId: product(0.1) },
    { kind: 'pick', productId: product(0.6) },
    { kind: 'put-back', productId: product(0.1) },
    { kind: 'leave' },
  ];
  const second: ScriptAction[] = [
    { kind: 'pick', productId: product(0.4), count: 2 },
    { kind: 'id-switch', hasEntered: false },
    { kind: 'pick', productId: product(0.9) },
    { kind: 'leave' },
  ];
  return {
    people: [
      { personName: 'north', entersAtMs: 3000, actions: first },
      { personName: 'south', entersAtMs: 7000, actions: second },
    ],
  };
}
