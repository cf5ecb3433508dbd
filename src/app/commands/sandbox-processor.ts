/** `tillfree sandbox-processor`: a payment processor to develop against, which runs until it is stopped. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { NO_FAULTS, SANDBOX_DEFAULTS, SandboxServer } from '../../adapters/payment-sandbox/index.ts';
import type { SandboxFaults, SenderSettings } from '../../adapters/payment-sandbox/index.ts';
import { problemText } from '../../domain/index.ts';
import { interruptible } from '../interruption.ts';
import { readFaultFile } from '../sandbox/index.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface SandboxFlags {
  readonly port: number;
  readonly faults?: string;
  readonly webhooks?: string;
  readonly secret?: string;
  readonly seed: number;
}

const PORT_DEFAULT = 4010;
const WRONG_CALL = { exitCode: 2, code: 'tillfree.wrongCall' };
/** Pauses double from here: the last of ten attempts is a good two minutes after the first. */
const WEBHOOK_ATTEMPTS = { retryPauseMs: 500, attemptsMax: 10 };

/** A parser of whole numbers from 0 to `max`. */
function wholeUpTo(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > max)
      throw new InvalidArgumentError(`A whole number from 0 to ${max}.`);
    return value;
  };
}

const HELP = `
It listens on 127.0.0.1 only, keeps everything in memory, and moves no money.
docs/guide/payment.md shows the form of a fault file.

Examples:
  tillfree sandbox-processor
  tillfree sandbox-processor --faults faults.json --seed 7
  tillfree sandbox-processor --webhooks http://127.0.0.1:8080/webhooks --secret s3cret`;

/** Adds `sandbox-processor` to the program. */
export function addSandboxProcessorCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const command = program
    .command('sandbox-processor')
    .description('a simulated payment processor over HTTP, with faults, to develop and test against')
    .option('--port <n>', 'where it listens; 0 for any free port', wholeUpTo(65_535), PORT_DEFAULT)
    .option('--faults <file>', 'what it does wrong, and how often')
    .option('--webhooks <url>', 'send webhooks there; needs --secret')
    .option('--secret <text>', 'that webhooks are signed with')
    .option('--seed <n>', 'that faults are drawn from', wholeUpTo(2 ** 32 - 1), 1)
    .addHelpText('after', HELP);
  command.action((flags: SandboxFlags) => runSandbox(command, flags, terminal));
}

async function runSandbox(command: Command, flags: SandboxFlags, terminal: Terminal): Promise<void> {
  const webhooks = webhooksOf(command, flags);
  const faults = faultsOf(flags, terminal);
  const server = new SandboxServer({ ...SANDBOX_DEFAULTS, seed: flags.seed, faults, webhooks });
  await interruptible(async (stop) => {
    const url = await listening(server, flags.port);
    terminal.out(`sandbox processor at ${url}, SIMULATED: no money moves\n${faultLine(faults)}`);
    if (webhooks !== null) terminal.out(`webhooks to ${webhooks.url}\n`);
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
    await server.close();
    terminal.out('stopped\n');
  });
}

function webhooksOf(command: Command, { webhooks: url, secret }: SandboxFlags): SenderSettings | null {
  if (url === undefined && secret === undefined) return null;
  if (url === undefined || secret === undefined || secret === '')
    return command.error('--webhooks and --secret need each other', WRONG_CALL);
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return command.error(`--webhooks ${url} is no http or https address`, WRONG_CALL);
  return { url, secrets: [secret], ...WEBHOOK_ATTEMPTS };
}

/** @throws WorkFailed with every problem told. */
function faultsOf({ faults: file }: SandboxFlags, terminal: Terminal): SandboxFaults {
  if (file === undefined) return NO_FAULTS;
  const read = readFaultFile(file);
  if (read.ok) return read.value;
  for (const problem of read.problem) terminal.err(`${problemText(problem)}\n`);
  const count = read.problem.length;
  throw new WorkFailed(`${file} cannot be used: ${count} ${count === 1 ? 'problem' : 'problems'}, see above`);
}

function faultLine(faults: SandboxFaults): string {
  const named = Object.entries(faults).filter(
    ([name, value]) => value !== NO_FAULTS[name as keyof SandboxFaults],
  );
  return named.length === 0
    ? 'without faults\n'
    : `faults: ${named.map(([name, value]) => `${name} ${value}`).join(', ')}\n`;
}

async function listening(server: SandboxServer, port: number): Promise<string> {
  try {
    return await server.listen(port);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken) throw new WorkFailed(`port ${port} is taken; name another with --port, or 0 for any`);
    throw error;
  }
}
