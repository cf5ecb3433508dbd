import { Command, CommanderError } from 'commander';

/** Runs the command line; resolves to the exit code: 0 done, 1 the work failed, 2 the call was wrong. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('tillfree')
    .description('Who took what: recordings of a shop in, receipts with their evidence out.')
    .exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}
