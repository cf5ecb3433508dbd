/**
 * What the hands of one scripted person hold, and what their moves do to the plates. SIMULATED, a test builder. Every
 * unit of a product has a weight of its own, and it comes back with the weight it left with.
 */
import { assert, present } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import type { Plate, ProductId, StoreModel } from '../../src/domain/index.ts';
import type { HandlingAction } from './script.ts';
import type { Disturbance, PlateShare, TrueMove } from './story.ts';

const UNIT_WEIGHT_SPREAD = 0.01;
const UNKNOWN_WEIGHT_GRAMS = 100;

/** What all people of a script write to. */
export interface Telling {
  readonly shop: StoreModel;
  readonly random: Random;
  readonly disturbances: Disturbance[];
  readonly moves: TrueMove[];
}

export class ScriptHands {
  private readonly telling: Telling;
  private readonly personName: string;
  private readonly heldGrams = new Map<ProductId, number[]>();

  constructor(telling: Telling, personName: string) {
    this.telling = telling;
    this.personName = personName;
  }

  platesOf(action: HandlingAction): readonly Plate[] {
    const { layout, planogram } = this.telling.shop;
    const planned = planogram.facings.find((facing) => facing.productId === action.productId);
    const plateIds = action.plateIds ?? planned?.plateIds.slice(0, 1) ?? [];
    assert(plateIds.length > 0, 'SCRIPT_PRODUCT_HAS_NO_PLACE', { productId: action.productId });
    return plateIds.map((plateId) => present(layout.plateById.get(plateId), 'SCRIPT_PLATE_UNKNOWN'));
  }

  move(action: HandlingAction, kind: TrueMove['kind'], atMs: number): void {
    const count = action.count ?? 1;
    const plates = this.platesOf(action);
    const gramsOnPlate = new Map<Plate, number>();
    let deltaGrams = 0;
    for (let unit = 0; unit < count; unit++) {
      const unitGrams = kind === 'pick' ? -this.take(action.productId) : this.giveBack(action.productId);
      deltaGrams += unitGrams;
      const plate = plates[unit % plates.length]!;
      for (const share of this.spread(plate, unitGrams, action.straddleShare ?? 1)) {
        gramsOnPlate.set(share.plate, (gramsOnPlate.get(share.plate) ?? 0) + share.deltaGrams);
      }
    }
    const shares = [...gramsOnPlate].map(([plate, grams]) => ({ plate, deltaGrams: grams }));
    const { personName } = this;
    const plateIds = shares.map((share) => share.plate.plateId);
    this.telling.moves.push({
      personName,
      kind,
      productId: action.productId,
      count,
      plateIds,
      atMs,
      deltaGrams,
    });
    this.disturb(shares, atMs, kind === 'pick' ? -1 : 1);
  }

  /** A taking hand first presses and then lifts; the sign of what dominates is drawn. One disturbance a shelf. */
  private disturb(shares: readonly PlateShare[], atMs: number, direction: number): void {
    const { random, shop } = this.telling;
    for (const [shelfIndex, ofShelf] of Map.groupBy(shares, (share) => share.plate.shelfIndex)) {
      const forceSign = random.uniform() < 0.7 ? direction : -direction;
      const forceGrams = forceSign * (20 + random.uniform() * 40);
      const forceMs = 300 + random.uniform() * 500;
      const shelf = present(shop.layout.shelves[shelfIndex], 'SCRIPT_SHELF_UNKNOWN');
      this.telling.disturbances.push({ kind: 'step', atMs, shelf, shares: ofShelf, forceGrams, forceMs });
    }
  }

  private spread(plate: Plate, unitGrams: number, ownShare: number): PlateShare[] {
    if (ownShare >= 1) return [{ plate, deltaGrams: unitGrams }];
    const shelf = present(this.telling.shop.layout.shelves[plate.shelfIndex], 'SCRIPT_SHELF_UNKNOWN');
    const position = shelf.plates.indexOf(plate);
    const next = present(shelf.plates[position + 1] ?? shelf.plates[position - 1], 'SCRIPT_NO_NEIGHBOUR');
    return [
      { plate, deltaGrams: unitGrams * ownShare },
      { plate: next, deltaGrams: unitGrams * (1 - ownShare) },
    ];
  }

  private take(product: ProductId): number {
    const { shop, random } = this.telling;
    const meanGrams = shop.catalogue.byId.get(product)?.weightGrams ?? UNKNOWN_WEIGHT_GRAMS;
    const unitGrams = meanGrams * (1 + UNIT_WEIGHT_SPREAD * random.normal());
    const held = this.heldGrams.get(product) ?? [];
    this.heldGrams.set(product, [...held, unitGrams]);
    return unitGrams;
  }

  private giveBack(product: ProductId): number {
    const unitGrams = this.heldGrams.get(product)?.pop();
    return present(unitGrams, 'SCRIPT_PUTS_BACK_WHAT_NOBODY_HOLDS');
  }
}
