/** `tillfree user`: who may sign in to a shop, and as what. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { base32, ROLES, Secret } from '../../access/index.ts';
import type { Role } from '../../access/index.ts';
import { grantsOf, grantText, inOffice, roleNamed, storeNamed, withOffice } from './access-flags.ts';
import type { OfficeFlags } from './access-flags.ts';
import { failWith } from './receipt-choice.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface AddFlags extends OfficeFlags {
  readonly role: readonly Role[];
  readonly store?: readonly string[];
  readonly passwordFile?: string;
}

const HELP = `
Without --password-file a password is made and printed, once. docs/guide/access.md says what each role may do.

Examples:
  tillfree user add mira --role operator --data ./data
  tillfree user add sam --role associate --store north --data ./data`;

/** A hundred bits. */
const PASSWORD_BYTES = 15;

/** Adds `user add|list|disable` to the program. */
export function addUserCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const user = program.command('user').description('people who may sign in to a shop');
  withOffice(user.command('add <login>'))
    .description('adds a user')
    .requiredOption('--role <role>', `${ROLES.join(', ')}; may be repeated`, roleNamed)
    .option('--store <id>', 'in this store only; may be repeated', storeNamed)
    .option('--password-file <file>', 'whose first line is the password; - reads standard input')
    .addHelpText('after', HELP)
    .action((login: string, flags: AddFlags) => add(login, flags, terminal));
  withOffice(user.command('list'))
    .description('one line per user')
    .action((flags: OfficeFlags) => list(flags, terminal));
  withOffice(user.command('disable <login>'))
    .description('ends the sessions of a user, who may not sign in any more')
    .action((login: string, flags: OfficeFlags) => disable(login, flags, terminal));
}

function passwordIn(file: string, terminal: Terminal): Secret {
  try {
    return new Secret(readFileSync(file === '-' ? 0 : file, 'utf8').split(/\r?\n/, 1)[0] ?? '');
  } catch (error) {
    const what = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    const remedy = 'Check the path and its rights.';
    const problem = { code: 'PASSWORD_FILE_UNREADABLE', where: file, what, remedy };
    return failWith([problem], terminal, 'the user was not added');
  }
}

/** Groups of four, to be read out and typed. */
function madePassword(): Secret {
  return new Secret((base32(randomBytes(PASSWORD_BYTES)).match(/.{4}/g) ?? []).join('-'));
}

async function add(login: string, flags: AddFlags, terminal: Terminal): Promise<void> {
  const made = flags.passwordFile === undefined ? madePassword() : null;
  const password = made ?? passwordIn(flags.passwordFile ?? '-', terminal);
  await inOffice(flags, terminal, async (office) => {
    const added = await office.addUser(login, grantsOf(flags.retailer, flags.role, flags.store), password);
    if (!added.ok) failWith([added.problem], terminal, 'the user was not added');
    terminal.err(`added ${added.value.login}: ${added.value.grants.map(grantText).join(', ')}\n`);
    if (made === null) return;
    terminal.err('the password, which is shown this once:\n');
    terminal.out(`${made.reveal()}\n`);
  });
}

async function list(flags: OfficeFlags, terminal: Terminal): Promise<void> {
  await inOffice(flags, terminal, (office) => {
    for (const { login, grants, disabledAtMs } of office.users())
      terminal.out(
        `${login}  ${grants.map(grantText).join(', ')}${disabledAtMs === null ? '' : '  disabled'}\n`,
      );
  });
}

async function disable(login: string, flags: OfficeFlags, terminal: Terminal): Promise<void> {
  await inOffice(flags, terminal, (office) => {
    const disabled = office.disableUser(login);
    if (!disabled.ok) failWith([disabled.problem], terminal, 'nobody was disabled');
    terminal.err(`disabled ${disabled.value.login}; open sessions are over\n`);
  });
}
