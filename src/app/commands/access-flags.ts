/** What the commands about users and keys share: where they are kept, whose they are, and which roles are meant. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { isRole, retailerId, ROLES } from '../../access/index.ts';
import type { Grant, RetailerId, Role } from '../../access/index.ts';
import { isIdText, storeId } from '../../domain/index.ts';
import { AccessOffice } from '../access/index.ts';
import { failWith } from './receipt-choice.ts';
import type { Terminal } from './terminal.ts';

export interface OfficeFlags {
  readonly data: string;
  readonly retailer: RetailerId;
}

function retailerNamed(text: string): RetailerId {
  if (!isIdText(text)) throw new InvalidArgumentError('1 to 128 printable characters.');
  return retailerId(text);
}

/** Adds `--data` and `--retailer`. */
export function withOffice(command: Command): Command {
  return command
    .requiredOption('--data <dir>', 'where the shop keeps its data')
    .option('--retailer <name>', 'whose they are', retailerNamed, retailerId('main'));
}

/** Adds up `--role` given several times. */
export function roleNamed(text: string, before: readonly Role[] = []): readonly Role[] {
  if (!isRole(text)) throw new InvalidArgumentError(`One of ${ROLES.join(', ')}.`);
  return [...before, text];
}

/** Adds up `--store` given several times. */
export function storeNamed(text: string, before: readonly string[] = []): readonly string[] {
  if (!isIdText(text)) throw new InvalidArgumentError('1 to 128 printable characters.');
  return [...before, text];
}

/** Each role in each of the stores; in all where none is named. */
export function grantsOf(
  retailer: RetailerId,
  roles: readonly Role[],
  stores: readonly string[] = [],
): readonly Grant[] {
  const places = stores.length === 0 ? [null] : stores.map(storeId);
  return roles.flatMap((role) => places.map((place) => ({ role, retailerId: retailer, storeId: place })));
}

export function grantText({ role, storeId: store }: Grant): string {
  return store === null ? role : `${role} in ${store}`;
}

/** @throws WorkFailed where the directory holds something else. */
export async function inOffice(
  flags: OfficeFlags,
  terminal: Terminal,
  work: (office: AccessOffice) => Promise<void> | void,
): Promise<void> {
  const opened = AccessOffice.open(flags.data, flags.retailer);
  if (!opened.ok) failWith([opened.problem], terminal, 'users and keys could not be opened');
  try {
    await work(opened.value);
  } finally {
    opened.value.close();
  }
}
