/** `tillfree checkout`: one basket from its price over the charge to its receipt. */
import type { Command } from 'commander';
import { money, moneyText } from '../../domain/index.ts';
import { receiptText } from '../../adapters/receipt-printer/index.ts';
import { LANGUAGES, NO_FISCAL_DEVICE, paperOf } from '../../receipts/index.ts';
import type { Language } from '../../receipts/index.ts';
import {
  counterSettings,
  judgedCheckouts,
  MoneyDesk,
  processorAt,
  readCheckout,
  runCheckout,
  writeBook,
} from '../checkout/index.ts';
import type { Checkout, JudgedBasket } from '../checkout/index.ts';
import { failWith, languageOf } from './receipt-choice.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface CheckoutFlags {
  readonly book: string;
  readonly processor: string;
  readonly replay?: string;
  readonly language?: string;
  readonly json?: boolean;
}

/** Adds `checkout FILE` to the program. */
export function addCheckoutCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  program
    .command('checkout <file>')
    .description('prices a basket, charges it once and issues its receipt; examples/checkouts has some')
    .requiredOption('--book <dir>', 'where the money and the receipts of the store are kept')
    .requiredOption('--processor <url>', 'who moves the money; "tillfree sandbox-processor" simulates one')
    .option(
      '--replay <path>',
      'sells what the visits of a recording took, in place of the basket of the file',
    )
    .option('--language <tag>', `how the receipt speaks: ${LANGUAGES.join(', ')}`)
    .option('--json', 'the receipt as one JSON document on standard output')
    .action((file: string, flags: CheckoutFlags) => checkout(file, flags, terminal));
}

async function checkout(file: string, flags: CheckoutFlags, terminal: Terminal): Promise<void> {
  const read = readCheckout(file);
  if (!read.ok) failWith(read.problem, terminal, 'the checkout could not be read');
  const { store } = read.value;
  const language = languageOf(flags.language, store.seller.country);
  const replayed = flags.replay === undefined ? null : await judgedCheckouts(read.value, flags.replay);
  if (replayed?.ok === false) failWith(replayed.problem, terminal, 'the recording could not be replayed');
  const sales = replayed?.value ?? [{ checkout: read.value, judged: null, decision: 'charge' }];
  const opened = await MoneyDesk.open({
    directory: flags.book,
    money: counterSettings({ storeId: store.storeId, series: store.series }),
    processor: processorAt(flags.processor),
    fiscal: NO_FISCAL_DEVICE,
  });
  if (!opened.ok) failWith([opened.problem], terminal, 'the book could not be opened');
  const desk = opened.value;
  try {
    for (const sale of sales) {
      if (sale.decision === 'charge') await sellOne(sale, { desk, language, flags, terminal });
      else terminal.err(`${sale.checkout.payer.paymentId}: ${sale.decision} first; nothing is charged yet\n`);
    }
  } finally {
    await desk.close();
  }
}

interface Counter {
  readonly desk: MoneyDesk;
  readonly language: Language;
  readonly flags: CheckoutFlags;
  readonly terminal: Terminal;
}

async function sellOne(
  { checkout: one, judged }: { readonly checkout: Checkout; readonly judged: JudgedBasket | null },
  { desk, language, flags, terminal }: Counter,
): Promise<void> {
  const say = (text: string): void => terminal.err(`${text}\n`);
  const done = await runCheckout(one, { desk, judged, say });
  if (!done.ok) failWith(done.problem, terminal, 'nothing was sold');
  const { receipt, phase, debtMinor, isAtRest } = done.value;
  await writeBook(flags.book, desk.revisions);
  if (receipt !== null)
    terminal.out(
      flags.json === true ? `${JSON.stringify(receipt)}\n` : receiptText(paperOf(receipt, language)),
    );
  else say('nothing was taken: there is no receipt, and nothing is charged');
  say(`payment  ${phase}`);
  if (!isAtRest) throw new WorkFailed('the processor has not answered; run the same again to go on');
  if (debtMinor > 0 && receipt !== null) {
    const { currency } = receipt.content;
    throw new WorkFailed(`${moneyText(money(debtMinor, currency))} could not be charged and is owed`);
  }
}
