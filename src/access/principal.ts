/** Who asks: a person, a program with a key, a device of a shop. */
import type { DeviceId, StoreId } from '../domain/index.ts';
import type { KeyId, RetailerId, UserId } from './names.ts';
import type { Permission, Role } from './permissions.ts';

/** A role in all stores of a retailer, or in one of them. */
export interface Grant {
  readonly role: Role;
  readonly retailerId: RetailerId;
  /** Null: the retailer itself and every store of it, those to come too. */
  readonly storeId: StoreId | null;
}

export type Principal =
  | { readonly kind: 'user'; readonly userId: UserId; readonly grants: readonly Grant[] }
  | {
      readonly kind: 'key';
      readonly keyId: KeyId;
      readonly grant: Grant;
      /** Narrows the role, never widens it. */
      readonly scopes: ReadonlySet<Permission>;
    }
  | {
      readonly kind: 'device';
      readonly deviceId: DeviceId;
      readonly retailerId: RetailerId;
      readonly storeId: StoreId;
    };

/** How an audit entry names it: `user:u-1`. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.userId}`;
    case 'key':
      return `key:${principal.keyId}`;
    case 'device':
      return `device:${principal.deviceId}`;
  }
}
