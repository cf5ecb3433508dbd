/**
 * The lives of visits: a body that came in through an entrance opens one; a body that went out through a gate, or that
 * no camera has seen for long, leaves; a leaving visit waits, bounded, for shelves that are still in contact, and is
 * settled with a receipt.
 */
import { floorDistanceM, moveVisitTo, shelfFront } from '../domain/index.ts';
import type { Shelf, TrackId, Visit, VisitId } from '../domain/index.ts';
import { alternativesOf, attributionsOf, basketOf, unfollowedFactor } from '../fusion/index.ts';
import type { Body } from '../fusion/index.ts';
import { endContactNow } from '../sensing/index.ts';
import { unseenFactor } from './blind-reaches.ts';
import { forgetGateVisit, isLastSeenAtGate, noteCameBack } from './gates.ts';
import { isToldUntil } from './horizon.ts';
import { makeReceipt } from './make-receipt.ts';
import { foldIn, foldUnweighed, sinkOf } from './shop-state.ts';
import type { Shop } from './shop-state.ts';

/** A shelf within this distance of where the body was last seen may have been touched by it. */
const TOUCH_DISTANCE_M = 1.5;

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
    enteredAtMs: shop.gates.entries.get(body.visitId) ?? body.firstSeenAtMs,
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

/** Who was lost at a gate has gone out by it, even where the gate has missed it. */
const GONE_AT_GATE_MS = 5000;

function isAbsent(shop: Shop, body: Body): boolean {
  const { absenceMs } = shop.settings;
  const limitMs = isLastSeenAtGate(shop.gates, body) ? Math.min(GONE_AT_GATE_MS, absenceMs) : absenceMs;
  return shop.trackTimeMs - body.lastSeenAtMs > limitMs;
}

/** Nothing of the body stays behind. */
function forget(shop: Shop, ended: { readonly visitId: VisitId; readonly isTrusted: boolean }): void {
  foldIn(shop, { kind: 'visit-ended', ...ended });
  shop.visits.delete(ended.visitId);
  shop.blind.visits.delete(ended.visitId);
  forgetGateVisit(shop.gates, ended.visitId);
  shop.toldBaskets.delete(ended.visitId);
}

function followVisit(shop: Shop, visit: Visit): void {
  const body = shop.fusion.bodies.byVisit.get(visit.visitId);
  if (!body) return;
  const exit = shop.gates.exits.get(visit.visitId);
  const seen: Visit = {
    ...visit,
    trackIds: trackIdsOf(body),
    enteredAtMs: shop.gates.entries.get(visit.visitId) ?? visit.enteredAtMs,
    lastSeenAtMs: exit?.leftAtMs ?? body.lastSeenAtMs,
  };
  shop.visits.set(visit.visitId, seen);
  if (seen.state === 'shopping') {
    if (!exit && !isAbsent(shop, body)) return;
    const leaving = leave(shop, seen);
    if (exit && maySettle(shop, leaving)) settle(shop, leaving);
  } else if (isBack(shop, body)) {
    shop.visits.set(visit.visitId, moveVisitTo(seen, 'shopping'));
    if (exit) noteCameBack(shop.gates, visit.visitId);
  } else if (maySettle(shop, seen)) settle(shop, seen);
}

/** True where the body of a leaving visit has been seen since it went out, or since it was lost. */
function isBack(shop: Shop, body: Body): boolean {
  const exit = shop.gates.exits.get(body.visitId);
  return exit ? body.lastSeenAtMs > exit.seenUntilMs : !isAbsent(shop, body);
}

function leave(shop: Shop, visit: Visit): Visit {
  const leaving = moveVisitTo(visit, 'leaving');
  shop.visits.set(visit.visitId, leaving);
  shop.events.push({ kind: 'visit-left', visit: leaving });
  return leaving;
}

/**
 * A visit may settle once no shelf near its last place is in contact, or when it has waited long enough. Who was lost
 * long ago has nothing left to be told; who has just gone out may have, and waits for that too.
 */
function maySettle(shop: Shop, visit: Visit): boolean {
  const exit = shop.gates.exits.get(visit.visitId);
  const waitedMs = exit
    ? shop.nowMs - exit.decidedAtMs
    : shop.trackTimeMs - visit.lastSeenAtMs - shop.settings.absenceMs;
  if (waitedMs > shop.settings.settleMsMax) return true;
  return touchedShelves(shop, visit).length === 0 && (!exit || isToldUntil(shop, exit.leftAtMs));
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
  const scene = { store: shop.store, bodies: shop.fusion.bodies };
  const unseen =
    unseenFactor(shop.blind, visit.visitId, scene) * unfollowedFactor(shop.fusion, visit.visitId);
  foldUnweighed(shop);
  foldIn(shop, { kind: 'visit-left', visitId: visit.visitId });
  const told = basketOf(shop.fusion, visit.visitId);
  const basket = { ...told, probabilityAllRight: told.probabilityAllRight * unseen };
  const evidence = attributionsOf(shop.fusion, visit.visitId);
  const settled = moveVisitTo(settling, 'settled');
  const alternatives = alternativesOf(shop.fusion, visit.visitId);
  const { catalogue } = shop.store;
  const { policy, visitPrefix = '' } = shop.settings;
  const { receipt, knowledge } = makeReceipt(
    { visit: settled, basket, alternatives, catalogue },
    { knowledge: shop.decisions, policy, visitPrefix },
  );
  shop.decisions = knowledge;
  shop.events.push({ kind: 'receipt-issued', receipt, evidence, alternatives });
  forget(shop, { visitId: visit.visitId, isTrusted: receipt.decision === 'charge' });
}
