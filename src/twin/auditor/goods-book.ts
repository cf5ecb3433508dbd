/**
 * Where every single unit is, by the auditor's own simple books: one place a unit, moved by each deed. Nothing of the
 * world's own bookkeeping is asked.
 */
import type { ProductId } from '../../domain/index.ts';
import type { Deed } from '../words/index.ts';

type Place = 'shelf' | 'floor' | 'out' | number;

export interface GoodsBook {
  /** By unit number: on a shelf, on the floor, outside, or in the hands of that person. Unseen units lie on shelves. */
  readonly places: Map<number, Place>;
  readonly products: Map<number, ProductId>;
}

export function createGoodsBook(): GoodsBook {
  return { places: new Map(), products: new Map() };
}

/** Where the deed takes units from and where to; null: from the store room, to nowhere in the shop. */
function wayOf(deed: Deed): { readonly from: Place | null; readonly to: Place } {
  switch (deed.kind) {
    case 'pick':
    case 'own-item-taken':
      return { from: 'shelf', to: deed.personNumber };
    case 'put-back':
    case 'misplace':
      return { from: deed.personNumber, to: 'shelf' };
    case 'hand-over':
      return { from: deed.personNumber, to: deed.toPersonNumber ?? 'floor' };
    case 'drop':
      return { from: deed.personNumber, to: 'floor' };
    case 'restock':
    case 'own-item-placed':
      return { from: null, to: 'shelf' };
  }
}

function placeOf(book: GoodsBook, unitNumber: number): Place {
  return book.places.get(unitNumber) ?? 'shelf';
}

/** Moves the units; returns what cannot have been, in words. */
export function moveGoods(book: GoodsBook, deed: Deed): string[] {
  const { from, to } = wayOf(deed);
  const wrong: string[] = [];
  for (const unitNumber of deed.unitNumbers) {
    const place = placeOf(book, unitNumber);
    const product = deed.productId ?? 'an own thing';
    if (from !== null && place !== from)
      wrong.push(`${deed.kind} of unit ${unitNumber} (${product}) from ${from}, but it is at ${place}`);
    const known = book.products.get(unitNumber);
    if (deed.productId !== null && known !== undefined && known !== deed.productId)
      wrong.push(`unit ${unitNumber} was ${known} and is now ${deed.productId}`);
    if (deed.productId !== null) book.products.set(unitNumber, deed.productId);
    book.places.set(unitNumber, to);
  }
  const isTaking = to !== 'shelf' && from === 'shelf';
  const isPlacing = to === 'shelf';
  if ((isTaking && deed.deltaGrams >= 0) || (isPlacing && deed.deltaGrams <= 0))
    wrong.push(`${deed.kind} changed the plates by ${deed.deltaGrams.toFixed(1)} g`);
  return wrong;
}

/** What the person holds of the shop's goods; with `isLeaving` it is outside from now on. */
export function heldGoods(
  book: GoodsBook,
  personNumber: number,
  isLeaving: boolean,
): ReadonlyMap<ProductId, number> {
  const held = new Map<ProductId, number>();
  for (const [unitNumber, place] of book.places) {
    if (place !== personNumber) continue;
    const product = book.products.get(unitNumber);
    if (product !== undefined) held.set(product, (held.get(product) ?? 0) + 1);
    if (isLeaving) book.places.set(unitNumber, 'out');
  }
  return held;
}

/** Units of each product that are in hands or outside. */
export function gonePerProduct(book: GoodsBook): ReadonlyMap<ProductId, number> {
  const gone = new Map<ProductId, number>();
  for (const [unitNumber, place] of book.places) {
    const product = book.products.get(unitNumber);
    if (place === 'shelf' || product === undefined) continue;
    gone.set(product, (gone.get(product) ?? 0) + 1);
  }
  return gone;
}
