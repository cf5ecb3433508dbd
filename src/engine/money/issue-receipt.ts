/** From a draft with its number to an issued revision: through the fiscal device, where one is needed, bounded. */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { sealed } from '../../receipts/index.ts';
import type {
  FiscalMark,
  FiscalReply,
  FiscalRequest,
  ReceiptBook,
  ReceiptContent,
  ReceiptRevision,
} from '../../receipts/index.ts';
import type { PartyAccount, WaitingRevision } from './party-account.ts';

export interface FiscalTerms {
  readonly isNeeded: boolean;
  /** Without an answer for this long the device is asked again, under the same id. */
  readonly askAfterMs: number;
  /** A receipt waits no longer than this. */
  readonly waitMsMax: number;
}

export interface Issued {
  readonly account: PartyAccount;
  readonly book: ReceiptBook;
  readonly issued: readonly ReceiptRevision[];
  readonly requests: readonly FiscalRequest[];
}

function requestFor(content: ReceiptContent, before: ReceiptContent | null): FiscalRequest {
  const { receiptId, revision, sums, currency } = content;
  const keyOf = (tax: { authority: string; taxClass: string }): string =>
    JSON.stringify([tax.authority, tax.taxClass]);
  const taxes = new Map<string, { authority: string; taxClass: string; minor: number }>();
  for (const [of, sign] of [
    [sums.taxes, 1],
    [before?.sums.taxes ?? [], -1],
  ] as const)
    for (const tax of of) {
      const { authority, taxClass, minor } = tax;
      const known = taxes.get(keyOf(tax))?.minor ?? 0;
      taxes.set(keyOf(tax), { authority, taxClass, minor: known + sign * minor });
    }
  return {
    fiscalId: `${receiptId}#${revision}`,
    receiptId,
    revision,
    deltaMinor: sums.toPayMinor - (before?.sums.toPayMinor ?? 0),
    currency,
    taxes: [...taxes.values()],
  };
}

/** A new revision of the account's receipt: sealed at once, or waiting for its mark. */
export function drafted(
  at: { readonly account: PartyAccount; readonly book: ReceiptBook; readonly atMs: EpochMs },
  content: ReceiptContent,
  fiscal: FiscalTerms,
): Issued {
  const { account, book, atMs } = at;
  const request = requestFor(content, account.latest);
  const waiting: WaitingRevision = {
    content,
    request,
    mark: fiscal.isNeeded ? null : { kind: 'not-needed' },
    dueAtMs: epochMs(atMs + fiscal.askAfterMs),
    deadlineAtMs: epochMs(atMs + fiscal.waitMsMax),
  };
  const next = { ...account, latest: content, waiting: [...account.waiting, waiting] };
  return { ...marked(next, book), requests: fiscal.isNeeded ? [request] : [] };
}

/** Seals what has its mark, in the order of revisions. */
function marked(account: PartyAccount, book: ReceiptBook): Omit<Issued, 'requests'> {
  const issued: ReceiptRevision[] = [];
  let waiting = account.waiting;
  let head = book;
  for (let first = waiting[0]; first?.mark; first = waiting[0]) {
    const previous = issued.at(-1) ?? account.revisions.at(-1) ?? null;
    const next = sealed(head, { ...first.content, fiscal: first.mark }, previous);
    head = next.book;
    issued.push(next.revision);
    waiting = waiting.slice(1);
  }
  if (issued.length === 0) return { account, book, issued };
  return {
    account: { ...account, waiting, revisions: [...account.revisions, ...issued] },
    book: head,
    issued,
  };
}

function withMark(account: PartyAccount, fiscalId: string, mark: FiscalMark): PartyAccount {
  const isOpen = account.waiting.some((each) => each.request.fiscalId === fiscalId && each.mark === null);
  if (!isOpen) return account;
  const waiting = account.waiting.map((each) =>
    each.request.fiscalId === fiscalId && each.mark === null ? { ...each, mark } : each,
  );
  return { ...account, waiting };
}

/** The same account where the answer is late, twice, or none. */
export function fiscalTold(
  account: PartyAccount,
  book: ReceiptBook,
  answer: { readonly fiscalId: string; readonly reply: FiscalReply },
): Issued {
  const { fiscalId, reply } = answer;
  const next = reply.kind === 'unknown' ? account : withMark(account, fiscalId, reply);
  return { ...marked(next, book), requests: [] };
}

/** Asks again what is due, and gives up on what has waited long enough. */
export function fiscalTicked(
  account: PartyAccount,
  book: ReceiptBook,
  now: { readonly atMs: EpochMs; readonly isRestarted: boolean; readonly fiscal: FiscalTerms },
): Issued {
  const { atMs, isRestarted, fiscal } = now;
  const requests: FiscalRequest[] = [];
  const waiting = account.waiting.map((each): WaitingRevision => {
    if (each.mark !== null) return each;
    if (atMs >= each.deadlineAtMs) return { ...each, mark: { kind: 'device-failed' } };
    if (atMs < each.dueAtMs && !isRestarted) return each;
    requests.push(each.request);
    return { ...each, dueAtMs: epochMs(atMs + fiscal.askAfterMs) };
  });
  const isSame = waiting.every((each, index) => each === account.waiting[index]);
  return { ...marked(isSame ? account : { ...account, waiting }, book), requests };
}
