/**
 * `tillfree twin list | run`: a simulated shop whose truth is known, into the loop, into files or onto a broker. The twin
 * itself is loaded by who asks for it: no other command waits for it.
 */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { RECORDING_FORMATS } from './recording-copy.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import type { TwinRunFlags } from './twin-run.ts';

const SEED_MAX = 2 ** 32 - 1;
const MINUTES_MAX = 1440;

function seedOf(text: string): number {
  const seed = Number(text);
  if (text.trim() === '' || !Number.isInteger(seed) || seed < 0 || seed > SEED_MAX)
    throw new InvalidArgumentError(`A whole number from 0 to ${SEED_MAX}.`);
  return seed;
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= MINUTES_MAX))
    throw new InvalidArgumentError(`A number of minutes above 0 and up to ${MINUTES_MAX} (a day).`);
  return minutes;
}

function speedOf(text: string): number {
  const speed = text === 'max' ? 0 : Number(text);
  if (text.trim() === '' || !(speed >= 0 && speed < Infinity))
    throw new InvalidArgumentError('A number above 0, such as 10; 0 or "max" for as fast as it goes.');
  return speed === 0 ? Infinity : speed;
}

const RUN_HELP = `
Without --out and --mqtt the run goes into the shop loop in this process, and
what the shop said is compared with what truly happened. Same seed, same run.

Examples:
  tillfree twin run --scenario plain --seed 7
  tillfree twin run --scenario crowd-8 --seed 7 --report crowd.html
  tillfree twin run --scenario convenience --out runs
  tillfree twin run --scenario plain --mqtt mqtt://localhost --speed 10
  tillfree twin run --scenario my.json --store recording.mcap`;

function addRun(twin: Command, terminal: Terminal): void {
  const command = twin
    .command('run')
    .description('simulates people in a shop, with sensors and faults, and tells the truth beside it')
    .requiredOption('--scenario <name|file>', 'a ready scenario ("twin list"), or a scenario file')
    .option('--seed <n>', 'which of its runs', seedOf, 1)
    .option('--minutes <m>', 'how long people may come in', minutesOf)
    .option('--out <dir>', 'write a recording and its ground truth there')
    .addOption(
      new Option('--format <format>', 'of the recording: mcap (default) or aifi').choices(RECORDING_FORMATS),
    )
    .option('--mqtt <url>', 'publish to this broker, with present times')
    .option('--speed <x>', 'with --mqtt: times as fast as it happens; max', speedOf)
    .option('--report <file>', 'write one HTML page that shows everything')
    .option('--json', 'one line of JSON on standard output')
    .option('--store <recording>', 'use the shop of this recording')
    .option('--geometry <dir>', 'its geometry files, where they are not beside it')
    .option('--knowledge <file>', 'begin with what the shop has learnt before, and keep what it learns')
    .option('--visit <name>', 'which visit of a file of labelled visits')
    .addHelpText('after', RUN_HELP);
  command.action(async (flags: TwinRunFlags) => {
    const { runTwinCommand } = await import('./twin-run.ts');
    return runTwinCommand(command, flags, terminal);
  });
}

function addList(twin: Command, terminal: Terminal): void {
  twin
    .command('list')
    .description('names the ready scenarios, easy ones first')
    .option('--json', 'one JSON document')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { listTwinScenarios } = await import('./twin-run.ts');
      listTwinScenarios(json, terminal);
    });
}

/** Adds `twin list` and `twin run` to the program. */
export function addTwinCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const twin = program
    .command('twin')
    .description('a SIMULATED shop: people, sensors and faults from a seed, and the truth beside them');
  addList(twin, terminal);
  addRun(twin, terminal);
}
