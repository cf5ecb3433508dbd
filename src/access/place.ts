/**
 * Where something is done. A place is made by these two functions only, and a store's place comes with the retailer that
 * truly owns the store: whoever pairs a store of another retailer with their own is refused here.
 */
import { ok, refused } from '../base/index.ts';
import type { Brand, Result } from '../base/index.ts';
import type { StoreId } from '../domain/index.ts';
import type { RetailerId } from './names.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';

export type Place = Brand<{ readonly retailerId: RetailerId; readonly storeId: StoreId | null }, 'Place'>;

/** The retailer as a whole; a role in one store does not reach it. */
export function retailerPlace(retailerId: RetailerId): Place {
  return { retailerId, storeId: null } as Place;
}

/** @param ownerOf whose a store is; null where nobody knows it. */
export function storePlace(
  ownerOf: (storeId: StoreId) => RetailerId | null,
  asked: { readonly retailerId: RetailerId; readonly storeId: StoreId },
): Result<Place, AccessProblem> {
  if (ownerOf(asked.storeId) === asked.retailerId)
    return ok({ retailerId: asked.retailerId, storeId: asked.storeId } as Place);
  const what = `retailer ${asked.retailerId} has no store ${asked.storeId}`;
  return refused(accessProblem('ACCESS_STORE_ELSEWHERE', asked.storeId, what));
}

/** Where a grant reaches, to compare it with other grants; whose the store is was asked when the grant was made. */
export function asPlace(grant: { readonly retailerId: RetailerId; readonly storeId: StoreId | null }): Place {
  return { retailerId: grant.retailerId, storeId: grant.storeId } as Place;
}
