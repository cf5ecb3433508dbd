/**
 * Names of things. An id is an opaque, printable text of 1 to 128 characters; numbers of 64 bits stay texts because
 * a JavaScript number would round them. Each kind has its own brand so that a plate cannot be passed for a product.
 */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';

export type StoreId = Brand<string, 'StoreId'>;
export type FixtureId = Brand<string, 'FixtureId'>;
export type ShelfId = Brand<string, 'ShelfId'>;
export type PlateId = Brand<string, 'PlateId'>;
export type ProductId = Brand<string, 'ProductId'>;
export type TrackId = Brand<string, 'TrackId'>;
export type VisitId = Brand<string, 'VisitId'>;
export type InteractionId = Brand<string, 'InteractionId'>;
export type SourceId = Brand<string, 'SourceId'>;
export type GateId = Brand<string, 'GateId'>;
export type ReaderId = Brand<string, 'ReaderId'>;
export type TagId = Brand<string, 'TagId'>;
export type CartId = Brand<string, 'CartId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
export type PartyId = Brand<string, 'PartyId'>;
export type PaymentId = Brand<string, 'PaymentId'>;
/** One command to a payment processor; the same however often it is sent. */
export type CommandId = Brand<string, 'CommandId'>;
/** A hold as the processor names it. */
export type HoldId = Brand<string, 'HoldId'>;

const ID_LENGTH_MAX = 128;
const PRINTABLE = /^[^\p{Cc}]+$/u;

/** True for a text that may serve as an id: 1 to 128 characters, none of them a control character. */
export function isIdText(text: string): boolean {
  return text.length <= ID_LENGTH_MAX && PRINTABLE.test(text);
}

function checked(kind: string, text: string): string {
  assert(isIdText(text), 'ID_NOT_PRINTABLE', { kind, text });
  return text;
}

export const storeId = (text: string): StoreId => checked('store', text) as StoreId;
export const fixtureId = (text: string): FixtureId => checked('fixture', text) as FixtureId;
export const productId = (text: string): ProductId => checked('product', text) as ProductId;
export const trackId = (text: string): TrackId => checked('track', text) as TrackId;
export const visitId = (text: string): VisitId => checked('visit', text) as VisitId;
export const interactionId = (text: string): InteractionId => checked('interaction', text) as InteractionId;
export const sourceId = (text: string): SourceId => checked('source', text) as SourceId;
export const gateId = (text: string): GateId => checked('gate', text) as GateId;
export const readerId = (text: string): ReaderId => checked('reader', text) as ReaderId;
export const tagId = (text: string): TagId => checked('tag', text) as TagId;
export const cartId = (text: string): CartId => checked('cart', text) as CartId;
export const deviceId = (text: string): DeviceId => checked('device', text) as DeviceId;
export const partyId = (text: string): PartyId => checked('party', text) as PartyId;
export const paymentId = (text: string): PaymentId => checked('payment', text) as PaymentId;
export const commandId = (text: string): CommandId => checked('command', text) as CommandId;
export const holdId = (text: string): HoldId => checked('hold', text) as HoldId;

/** A shelf is named by its fixture and its number on it: `1/5`. */
export function shelfId(fixture: FixtureId, shelfNumber: number): ShelfId {
  return checked('shelf', `${fixture}/${shelfNumber}`) as ShelfId;
}

/** A plate is named by its shelf and its number on it: `1/5/11`. */
export function plateId(shelf: ShelfId, plateNumber: number): PlateId {
  return checked('plate', `${shelf}/${plateNumber}`) as PlateId;
}
