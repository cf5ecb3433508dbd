/** `tillfree receipt`: a book of receipts, looked at, rendered, corrected and checked. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { receiptPage } from '../../adapters/receipt-page/index.ts';
import { receiptPdf } from '../../adapters/receipt-pdf/index.ts';
import { PLAIN_PRINTER, receiptBytes, receiptText } from '../../adapters/receipt-printer/index.ts';
import { money, moneyText, problemText } from '../../domain/index.ts';
import { contentProblems, CORRECTION_REASONS, LANGUAGES, paperOf } from '../../receipts/index.ts';
import type { Paper, ReceiptRevision } from '../../receipts/index.ts';
import { readBook } from '../checkout/index.ts';
import type { ReadBook } from '../checkout/index.ts';
import { failWith, languageOf, revisionIn } from './receipt-choice.ts';
import { giveBack } from './receipt-give-back.ts';
import type { GiveBackFlags } from './receipt-give-back.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface ShowFlags {
  readonly revision?: string;
  readonly language?: string;
  readonly page?: string;
  readonly pdf?: string;
  readonly printer?: string;
  readonly json?: boolean;
}

const PROBLEMS_TOLD = 20;

/** Adds `receipt list|show|give-back|check` to the program. */
export function addReceiptCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const receipt = program.command('receipt').description('receipts of a book: look, print, correct, check');
  receipt
    .command('list <book>')
    .description('one line per receipt')
    .action((book: string) => list(opened(book, terminal), terminal));
  receipt
    .command('show <book> <number>')
    .description('a receipt as text, page, PDF or printer commands')
    .option('--revision <n>', 'an earlier revision; the latest where nothing is said')
    .option('--language <tag>', `how it speaks: ${LANGUAGES.join(', ')}`)
    .option('--page <file>', 'as a web page')
    .option('--pdf <file>', 'as a PDF')
    .option('--printer <file>', 'as ESC/POS commands for a thermal printer')
    .option('--json', 'the revision as one JSON document on standard output')
    .action((book: string, number: string, flags: ShowFlags) => show(book, number, { flags, terminal }));
  receipt
    .command('give-back <book> <number>')
    .description('gives back lines of a receipt, to the unit, by a new revision and a refund')
    .option('--line <id=units...>', 'a line and how many of it, such as 2=1')
    .option('--fee <name=pieces...>', 'a fee that no unit carries, such as bag=1')
    .option('--all', 'everything that is left')
    .option('--reduce <id=minor>', 'so much less for a line, in minor units')
    .requiredOption('--reason <reason>', Object.keys(CORRECTION_REASONS).join(', '))
    .requiredOption('--by <who>', 'shopper, associate, reviewer, operator')
    .requiredOption('--correction <name>', 'the name of this correction; asked for twice it is made once')
    .requiredOption('--processor <url>', 'who moves the money')
    .option('--note <text>', 'what the next person should know')
    .action((book: string, number: string, flags: GiveBackFlags) =>
      giveBack(book, number, { flags, terminal }),
    );
  receipt
    .command('check <book>')
    .description('whether the receipts are all that were ever issued, unchanged, and add up')
    .action((book: string) => check(opened(book, terminal), terminal));
}

function opened(book: string, terminal: Terminal): ReadBook {
  const read = readBook(book);
  if (!read.ok) failWith([read.problem], terminal, 'the book could not be read');
  return read.value;
}

function list({ revisions }: ReadBook, terminal: Terminal): void {
  const latest = new Map(revisions.map((revision) => [revision.content.receiptId, revision]));
  for (const { content } of latest.values()) {
    const { number, revision, localTime, sums, currency, change } = content;
    const clock = `${Math.floor(localTime.minuteOfDay / 60)}`.padStart(2, '0');
    const minutes = `${localTime.minuteOfDay % 60}`.padStart(2, '0');
    const amount = moneyText(money(sums.toPayMinor, currency));
    const last =
      change === null ? '' : `  ${change.reason}, ${moneyText(money(change.givenBackMinor, currency))} back`;
    terminal.out(
      `${String(number).padStart(6)}  ${localTime.date} ${clock}:${minutes}  ${amount.padStart(12)}  revision ${revision}${last}\n`,
    );
  }
}

function show(
  book: string,
  number: string,
  { flags, terminal }: { readonly flags: ShowFlags; readonly terminal: Terminal },
): Promise<void> {
  const revision = revisionIn(opened(book, terminal), number, flags.revision);
  for (const problem of contentProblems(revision)) terminal.err(`${problemText(problem)}\n`);
  const language = languageOf(flags.language, revision.content.seller.country);
  return rendered(revision, paperOf(revision, language), { flags, terminal });
}

async function rendered(
  revision: ReceiptRevision,
  paper: Paper,
  { flags, terminal }: { readonly flags: ShowFlags; readonly terminal: Terminal },
): Promise<void> {
  const write = (file: string, content: string | Uint8Array): void => {
    try {
      writeFileSync(file, content);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new WorkFailed(`${file} could not be written: ${cause}. Name a file that can be written.`);
    }
    terminal.err(`wrote ${file}\n`);
  };
  if (flags.page !== undefined) write(flags.page, receiptPage(paper));
  if (flags.pdf !== undefined) write(flags.pdf, await receiptPdf(paper));
  if (flags.printer !== undefined) write(flags.printer, receiptBytes(paper, PLAIN_PRINTER));
  if (flags.json === true) terminal.out(`${JSON.stringify(revision)}\n`);
  else if (flags.page === undefined && flags.pdf === undefined && flags.printer === undefined)
    terminal.out(receiptText(paper));
}

function check({ path, revisions, problems }: ReadBook, terminal: Terminal): void {
  for (const problem of problems.slice(0, PROBLEMS_TOLD)) terminal.err(`${problemText(problem)}\n`);
  if (problems.length > PROBLEMS_TOLD) terminal.err(`${path}: and ${problems.length - PROBLEMS_TOLD} more\n`);
  const receiptCount = new Set(revisions.map(({ content }) => content.receiptId)).size;
  const counts = `${receiptCount} receipts in ${revisions.length} revisions`;
  if (problems.length > 0)
    throw new WorkFailed(`${counts}, ${problems.length} problems: not what was issued`);
  const last = revisions.at(-1)?.hash ?? 'none';
  terminal.out(`${path}: ${counts}, whole and unchanged; the last hash is ${last}\n`);
}
