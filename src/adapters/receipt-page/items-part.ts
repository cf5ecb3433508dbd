/** Goods and fees as a table: a row per item, and a row with the steps to its amount below it. */
import type { PaperBlock, PaperDetail, PaperEvidence, PaperItem } from '../../receipts/index.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import { isWebAddress } from './web-address.ts';
import type { Markup } from '../../base/index.ts';

type Items = Extract<PaperBlock, { kind: 'items' }>;

/** Where an evidence can be looked at; null where it cannot. */
export type EvidenceAddress = (evidence: PaperEvidence) => string | null;

/** Enough of a hash to compare it by eye. */
const HASH_SHOWN = 12;

function detailPart({ kind, text, amount }: PaperDetail): Markup {
  return markup`<li class="${kind}"><span>${nameMarkup(text)}</span>${amount !== null && markup` <span class="inner">${amount}</span>`}</li>`;
}

function evidencePart(item: PaperItem, title: string, addressOf: EvidenceAddress): Markup | null {
  if (item.evidence.length === 0) return null;
  const rows = item.evidence.map((evidence) => {
    const address = addressOf(evidence);
    const named = markup`${evidence.text} <code>${nameMarkup(evidence.ref)}</code>`;
    const linked =
      address !== null && isWebAddress(address) ? markup`<a href="${address}">${named}</a>` : named;
    const hash =
      evidence.hash !== null && markup` <code class="hash">${evidence.hash.slice(0, HASH_SHOWN)}…</code>`;
    return markup`<li>${linked}${hash}</li>`;
  });
  return markup`<details><summary>${title}<span class="unseen">: ${item.name}</span></summary><ul>${rows}</ul></details>`;
}

function itemPart(item: PaperItem, block: Items, addressOf: EvidenceAddress): Markup {
  const name = item.isGivenBack ? markup`<s>${nameMarkup(item.name)}</s>` : nameMarkup(item.name);
  const evidence = evidencePart(item, block.evidenceTitle, addressOf);
  const hasMarks = block.markTitle !== '';
  const span = hasMarks ? 2 : 1;
  const steps = item.details.filter(({ kind }) => kind !== 'sureness');
  const sureness = item.details.filter(({ kind }) => kind === 'sureness');
  const trust =
    (sureness.length > 0 || evidence !== null) &&
    markup`<div class="trust">${sureness.map(({ text }) => markup`<p class="sureness">${text}</p>`)}${evidence}</div>`;
  const details =
    (steps.length > 0 || trust !== false) &&
    markup`<tr class="more"><td>${steps.length > 0 && markup`<ul>${steps.map(detailPart)}</ul>`}${trust}</td><td colspan="${span}"></td></tr>`;
  return markup`<tbody class="${item.kind}${item.isGivenBack && ' back'}"><tr><th scope="row">${name}</th>${hasMarks && markup`<td class="mark">${item.mark}</td>`}<td class="amount">${item.amount}</td></tr>${details}</tbody>`;
}

export function itemsPart(block: Items, addressOf: EvidenceAddress): Markup {
  return markup`<table class="items"><thead><tr><th scope="col">${block.itemTitle}</th>${block.markTitle !== '' && markup`<th scope="col" class="mark">${block.markTitle}</th>`}<th scope="col" class="amount">${block.amountTitle}</th></tr></thead>${block.items.map((item) => itemPart(item, block, addressOf))}</table>`;
}
