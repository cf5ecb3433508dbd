/** `tillfree check-cases`: whether cases with known answers come out as they should. */
import type { Command } from 'commander';
import { problemText } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { casesDocument, casesText, readCaseFile, runCases, totalOf } from '../cases/index.ts';
import type { CasesRun } from '../cases/index.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

/** Of each file; the rest is counted. */
const PROBLEMS_TOLD = 20;

/** Adds `check-cases FILE…` to the program. */
export function addCheckCasesCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  program
    .command('check-cases <files...>')
    .description(
      'runs cases with known answers, such as those of examples/cases, and tells which came out otherwise',
    )
    .option('--json', 'one JSON document on standard output')
    .action((files: readonly string[], flags: { readonly json?: boolean }) => {
      checkCases(files, flags.json === true, terminal);
    });
}

function checkCases(files: readonly string[], isJson: boolean, terminal: Terminal): void {
  const runs: CasesRun[] = [];
  const problems: DataProblem[] = [];
  let refusedFiles = 0;
  for (const file of files) {
    const read = readCaseFile(file);
    if (read.ok) {
      runs.push(runCases(read.value));
      continue;
    }
    refusedFiles++;
    const told = read.problem.slice(0, PROBLEMS_TOLD);
    const more = read.problem.length - told.length;
    problems.push(...told);
    for (const problem of told) terminal.err(`${problemText(problem)}\n`);
    if (more > 0) terminal.err(`${file}: and ${more} more\n`);
  }
  const total = totalOf(runs, refusedFiles);
  if (isJson) terminal.out(`${JSON.stringify({ ...casesDocument(runs, total), problems })}\n`);
  else if (runs.length > 0) terminal.out(casesText(runs, total));
  if (refusedFiles > 0) throw new WorkFailed(`${refusedFiles} of ${files.length} files could not be read`);
  if (total.failed > 0) throw new WorkFailed(`${total.failed} of ${total.cases} cases came out otherwise`);
}
