/** The receipts, each as a slip of paper with what stands behind its lines beside it. */
import type { BasketLine, QuantityProbability, ReceiptLine } from '../../domain/index.ts';
import { CHARGED_WORDS, LEFT_OUT_WORDS, leftOutOf, negated, questionOf } from '../receipt-words.ts';
import { evidenceParts } from './evidence-part.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { ReceiptTold } from './story.ts';
import type { Person, View } from './view.ts';
import {
  countText,
  DECISION_WORDS,
  durationText,
  moneyLabel,
  momentText,
  percentText,
  STATUS_WORDS,
} from './words.ts';

/** `or 2 (4.1 %), or none (1.0 %)`: what else the number of units may be. */
function otherQuantities(alternatives: readonly QuantityProbability[]): string {
  return alternatives
    .map(
      (other) => `or ${other.quantity === 0 ? 'none' : other.quantity} (${percentText(other.probability)})`,
    )
    .join(', ');
}

function sureness(status: BasketLine['status'], probability: number): Markup {
  return markup`<span class="mark mark-${status}">${STATUS_WORDS[status]}</span> <span class="number">${percentText(probability)}</span>`;
}

function lineRow(line: ReceiptLine): Markup {
  const price = line.unitPrice ? moneyLabel(line.unitPrice) : 'no price';
  const others = otherQuantities(line.alternatives);
  return markup`<tr>
<th scope="row"><span class="item">${nameMarkup(line.name)}</span><span class="code">${line.productId}</span>
<span class="sureness">${sureness(line.status, line.probability)}</span>${others !== '' && markup`<span class="others">${others}</span>`}</th>
<td class="number">${line.quantity} × ${price}</td>
<td class="number">${line.amount ? moneyLabel(line.amount) : 'not charged'}</td>
</tr>`;
}

/** What is not charged as things stand, and what is then; nothing where the total is charged. */
function chargeRows({ receipt }: ReceiptTold): Markup[] {
  const leftOut = leftOutOf(receipt);
  if (leftOut.length === 0) return [];
  const { decision, charge } = receipt;
  const rows = leftOut.map(
    ({ name, quantity, amount }) =>
      markup`<tr class="left-out"><th scope="row" colspan="2">${LEFT_OUT_WORDS[decision]}: ${quantity} × ${nameMarkup(name)}</th><td class="number">${moneyLabel(negated(amount))}</td></tr>`,
  );
  return [
    ...rows,
    markup`<tr class="charged"><th scope="row" colspan="2">${CHARGED_WORDS[decision]}</th><td class="number">${moneyLabel(charge.total)}</td></tr>`,
  ];
}

function questionMarkup({ receipt }: ReceiptTold, view: View): Markup | null {
  const asked = questionOf(receipt, view.story.store.catalogue);
  if (!asked) return null;
  const answers = asked.answers.map((answer) => markup`<li>${answer}</li>`);
  return markup`<p class="question">${asked.question}</p><ul class="answers" aria-label="Answers to choose from">${answers}</ul>`;
}

function linesTable(told: ReceiptTold, person: Person): Markup {
  const { lines, total } = told.receipt;
  if (lines.length === 0) return markup`<p class="empty">Nothing taken. The receipt is empty.</p>`;
  return markup`<table class="lines">
<caption class="unseen">What ${person.name} took</caption>
<thead><tr><th scope="col">Item</th><th scope="col" class="number">Quantity and price</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${lines.map(lineRow)}</tbody>
<tfoot><tr><th scope="row" colspan="2">Total</th><td class="number">${moneyLabel(total)}</td></tr>${chargeRows(told)}</tfoot>
</table>`;
}

function unlikelyList(told: ReceiptTold, view: View): Markup | null {
  const { unlikely } = told.receipt;
  if (unlikely.length === 0) return null;
  const rows = unlikely.map((line) => {
    const name = view.story.store.catalogue.byId.get(line.productId)?.name ?? line.productId;
    return markup`<li>${line.quantity} × ${nameMarkup(name)} <span class="code">${line.productId}</span> <span class="number">${percentText(line.probability)}</span></li>`;
  });
  return markup`<div class="unlikely"><p>Probably not taken, but possible:</p><ul>${rows}</ul></div>`;
}

function slip(told: ReceiptTold, person: Person, view: View): Markup {
  const { receipt } = told;
  const words = DECISION_WORDS[receipt.decision];
  const entered = momentText(view.sinceStart(receipt.enteredAtMs));
  const left = momentText(view.sinceStart(receipt.leftAtMs));
  const isNothingToLeaveOut = receipt.decision === 'waive' && leftOutOf(receipt).length === 0;
  return markup`<div class="slip">
<p class="slip-head"><span>${nameMarkup(view.story.store.layout.storeId)}</span><span>${receipt.visitId}, revision ${receipt.revision}</span></p>
${linesTable(told, person)}
${unlikelyList(told, view)}
<dl class="facts">
<div><dt>Came in</dt><dd>${entered}</dd></div><div><dt>Left</dt><dd>${left}</dd></div><div><dt>Stayed</dt><dd>${durationText(receipt.leftAtMs - receipt.enteredAtMs)}</dd></div>
</dl>
<div class="decision decision-${receipt.decision}"><p><strong>${words.name}</strong> <span>all lines right: <span class="number">${percentText(receipt.probabilityAllRight)}</span></span></p><p>${words.meaning}</p>${isNothingToLeaveOut && markup`<p>Here the doubt is about what may be missing: there is nothing to leave out.</p>`}${questionMarkup(told, view)}${receipt.isAudited && markup`<p>Chosen by chance to be looked at afterwards; nothing waits for that.</p>`}</div>
</div>`;
}

function receiptArticle(view: View, person: Person, told: ReceiptTold): Markup {
  const id = `${view.prefix}-receipt-${person.number}`;
  const items = told.receipt.lines.reduce((sum, line) => sum + line.quantity, 0);
  return markup`<article class="receipt" aria-labelledby="${id}">
<h4 id="${id}"><span class="look look-${person.look}" aria-hidden="true">${person.number}</span>${person.name}: ${countText(items, 'item')}, ${DECISION_WORDS[told.receipt.decision].state}</h4>
<div class="receipt-body">${slip(told, person, view)}<div class="evidence">${evidenceParts(view, person, told)}</div></div>
</article>`;
}

/** Section with every receipt, in the order in which people came in. */
export function receiptsPart(view: View): Markup {
  const articles = view.people.flatMap((person) =>
    person.receipt ? [receiptArticle(view, person, person.receipt)] : [],
  );
  const leftOut = view.story.leftOut.get('receipts') ?? 0;
  return markup`<section aria-labelledby="${view.prefix}-receipts">
<h3 id="${view.prefix}-receipts">${articles.length === 1 ? 'Receipt' : 'Receipts'}</h3>
${articles.length === 0 && markup`<p class="empty">No receipt: nobody came in through an entrance.</p>`}
${articles}
${leftOut > 0 && markup`<p class="note">${countText(leftOut, 'receipt')} more than this page shows.</p>`}
</section>`;
}
