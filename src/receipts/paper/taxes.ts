/** The taxes as the country wants them told: by rate, by authority, or in one statement. */
import type { ReceiptContent, ReceiptTax } from '../receipt-content.ts';
import { isBeyond } from './countries/index.ts';
import type { CountryContent } from './countries/index.ts';
import { feeUnitsOf } from './fees.ts';
import { sumOf } from './goods.ts';
import type { PaperBlock, PaperColumn, PaperSection } from './paper.ts';
import { filled } from './speech.ts';
import type { Speech } from './speech.ts';
import type { TaxMarks } from './tax-marks.ts';

const MILLION = 1_000_000;

export interface TaxesContext {
  readonly content: ReceiptContent;
  readonly country: CountryContent;
  readonly speech: Speech;
  readonly marks: TaxMarks;
}

/** What counts and carries no tax. */
function untaxedMinor(content: ReceiptContent): number {
  const units = content.lines.flatMap((line) => line.units);
  const goods = units.filter(({ givenBackIn, taxes }) => givenBackIn === null && taxes.length === 0);
  const fees = feeUnitsOf(content).filter(
    ({ givenBackIn, taxes }) => givenBackIn === null && taxes.length === 0,
  );
  return sumOf(goods, ({ netMinor }) => netMinor) + sumOf(fees, ({ minor }) => minor);
}

const text = (title: string): PaperColumn => ({ title, isAmount: false });
const amount = (title: string): PaperColumn => ({ title, isAmount: true });

function taxWord({ country, speech }: TaxesContext): string {
  return speech.words.taxNames[country.taxName];
}

/** One row for each class: its authorities share the base. */
function byRate(context: TaxesContext): PaperBlock {
  const { content, speech, marks } = context;
  const { words, money, percent } = speech;
  const byClass = Map.groupBy(content.sums.taxes, ({ taxClass }) => taxClass);
  const rows = [...byClass].map(([taxClass, same]) => {
    const minor = sumOf(same, (tax) => tax.minor);
    const baseMinor = same[0]?.baseMinor ?? 0;
    const netMinor = content.includesTax ? baseMinor - minor : baseMinor;
    const rate = percent(sumOf(same, ({ perMillion }) => perMillion) / MILLION);
    return [marks.ofClass(taxClass), rate, money(netMinor), money(minor), money(netMinor + minor)];
  });
  const rest = untaxedMinor(content);
  if (rest !== 0) {
    const name = filled(words.untaxed, { tax: taxWord(context) });
    rows.push([marks.untaxed, name, money(rest), money(0), money(rest)]);
  }
  const columns = [
    text(words.taxMark),
    text(words.rate),
    amount(words.net),
    amount(taxWord(context)),
    amount(words.gross),
  ];
  return { kind: 'table', columns, rows };
}

function byAuthority(context: TaxesContext): PaperBlock {
  const { content, speech, marks } = context;
  const { words, money, percent } = speech;
  const rows = content.sums.taxes.map((tax: ReceiptTax) => [
    marks.ofClass(tax.taxClass),
    `${tax.authorityName} ${percent(tax.perMillion / MILLION)}`,
    money(tax.baseMinor),
    money(tax.minor),
  ]);
  const columns = [
    text(words.taxMark),
    text(words.authority),
    amount(words.taxBase),
    amount(taxWord(context)),
  ];
  return { kind: 'table', columns, rows };
}

function statement(context: TaxesContext): PaperBlock[] {
  const { content, speech, marks } = context;
  const { words, money } = speech;
  const tax = taxWord(context);
  const [only, ...others] = content.sums.taxes;
  const told = filled(words.includesTax, { tax, amount: money(content.sums.taxMinor) });
  if (!only || others.length > 0) return [{ kind: 'text', text: told }, byRate(context)];
  const legend = filled(words.taxableMark, { tax, mark: marks.ofClass(only.taxClass) });
  return [
    { kind: 'text', text: told },
    { kind: 'text', text: legend },
  ];
}

function taxBlocks(context: TaxesContext): PaperBlock[] {
  const { content, country } = context;
  // A statement of what is inside says nothing true where tax comes on top.
  if (country.taxes === 'statement' && content.includesTax) return statement(context);
  return [country.taxes === 'by-rate' ? byRate(context) : byAuthority(context)];
}

/** Whether the country wants the buyer named for an amount like this, which a receipt cannot. */
export function isBuyerNeeded({ currency, sums }: ReceiptContent, country: CountryContent): boolean {
  return (
    country.buyerNeeded !== null &&
    currency === country.currency &&
    sums.taxes.length > 0 &&
    isBeyond(sums.totalMinor, country.buyerNeeded)
  );
}

export function taxesSection(context: TaxesContext): PaperSection[] {
  const { content, country, speech } = context;
  if (content.sums.taxes.length === 0) return [];
  const note: PaperBlock[] = isBuyerNeeded(content, country)
    ? [{ kind: 'text', text: speech.words.buyerNeeded }]
    : [];
  const title = filled(speech.words.taxesTitle, { tax: taxWord(context) });
  return [{ role: 'taxes', title, blocks: [...taxBlocks(context), ...note] }];
}
