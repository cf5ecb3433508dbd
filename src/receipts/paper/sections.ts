/** The parts of a receipt around its items and taxes. */
import type { ReceiptContent, ReceiptRevision } from '../receipt-content.ts';
import { feeItems, feeUnitsOf } from './fees.ts';
import { goodsItem } from './goods.ts';
import type { ItemsContext } from './goods.ts';
import type { PaperBlock, PaperSection } from './paper.ts';
import { filled } from './speech.ts';
import type { Speech } from './speech.ts';

/** So much of the hash that nobody finds another content for it by chance, and a person can compare it. */
const CHECK_DIGITS = 16;

const text = (words: string): PaperBlock => ({ kind: 'text', text: words });
const row = (left: string, right: string): PaperBlock => ({ kind: 'row', left, right });

export function sellerSection({ seller }: ReceiptContent, { words }: Speech): PaperSection {
  const storeName = seller.storeName ?? seller.legalName;
  return {
    role: 'seller',
    title: storeName,
    blocks: [
      ...(storeName === seller.legalName ? [] : [text(seller.legalName)]),
      ...seller.addressLines.map(text),
      ...seller.taxIds.map(({ kind, value }) => text(filled(words.taxIds[kind], { value }))),
    ],
  };
}

export function factsSection(
  content: ReceiptContent,
  { title, speech }: { title: string; speech: Speech },
): PaperSection {
  const { words } = speech;
  const revised =
    content.revision > 1
      ? [row(words.revisedOn, speech.instant(content.issuedAtMs, content.localTime.zone))]
      : [];
  return {
    role: 'facts',
    title,
    blocks: [
      row(words.receiptNumber, content.receiptId),
      row(words.revision, `${content.revision}`),
      row(words.date, speech.localTime(content.localTime)),
      ...revised,
    ],
  };
}

/** What this revision gave back, by name and count. */
function givenBackNow(content: ReceiptContent): string[] {
  const counts = new Map<string, number>();
  const add = (name: string, count: number): void => {
    if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
  };
  for (const { name, units } of content.lines)
    add(name, units.filter(({ givenBackIn }) => givenBackIn === content.revision).length);
  const feeNames = new Map(content.fees.map(({ fee, name }) => [fee, name]));
  for (const { fee, givenBackIn } of feeUnitsOf(content))
    add(feeNames.get(fee) ?? fee, givenBackIn === content.revision ? 1 : 0);
  return [...counts].map(([name, count]) => `${count} × ${name}`);
}

export function changeSections(content: ReceiptContent, { words, money }: Speech): PaperSection[] {
  const { change, revision } = content;
  if (change === null) return [];
  const { givenBackMinor } = change;
  const amount =
    givenBackMinor === 0
      ? text(words.changeNothing)
      : row(givenBackMinor > 0 ? words.changeGivenBack : words.changeAdded, money(Math.abs(givenBackMinor)));
  return [
    {
      role: 'change',
      title: filled(words.changeTitle, { revision: `${revision}` }),
      blocks: [
        text(words.reasons[change.reason]),
        ...(change.note === null ? [] : [text(change.note)]),
        ...givenBackNow(content).map(text),
        amount,
        text(filled(words.replaces, { revision: `${revision - 1}` })),
      ],
    },
  ];
}

export function itemsSection(content: ReceiptContent, context: ItemsContext): PaperSection {
  const { words } = context.speech;
  const items = [...content.lines.map((line) => goodsItem(line, context)), ...feeItems(content, context)];
  return {
    role: 'items',
    title: null,
    blocks: [
      {
        kind: 'items',
        itemTitle: words.item,
        markTitle: items.some(({ mark }) => mark !== '') ? words.taxMark : '',
        amountTitle: words.amount,
        evidenceTitle: words.evidenceTitle,
        items,
      },
    ],
  };
}

export function sumsSection(
  { sums, includesTax }: ReceiptContent,
  { speech, tax }: { speech: Speech; tax: string },
): PaperSection {
  const { words, money } = speech;
  const saved =
    sums.savedMinor === 0
      ? []
      : [row(words.atListPrices, money(sums.listMinor)), row(words.saved, money(-sums.savedMinor))];
  const fees = sums.feesMinor === 0 ? [] : [row(words.fees, money(sums.feesMinor))];
  const taxes = includesTax ? [] : [row(tax, money(sums.taxMinor))];
  const rounded =
    sums.cashAdjustmentMinor === 0 ? [] : [row(words.cashRounding, money(sums.cashAdjustmentMinor))];
  const toPay: PaperBlock[] =
    sums.toPayMinor === sums.totalMinor
      ? []
      : [{ kind: 'total', left: words.toPay, right: money(sums.toPayMinor) }];
  return {
    role: 'sums',
    title: null,
    blocks: [
      ...saved,
      row(words.goods, money(sums.goodsMinor)),
      ...fees,
      ...taxes,
      { kind: 'total', left: words.total, right: money(sums.totalMinor) },
      ...rounded,
      ...toPay,
    ],
  };
}

export function paymentSections({ tenders }: ReceiptContent, { words }: Speech): PaperSection[] {
  if (tenders.length === 0) return [];
  const blocks = tenders.map(({ kind, label }) => row(words.tenders[kind], label));
  return [{ role: 'payment', title: words.paymentTitle, blocks }];
}

export function disclosureSections({ disclosures }: ReceiptContent): PaperSection[] {
  return disclosures.length === 0
    ? []
    : [{ role: 'disclosures', title: null, blocks: disclosures.map(text) }];
}

export function fiscalSections({ fiscal }: ReceiptContent, { words }: Speech): PaperSection[] {
  switch (fiscal.kind) {
    case 'not-needed':
      return [];
    case 'device-failed':
      return [{ role: 'fiscal', title: words.fiscalTitle, blocks: [text(words.fiscalFailed)] }];
    case 'marked': {
      const code: PaperBlock[] =
        fiscal.qr === null ? [] : [{ kind: 'code', value: fiscal.qr, text: words.fiscalCode }];
      const blocks = [row(words.fiscalDevice, fiscal.deviceId), text(fiscal.text), ...code];
      return [{ role: 'fiscal', title: words.fiscalTitle, blocks }];
    }
  }
}

export function questionsSection({ seller }: ReceiptContent, { words }: Speech): PaperSection {
  const how = seller.contact === null ? words.askInStore : filled(words.ask, { contact: seller.contact });
  return { role: 'questions', title: words.questionsTitle, blocks: [text(how)] };
}

/** @param address the page of the receipt; null names the receipt itself. */
export function codeSection(
  { content, hash }: ReceiptRevision,
  { words, address }: { words: Speech['words']; address: string | null },
): PaperSection {
  const value = address ?? `${content.receiptId}#${content.revision}`;
  return {
    role: 'code',
    title: null,
    blocks: [
      { kind: 'code', value, text: `${words.receiptCode} ${value}` },
      row(words.sealed, hash.slice(0, CHECK_DIGITS)),
    ],
  };
}
