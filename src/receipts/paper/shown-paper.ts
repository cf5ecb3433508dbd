/** A paper with every text as a device can show it, and the sentence about what it could not. */
import type { Paper, PaperBlock, PaperItem, PaperSection } from './paper.ts';

/** What a device makes of texts; it is asked for all of them before it is asked whether it replaced anything. */
export interface Showing {
  text(from: string): string;
  readonly hasReplaced: boolean;
}

type Show = (text: string) => string;

function shownItem(item: PaperItem, show: Show): PaperItem {
  return {
    ...item,
    name: show(item.name),
    mark: show(item.mark),
    amount: show(item.amount),
    details: item.details.map((detail) => ({
      ...detail,
      text: show(detail.text),
      amount: detail.amount === null ? null : show(detail.amount),
    })),
  };
}

function shownBlock(block: PaperBlock, show: Show): PaperBlock {
  switch (block.kind) {
    case 'text':
    case 'code':
      return { ...block, text: show(block.text) };
    case 'row':
    case 'total':
      return { ...block, left: show(block.left), right: show(block.right) };
    case 'table':
      return {
        ...block,
        columns: block.columns.map((column) => ({ ...column, title: show(column.title) })),
        rows: block.rows.map((row) => row.map(show)),
      };
    case 'items':
      return {
        ...block,
        itemTitle: show(block.itemTitle),
        markTitle: show(block.markTitle),
        amountTitle: show(block.amountTitle),
        items: block.items.map((item) => shownItem(item, show)),
      };
  }
}

export function shownPaper(paper: Paper, showing: Showing): Paper {
  const show = showing.text;
  const sections = paper.sections.map((section): PaperSection => ({
    ...section,
    title: section.title === null ? null : show(section.title),
    blocks: section.blocks.map((block) => shownBlock(block, show)),
  }));
  if (!showing.hasReplaced) return { ...paper, sections };
  const note: PaperSection = {
    role: 'disclosures',
    title: null,
    blocks: [{ kind: 'text', text: show(paper.replacementText) }],
  };
  return { ...paper, sections: [...sections, note] };
}
