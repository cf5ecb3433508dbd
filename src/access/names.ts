/** Names of who may do things and where; checked as all ids of the domain are. */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';
import { isIdText } from '../domain/index.ts';

export type RetailerId = Brand<string, 'RetailerId'>;
export type UserId = Brand<string, 'UserId'>;
export type KeyId = Brand<string, 'KeyId'>;

function checked(kind: string, text: string): string {
  assert(isIdText(text), 'ID_NOT_PRINTABLE', { kind });
  return text;
}

export const retailerId = (text: string): RetailerId => checked('retailer', text) as RetailerId;
export const userId = (text: string): UserId => checked('user', text) as UserId;
export const keyId = (text: string): KeyId => checked('key', text) as KeyId;
