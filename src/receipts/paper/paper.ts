/**
 * A receipt as something to read: worded, formatted and in order, and of no device. The page, the PDF and the printer
 * are drawn from it and add no words of their own, so that all three say the same; how it looks is theirs alone.
 */
import type { EpochMs } from '../../base/index.ts';
import type { Language } from './language.ts';

/** What a line rests on. The page links it; paper has no room for it, and says how sure the line is. */
export interface PaperEvidence {
  readonly text: string;
  readonly ref: string;
  readonly hash: string | null;
}

/** A step towards an item's amount, or a remark on it. An amount here is inside the item's own, never beside it. */
export interface PaperDetail {
  readonly kind: 'quantity' | 'reduction' | 'given-back' | 'remark' | 'sureness';
  readonly text: string;
  readonly amount: string | null;
}

/** A line of goods or a kind of fee. The amounts of all items add up to goods and fees. */
export interface PaperItem {
  readonly kind: 'goods' | 'fee';
  readonly name: string;
  /** Which row of the taxes it belongs to; empty where none does. */
  readonly mark: string;
  readonly amount: string;
  /** All of it was given back: its amount is nothing, and it may be struck out besides. */
  readonly isGivenBack: boolean;
  readonly details: readonly PaperDetail[];
  readonly evidence: readonly PaperEvidence[];
}

export interface PaperColumn {
  readonly title: string;
  readonly isAmount: boolean;
}

export type PaperBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'row'; readonly left: string; readonly right: string }
  | { readonly kind: 'total'; readonly left: string; readonly right: string }
  | {
      readonly kind: 'items';
      readonly itemTitle: string;
      /** Empty where no item has a mark. */
      readonly markTitle: string;
      readonly amountTitle: string;
      /** Stands above an item's evidence. */
      readonly evidenceTitle: string;
      readonly items: readonly PaperItem[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly PaperColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  /** To be drawn as a QR code, with the text for those who cannot scan it. */
  | { readonly kind: 'code'; readonly value: string; readonly text: string };

export type SectionRole =
  | 'seller'
  | 'facts'
  | 'change'
  | 'items'
  | 'sums'
  | 'taxes'
  | 'payment'
  | 'disclosures'
  | 'fiscal'
  | 'questions'
  | 'code';

export interface PaperSection {
  readonly role: SectionRole;
  readonly title: string | null;
  readonly blocks: readonly PaperBlock[];
}

export interface Paper {
  readonly language: Language;
  /** Of the whole document, such as `Tax invoice corner-shop/A/000017`. */
  readonly title: string;
  /** For the date of a file: the same revision gives the same bytes. */
  readonly issuedAtMs: EpochMs;
  readonly sections: readonly PaperSection[];
  /** What a device says, once, that had to print `replacement` for a character it lacks. */
  readonly replacement: string;
  readonly replacementText: string;
}

function blockTexts(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'text':
    case 'code':
      return [block.text];
    case 'row':
    case 'total':
      return [block.left, block.right];
    case 'table':
      return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
    case 'items':
      return [
        block.itemTitle,
        block.markTitle,
        block.amountTitle,
        ...block.items.flatMap(({ name, mark, amount, details }) => [
          name,
          amount,
          mark,
          ...details.flatMap((detail) => [detail.text, detail.amount ?? '']),
        ]),
      ];
  }
}

/** Every text that each rendering says, in order. */
export function paperTexts(paper: Paper): string[] {
  return paper.sections
    .flatMap(({ title, blocks }) => [title ?? '', ...blocks.flatMap(blockTexts)])
    .filter((text) => text !== '');
}
