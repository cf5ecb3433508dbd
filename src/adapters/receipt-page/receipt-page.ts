/**
 * A receipt as one page that asks nobody for anything: no script, no font, no picture from elsewhere, and a policy that
 * forbids them. It reads on a telephone and prints on A4, Letter and a roll of 80 mm.
 */
import { readFileSync } from 'node:fs';
import type { Paper, PaperBlock, PaperSection } from '../../receipts/index.ts';
import { codePart } from './code-part.ts';
import { itemsPart } from './items-part.ts';
import type { EvidenceAddress } from './items-part.ts';
import { Markup, markup, nameMarkup } from '../../base/index.ts';

export interface PageOptions {
  readonly evidenceAddress: EvidenceAddress;
}

type Table = Extract<PaperBlock, { kind: 'table' }>;
type Row = Extract<PaperBlock, { kind: 'row' | 'total' }>;

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const STYLE = new Markup(readFileSync(new URL('page-style.css', import.meta.url), 'utf8'));

function rowsPart(rows: readonly Row[]): Markup {
  const parts = rows.map(
    ({ kind, left, right }) =>
      markup`<div class="${kind}"><dt>${left}</dt><dd>${nameMarkup(right)}</dd></div>`,
  );
  return markup`<dl>${parts}</dl>`;
}

function tablePart({ columns, rows }: Table, labelId: string): Markup {
  const look = (index: number): string =>
    columns[index]?.isAmount ? 'amount' : index === 0 ? 'mark' : 'name';
  const heads = columns.map(
    ({ title }, index) => markup`<th scope="col" class="${look(index)}">${title}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.map((cell, index) =>
      // The mark stands before what names the row: its rate or its authority.
      index === 1
        ? markup`<th scope="row" class="name">${nameMarkup(cell)}</th>`
        : markup`<td class="${look(index)}">${cell}</td>`,
    );
    return markup`<tr>${cells}</tr>`;
  });
  // Large amounts in large text may be wider than a telephone; a keyboard can scroll to them then.
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="${labelId}"><table class="taxes" aria-labelledby="${labelId}"><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function isRow(block: PaperBlock): block is Row {
  return block.kind === 'row' || block.kind === 'total';
}

/** Rows that follow each other are one list. */
function blocksPart(blocks: readonly PaperBlock[], labelId: string, options: PageOptions): Markup[] {
  const parts: Markup[] = [];
  let rows: Row[] = [];
  const flush = (): void => {
    if (rows.length > 0) parts.push(rowsPart(rows));
    rows = [];
  };
  for (const block of blocks) {
    if (isRow(block)) {
      rows.push(block);
      continue;
    }
    flush();
    if (block.kind === 'text') parts.push(markup`<p>${nameMarkup(block.text)}</p>`);
    else if (block.kind === 'code') parts.push(codePart(block));
    else if (block.kind === 'table') parts.push(tablePart(block, labelId));
    else parts.push(itemsPart(block, options.evidenceAddress));
  }
  flush();
  return parts;
}

function titlePart({ role, title }: PaperSection, labelId: string): Markup | null {
  if (title === null) return null;
  if (role === 'seller') return markup`<p class="store" id="${labelId}">${nameMarkup(title)}</p>`;
  return role === 'facts'
    ? markup`<h1 id="${labelId}">${title}</h1>`
    : markup`<h2 id="${labelId}">${title}</h2>`;
}

function sectionPart(section: PaperSection, options: PageOptions): Markup {
  const labelId = `part-${section.role}`;
  const inside = markup`${titlePart(section, labelId)}${blocksPart(section.blocks, labelId, options)}`;
  if (section.role === 'seller') return markup`<header class="seller">${inside}</header>`;
  return section.title === null
    ? markup`<div class="part ${section.role}">${inside}</div>`
    : markup`<section class="part ${section.role}" aria-labelledby="${labelId}">${inside}</section>`;
}

export function receiptPage(paper: Paper, options: PageOptions = { evidenceAddress: () => null }): string {
  return markup`<!doctype html>
<html lang="${paper.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${paper.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>${paper.sections.map((section) => sectionPart(section, options))}</main>
</body>
</html>
`.text;
}
