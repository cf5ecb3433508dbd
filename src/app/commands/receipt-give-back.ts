/** `tillfree receipt give-back`: a correction down, from the command line to the refund. */
import { epochMs } from '../../base/index.ts';
import { money, moneyText } from '../../domain/index.ts';
import { CORRECTION_REASONS, NO_FISCAL_DEVICE } from '../../receipts/index.ts';
import type { CorrectedBy, Correction, CorrectionChange, CorrectionReason } from '../../receipts/index.ts';
import { counterSettings, MoneyDesk, processorAt, readBook, writeBook } from '../checkout/index.ts';
import { failWith, revisionIn } from './receipt-choice.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

export interface GiveBackFlags {
  readonly line?: readonly string[];
  readonly fee?: readonly string[];
  readonly all?: boolean;
  readonly reduce?: string;
  readonly reason: string;
  readonly by: string;
  readonly correction: string;
  readonly processor: string;
  readonly note?: string;
}

const WAIT_MS_MAX = 60_000;
const BY: readonly CorrectedBy[] = ['shopper', 'associate', 'reviewer', 'operator'];

/** @throws WorkFailed where a text is not `name=count`. */
function counted(text: string): { readonly name: string; readonly count: number } {
  const [, name, count] = /^(.+)=(\d+)$/.exec(text) ?? [];
  if (name === undefined) throw new WorkFailed(`${text} is not a name and a number, such as 2=1`);
  return { name, count: Number(count) };
}

function changeOf({ line = [], fee = [], all, reduce }: GiveBackFlags): CorrectionChange {
  if (all === true) return { kind: 'give-back-all' };
  if (reduce !== undefined) {
    const { name, count } = counted(reduce);
    return { kind: 'reduce', lineId: name, minor: count };
  }
  return {
    kind: 'give-back',
    lines: line.map(counted).map(({ name, count }) => ({ lineId: name, units: count })),
    fees: fee.map(counted).map(({ name, count }) => ({ fee: name, pieces: count })),
  };
}

function correctionOf(flags: GiveBackFlags): Correction {
  const reasons = Object.keys(CORRECTION_REASONS) as CorrectionReason[];
  const reason = reasons.find((each) => each === flags.reason);
  if (reason === undefined)
    throw new WorkFailed(`there is no reason ${flags.reason}. Known: ${reasons.join(', ')}.`);
  const by = BY.find((each) => each === flags.by);
  if (by === undefined) throw new WorkFailed(`nobody is called ${flags.by}. Known: ${BY.join(', ')}.`);
  const atMs = epochMs(Date.now());
  return {
    correctionId: flags.correction,
    atMs,
    reason,
    by,
    note: flags.note ?? null,
    change: changeOf(flags),
  };
}

export async function giveBack(
  book: string,
  number: string,
  { flags, terminal }: { readonly flags: GiveBackFlags; readonly terminal: Terminal },
): Promise<void> {
  const read = readBook(book);
  if (!read.ok) failWith([read.problem], terminal, 'the book could not be read');
  const { content } = revisionIn(read.value, number, undefined);
  const correction = correctionOf(flags);
  const opened = await MoneyDesk.open({
    directory: book,
    money: counterSettings(content),
    processor: processorAt(flags.processor),
    fiscal: NO_FISCAL_DEVICE,
  });
  if (!opened.ok) failWith([opened.problem], terminal, 'the book could not be opened');
  const desk = opened.value;
  const { paymentId: accountId, currency, receiptId } = content;
  try {
    const found = await desk.tell({ kind: 'corrected', accountId, correction, hasConsent: false });
    if (found !== null)
      throw new WorkFailed(`${receiptId}: ${found.what ?? 'it is refused'} [${found.code}]`);
    const isAtRest = await desk.rested(accountId, WAIT_MS_MAX);
    await writeBook(book, desk.revisions);
    const account = desk.money.accountOf(accountId);
    const made = account?.revisions.find((each) => each.content.change?.correctionId === flags.correction);
    const change = made?.content.change;
    if (made && change)
      terminal.out(
        `${receiptId} revision ${made.content.revision}: ${moneyText(money(change.givenBackMinor, currency))} given back, ` +
          `${moneyText(money(made.content.sums.toPayMinor, currency))} left\n`,
      );
    if (!isAtRest) throw new WorkFailed('the processor has not answered; run the same again to go on');
  } finally {
    await desk.close();
  }
}
