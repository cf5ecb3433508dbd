/**
 * Everything that can be allowed, and which role has it. Both are closed: a new permission does not compile until it
 * says whether it reads or writes. A role is a list of permissions and nothing else; no code asks for a role by name.
 */
type Effect = 'read' | 'write';

export const PERMISSIONS = {
  'stores.read': 'read',
  'visits.read': 'read',
  'receipts.read': 'read',
  'payments.read': 'read',
  'reviews.read': 'read',
  'catalogue.read': 'read',
  'devices.read': 'read',
  'recordings.read': 'read',
  'settings.read': 'read',
  'users.read': 'read',
  'keys.read': 'read',
  'webhooks.read': 'read',
  'audit.read': 'read',
  'visits.help': 'write',
  'shelves.tend': 'write',
  'receipts.correct': 'write',
  'refunds.make': 'write',
  'reviews.decide': 'write',
  'catalogue.write': 'write',
  'devices.manage': 'write',
  'observations.send': 'write',
  'settings.write': 'write',
  'users.manage': 'write',
  'keys.manage': 'write',
  'webhooks.manage': 'write',
} as const satisfies Readonly<Record<string, Effect>>;

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}

export type Role = 'operator' | 'associate' | 'reviewer' | 'integrator' | 'auditor';

export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  operator: new Set(ALL_PERMISSIONS),
  associate: new Set<Permission>([
    'stores.read',
    'visits.read',
    'receipts.read',
    'catalogue.read',
    'devices.read',
    'visits.help',
    'shelves.tend',
    'receipts.correct',
    'refunds.make',
  ]),
  reviewer: new Set<Permission>([
    'stores.read',
    'visits.read',
    'receipts.read',
    'reviews.read',
    'catalogue.read',
    'reviews.decide',
  ]),
  integrator: new Set<Permission>([
    'stores.read',
    'visits.read',
    'receipts.read',
    'payments.read',
    'catalogue.read',
    'devices.read',
    'recordings.read',
    'settings.read',
    'webhooks.read',
    'catalogue.write',
    'devices.manage',
    'observations.send',
    'webhooks.manage',
  ]),
  auditor: new Set(ALL_PERMISSIONS.filter((permission) => PERMISSIONS[permission] === 'read')),
};

export const ROLES = Object.keys(ROLE_PERMISSIONS) as readonly Role[];

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLE_PERMISSIONS, text);
}

/** What a device of the shop may do, and nothing beside it. */
export const DEVICE_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>(['observations.send']);
