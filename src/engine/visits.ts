/**
 * The lives of visits: a body that came in through an entrance opens one; a body that no camera has seen for long
 * leaves; a leaving visit waits, bounded, for shelves that are still in contact, and is settled with a receipt.
 */
import { epochMs } from '../base/index.ts';
import { floorDistanceM, moveVisitTo, shelfFront } from '../domain/index.ts';
import type { Basket, Shelf, TrackId, Visit, VisitId } from '../domain/index.ts';
import { attributionsOf, basketOf } from '../fusion/index.ts';
import type { Body } from '../fusion/index.ts';
import { endContactNow } from '../sensing/index.ts';
import { unseenFactor } from './blind-reaches.ts';
import { makeReceipt } from './make-receipt.ts';
import { foldIn, sinkOf } from './shop-state.ts';
import type { Shop } from './shop-state.ts';

/** A shelf within this distance of where the body was last seen may have been touched by it. */
const TOUCH_DISTANCE_M = 1.5;
/** A step may settle this long after the shopper was last seen: the hand was there, the plate still rang. */
const AFTER_LEAVING_MS = 3000;

/** Opens, moves and settles visits by what is known now. */
export function followVisits(shop: Shop): void {
  for (const body of [...shop.fusion.bodies.byVisit.values()]) {
    if (shop.visits.has(body.visitId)) continue;
    if (body.enteredAs !== null) openVisit(shop, body);
    else if (isAbsent(shop, body)) forget(shop, { visitId: body.visitId, isTrusted: false });
  }
  for (const visit of [...shop.visits.values()]) followVisit(shop, visit);
}

/** Everybody leaves now: the recording ends. Receipts come in the order of entry. */
export function leaveAllVisits(shop: Shop): void {
  followVisits(shop);
  for (const visit of [...shop.visits.values()]) {
    const leaving = visit.state === 'leaving' ? visit : leave(shop, visit);
    settle(shop, leaving);
  }
}

function openVisit(shop: Shop, body: Body): void {
  const entering: Visit = {
    visitId: body.visitId,
    state: 'entering',
    trackIds: trackIdsOf(body),
    enteredAtMs: body.firstSeenAtMs,
    lastSeenAtMs: body.lastSeenAtMs,
  };
  const visit = moveVisitTo(entering, 'shopping');
  shop.visits.set(visit.visitId, visit);
  shop.events.push({ kind: 'visit-entered', visit });
}

/** The id that came in first, then the others in the order of their appearance. */
function trackIdsOf(body: Body): TrackId[] {
  const others = body.trackIds.filter((track) => track !== body.enteredAs);
  return body.enteredAs === null ? others : [body.enteredAs, ...others];
}

function isAbsent(shop: Shop, body: Body): boolean {
  return shop.trackTimeMs - body.lastSeenAtMs > shop.settings.absenceMs;
}

/** Nothing of the body stays behind. */
function forget(shop: Shop, ended: { readonly visitId: VisitId; readonly isTrusted: boolean }): void {
  foldIn(shop, { kind: 'visit-ended', ...ended });
  shop.visits.delete(ended.visitId);
  shop.blind.visits.delete(ended.visitId);
  shop.toldBaskets.delete(ended.visitId);
}

function followVisit(shop: Shop, visit: Visit): void {
  const body = shop.fusion.bodies.byVisit.get(visit.visitId);
  if (!body) return;
  const seen: Visit = { ...visit, trackIds: trackIdsOf(body), lastSeenAtMs: body.lastSeenAtMs };
  shop.visits.set(visit.visitId, seen);
  if (seen.state === 'shopping' && isAbsent(shop, body)) leave(shop, seen);
  else if (seen.state === 'leaving' && !isAbsent(shop, body))
    shop.visits.set(visit.visitId, moveVisitTo(seen, 'shopping'));
  else if (seen.state === 'leaving' && maySettle(shop, seen)) settle(shop, seen);
}

function leave(shop: Shop, visit: Visit): Visit {
  const leaving = moveVisitTo(visit, 'leaving');
  shop.visits.set(visit.visitId, leaving);
  shop.events.push({ kind: 'visit-left', visit: leaving });
  return leaving;
}

/** A visit may settle once no shelf near its last place is in contact, or when it has waited long enough. */
function maySettle(shop: Shop, visit: Visit): boolean {
  const waitedMs = shop.trackTimeMs - visit.lastSeenAtMs - shop.settings.absenceMs;
  return waitedMs > shop.settings.settleMsMax || touchedShelves(shop, visit).length === 0;
}

/** Shelves in contact that the visit's body may have touched before it was last seen. */
function touchedShelves(shop: Shop, visit: Visit): Shelf[] {
  const head = shop.fusion.bodies.byVisit.get(visit.visitId)?.samples.newest()?.head;
  return shop.store.layout.shelves.filter((shelf) => {
    const contact = shop.sensing.contacts[shelf.shelfIndex]!;
    if (!contact.isOpen || contact.startedAtMs > visit.lastSeenAtMs) return false;
    return !head || floorDistanceM(head, shelfFront(shelf)) < TOUCH_DISTANCE_M;
  });
}

function settle(shop: Shop, visit: Visit): void {
  const settling = moveVisitTo(visit, 'settling');
  for (const shelf of touchedShelves(shop, visit)) endContactNow(shop.sensing, shelf, sinkOf(shop));
  foldIn(shop, { kind: 'settle', atMs: epochMs(visit.lastSeenAtMs + AFTER_LEAVING_MS) });
  const basket = seenBasket(shop, visit);
  const evidence = attributionsOf(shop.fusion, visit.visitId);
  const settled = moveVisitTo(settling, 'settled');
  const receipt = makeReceipt(settled, basket, shop.store.catalogue);
  shop.events.push({ kind: 'receipt-issued', receipt, evidence });
  forget(shop, { visitId: visit.visitId, isTrusted: receipt.decision === 'charge' });
}

/** The basket, as doubtful as it must be where a hand was at plates that do not work. */
function seenBasket(shop: Shop, visit: Visit): Basket {
  const basket = basketOf(shop.fusion, visit.visitId);
  const probabilityAllRight = basket.probabilityAllRight * unseenFactor(shop.blind, visit.visitId);
  return { ...basket, probabilityAllRight };
}
