/** `tillfree key`: API keys of programs. A new key goes to standard output once; nothing can print it again. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { ALL_PERMISSIONS, isPermission, isRole, ROLE_PERMISSIONS, ROLES } from '../../access/index.ts';
import type { ApiKey, IssuedKey, Permission, Role } from '../../access/index.ts';
import { isIdText, storeId } from '../../domain/index.ts';
import { grantText, inOffice, withOffice } from './access-flags.ts';
import type { OfficeFlags } from './access-flags.ts';
import { failWith } from './receipt-choice.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface AddFlags extends OfficeFlags {
  readonly role: Role;
  readonly scope?: readonly Permission[];
  readonly store?: string;
  readonly days: number;
}

interface RotateFlags extends OfficeFlags {
  readonly overlapHours: number;
  readonly days: number;
}

const DAYS_DEFAULT = 365;
const DAYS_MAX = 3650;
const HOURS_DEFAULT = 24;
const HOURS_MAX = 24 * 90;
const HOUR_MS = 3_600_000;

function wholeIn(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
    return value;
  };
}

function roleOf(text: string): Role {
  if (!isRole(text)) throw new InvalidArgumentError(`One of ${ROLES.join(', ')}.`);
  return text;
}

function scopeNamed(text: string, before: readonly Permission[] = []): readonly Permission[] {
  if (!isPermission(text)) throw new InvalidArgumentError(`One of ${ALL_PERMISSIONS.join(', ')}.`);
  return [...before, text];
}

function printable(text: string): string {
  if (!isIdText(text)) throw new InvalidArgumentError('1 to 128 printable characters.');
  return text;
}

const days = wholeIn(1, DAYS_MAX);

/** Adds `key add|list|rotate|revoke` to the program. */
export function addKeyCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const key = program.command('key').description('API keys of programs');
  withOffice(key.command('add').argument('<name>', 'what it is for', printable))
    .description('makes a key and prints it, once')
    .requiredOption('--role <role>', ROLES.join(', '), roleOf)
    .option('--scope <permission>', 'only this of the role; may be repeated', scopeNamed)
    .option('--store <id>', 'in this store only', printable)
    .option('--days <n>', 'it ends after so many', days, DAYS_DEFAULT)
    .action((name: string, flags: AddFlags) => add(name, flags, terminal));
  withOffice(key.command('list'))
    .description('one line per key, without its secret')
    .action((flags: OfficeFlags) => list(flags, terminal));
  withOffice(key.command('rotate <id>'))
    .description('gives a key a new secret and prints it, once; the old one goes on for a while')
    .option('--overlap-hours <n>', 'so long', wholeIn(0, HOURS_MAX), HOURS_DEFAULT)
    .option('--days <n>', 'the new one ends after so many', days, DAYS_DEFAULT)
    .action((id: string, flags: RotateFlags) => rotate(id, flags, terminal));
  withOffice(key.command('revoke <id>'))
    .description('ends a key now, for good')
    .action((id: string, flags: OfficeFlags) => revoke(id, flags, terminal));
}

function endOf(dayCount: number): number {
  return Date.now() + dayCount * 24 * HOUR_MS;
}

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function stateText(key: ApiKey): string {
  if (key.revokedAtMs !== null) return `revoked ${dayText(key.revokedAtMs)}`;
  const ends = key.expiresAtMs === null ? 'without end' : `until ${dayText(key.expiresAtMs)}`;
  const used = key.lastUsedDay === null ? 'never used' : `used ${dayText(key.lastUsedDay * 24 * HOUR_MS)}`;
  return `${ends}, ${used}`;
}

function showOnce({ key, text }: IssuedKey, terminal: Terminal): void {
  terminal.err(`key ${key.keyId}, ${grantText(key.grant)}, ${stateText(key)}; it is shown this once:\n`);
  terminal.out(`${text.reveal()}\n`);
}

async function add(name: string, flags: AddFlags, terminal: Terminal): Promise<void> {
  const { role, scope, store, retailer } = flags;
  const grant = { role, retailerId: retailer, storeId: store === undefined ? null : storeId(store) };
  const scopes = scope ?? [...ROLE_PERMISSIONS[role]];
  await inOffice(flags, terminal, (office) => {
    const issued = office.addKey({ name, grant, scopes, expiresAtMs: endOf(flags.days) });
    if (!issued.ok) failWith([issued.problem], terminal, 'no key was made');
    showOnce(issued.value, terminal);
  });
}

async function list(flags: OfficeFlags, terminal: Terminal): Promise<void> {
  await inOffice(flags, terminal, (office) => {
    for (const key of office.keys())
      terminal.out(
        `${key.keyId}  ${key.name}  ${grantText(key.grant)}  ${key.scopes.join(' ')}  ${stateText(key)}\n`,
      );
  });
}

async function rotate(id: string, flags: RotateFlags, terminal: Terminal): Promise<void> {
  await inOffice(flags, terminal, (office) => {
    const turn = { overlapMs: flags.overlapHours * HOUR_MS, expiresAtMs: endOf(flags.days) };
    const rotated = office.rotateKey(id, turn);
    if (!rotated.ok) failWith([rotated.problem], terminal, 'the key stays as it is');
    showOnce(rotated.value, terminal);
  });
}

async function revoke(id: string, flags: OfficeFlags, terminal: Terminal): Promise<void> {
  await inOffice(flags, terminal, (office) => {
    const revoked = office.revokeKey(id);
    if (!revoked.ok) failWith([revoked.problem], terminal, 'the key stays as it is');
    terminal.err(`revoked ${revoked.value.keyId}\n`);
  });
}
