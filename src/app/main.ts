/** The command line. Exit codes: 0 done, 1 the work failed, 2 the call was wrong. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addCalibrateCommand } from './commands/calibrate.ts';
import { addCheckCasesCommand } from './commands/check-cases.ts';
import { addCheckoutCommand } from './commands/checkout.ts';
import { addKeyCommands } from './commands/key.ts';
import { addKnowledgeCommands } from './commands/knowledge.ts';
import { addReceiptCommands } from './commands/receipt.ts';
import { addRecordingCommands } from './commands/recording.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addSandboxProcessorCommand } from './commands/sandbox-processor.ts';
import { addScoreCommand } from './commands/score.ts';
import { PROCESS_TERMINAL } from './commands/terminal.ts';
import type { Terminal } from './commands/terminal.ts';
import { addTwinCommands } from './commands/twin.ts';
import { addUserCommands } from './commands/user.ts';
import { WorkFailed } from './commands/work-failed.ts';

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const content: unknown = JSON.parse(text);
  const isPackage = typeof content === 'object' && content !== null && 'version' in content;
  return isPackage ? String(content.version) : 'unknown';
}

/** Runs the command line on `args`, without the program's own name; resolves to the exit code. */
export async function main(args: readonly string[], terminal: Terminal = PROCESS_TERMINAL): Promise<number> {
  const program = new Command('tillfree')
    .description('Who took what: recordings of a shop in, receipts with their evidence out.')
    .version(version())
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help shows how to call it)')
    .exitOverride();
  addReplayCommand(program, terminal);
  addScoreCommand(program, terminal);
  addRecordingCommands(program, terminal);
  addKnowledgeCommands(program, terminal);
  addCalibrateCommand(program, terminal);
  addTwinCommands(program, terminal);
  addCheckCasesCommand(program, terminal);
  addCheckoutCommand(program, terminal);
  addReceiptCommands(program, terminal);
  addSandboxProcessorCommand(program, terminal);
  addUserCommands(program, terminal);
  addKeyCommands(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof WorkFailed)) throw error;
    terminal.err(`tillfree: ${error.message}\n`);
    return 1;
  }
}
