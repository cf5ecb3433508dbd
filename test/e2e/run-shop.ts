/** A scripted shop from its first observation to its last receipt, and what a test wants to know of it. */
import { present } from '../../src/base/index.ts';
import { scoreItems } from '../../src/app/score.ts';
import type { Observation, Receipt } from '../../src/domain/index.ts';
import { accept, closeShop, openShop } from '../../src/engine/index.ts';
import type { Shop, ShopEvent } from '../../src/engine/index.ts';
import type { ScriptedRecording, TruePerson } from '../builders/index.ts';

export interface ShopRun {
  readonly shop: Shop;
  readonly events: readonly ShopEvent[];
  readonly receipts: readonly Receipt[];
}

export function receiptsOf(events: readonly ShopEvent[]): Receipt[] {
  return events.flatMap((event) => (event.kind === 'receipt-issued' ? [event.receipt] : []));
}

/** Everything that follows from `observations`, the end of the recording included. */
export function runShop(shop: Shop, observations: Iterable<Observation>): ShopRun {
  const events: ShopEvent[] = [];
  for (const observation of observations) events.push(...accept(shop, observation));
  events.push(...closeShop(shop));
  return { shop, events, receipts: receiptsOf(events) };
}

export function runScript(recording: ScriptedRecording): ShopRun {
  return runShop(openShop(recording.store), recording.observations());
}

/** The receipt of `person`, by the first id that they had. */
export function receiptOf(run: ShopRun, person: TruePerson): Receipt {
  const receipt = run.receipts.find((each) => each.trackIds[0] === person.trackIds[0]);
  return present(receipt, `NO_RECEIPT_FOR_${person.personName}`);
}

function quantitiesOf(receipt: Receipt): ReadonlyMap<string, number> {
  return new Map(receipt.lines.map((line) => [String(line.productId), line.quantity]));
}

/** Item F1 of the receipt against what its person holds in truth. */
export function f1Of(receipt: Receipt, person: TruePerson): number {
  return scoreItems(quantitiesOf(receipt), person.items).f1;
}

export function isRight(receipt: Receipt, person: TruePerson): boolean {
  return scoreItems(quantitiesOf(receipt), person.items).isExact;
}

/** One line about a receipt that is not right, for the message of a failing test. */
export function mistakeText(receipt: Receipt, person: TruePerson): string {
  const told = receipt.lines.map((line) => `${line.productId}*${line.quantity}`).join(' ');
  const real = [...person.items].map(([product, count]) => `${product}*${count}`).join(' ');
  const { decision, probabilityAllRight } = receipt;
  return `${person.personName}: told [${told}], holds [${real}], ${decision} at ${probabilityAllRight}`;
}

/** Receipts that would take money for what nobody holds and are almost certain of it: there may never be one. */
export function wronglyCharged(run: ShopRun, recording: ScriptedRecording, sureFrom = 0.99): string[] {
  return recording.people.flatMap((person) => {
    const receipt = run.receipts.find((each) => each.trackIds[0] === person.trackIds[0]);
    if (!receipt || isRight(receipt, person)) return [];
    const isCharged = receipt.decision === 'charge' && receipt.probabilityAllRight > sureFrom;
    return isCharged ? [mistakeText(receipt, person)] : [];
  });
}
