/**
 * A revision put into words for one language. The country of the seller decides what it contains and how it is titled,
 * the language how it is said: a shop in Canada speaks two of them under one law.
 */
import type { ReceiptContent, ReceiptRevision } from '../receipt-content.ts';
import { missingIds } from './content-problems.ts';
import { countryContentOrPlain } from './countries/index.ts';
import type { CountryContent } from './countries/index.ts';
import type { Language } from './language.ts';
import type { Paper } from './paper.ts';
import {
  changeSections,
  codeSection,
  disclosureSections,
  factsSection,
  fiscalSections,
  itemsSection,
  paymentSections,
  questionsSection,
  sellerSection,
  sumsSection,
} from './sections.ts';
import { filled, speechOf } from './speech.ts';
import { taxMarksOf } from './tax-marks.ts';
import { isBuyerNeeded, taxesSection } from './taxes.ts';
import type { TitleKind } from './words/index.ts';

export interface PaperOptions {
  /** Where the receipt can be seen, for its code. */
  readonly address: string | null;
}

/** Prints everywhere, and nobody takes it for a letter of a name. */
const REPLACEMENT = '?';

/** A title such as `Tax invoice` is a claim, made only where all that it needs is there. */
function titleKind(content: ReceiptContent, country: CountryContent): TitleKind {
  const isEarned =
    content.sums.taxes.length > 0 &&
    !isBuyerNeeded(content, country) &&
    missingIds(content, country).length === 0;
  return isEarned ? country.title : 'receipt';
}

export function paperOf(
  revision: ReceiptRevision,
  language: Language,
  { address }: PaperOptions = { address: null },
): Paper {
  const { content } = revision;
  const country = countryContentOrPlain(content.seller.country);
  const speech = speechOf(language, content.currency);
  const { words } = speech;
  const marks = taxMarksOf(content, country);
  const title = words.titles[titleKind(content, country)];
  return {
    language,
    title: `${title} ${content.receiptId}`,
    issuedAtMs: content.issuedAtMs,
    sections: [
      sellerSection(content, speech),
      factsSection(content, { title, speech }),
      ...changeSections(content, speech),
      itemsSection(content, { speech, marks }),
      sumsSection(content, { speech, tax: words.taxNames[country.taxName] }),
      ...taxesSection({ content, country, speech, marks }),
      ...paymentSections(content, speech),
      ...disclosureSections(content),
      ...fiscalSections(content, speech),
      questionsSection(content, speech),
      codeSection(revision, { words, address }),
    ],
    replacement: REPLACEMENT,
    replacementText: filled(words.replaced, { mark: REPLACEMENT }),
  };
}
