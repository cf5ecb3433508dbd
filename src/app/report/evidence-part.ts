/**
 * What stands behind a line: every moment in which the person may have taken or returned the product. One
 * `<details>` per line, so that a keyboard opens it; the chart is drawn when it opens.
 */
import type {
  Attribution,
  Interaction,
  Move,
  MoveCandidate,
  ReceiptLine,
  VisitId,
} from '../../domain/index.ts';
import { traceFigure } from './trace-part.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import { momentKey } from './story.ts';
import type { ReceiptTold } from './story.ts';
import { concerns } from './view.ts';
import type { Moment, MomentKind, Person, View } from './view.ts';
import {
  countText,
  gramsText,
  isNothing,
  moveText,
  momentText,
  notWorkingText,
  percentText,
  placeText,
} from './words.ts';

/** What the listed candidates lack of certainty, below which it is not worth a row. */
const REST_MIN = 0.0005;

/** At the start of a sentence, or within it. */
function whoIs(view: View, visitId: VisitId | null, place: 'start' | 'within'): Markup {
  const person = visitId === null ? undefined : view.personByVisit.get(visitId);
  if (person)
    return markup`<span class="look look-${person.look}" aria-hidden="true">${person.number}</span>${person.name}`;
  const somebody = place === 'start' ? 'Somebody' : 'somebody';
  return markup`${visitId === null ? `${somebody} else` : `${somebody} who never entered (${visitId})`}`;
}

function moveMarkup(view: View, move: Move): Markup {
  const items = move.items.map((item, index) => {
    const name = item.productId === null ? null : view.story.store.catalogue.byId.get(item.productId)?.name;
    const thing = item.productId === null ? 'something that nobody can name' : (name ?? item.productId);
    return markup`${index > 0 && ' and '}${item.count} × ${nameMarkup(thing)}`;
  });
  const to = move.kind === 'hand-off' && markup` to ${whoIs(view, move.toVisitId ?? null, 'within')}`;
  return markup`<span class="move">${whoIs(view, move.visitId, 'start')} ${moveText(move.kind)} ${items}${to}</span>`;
}

function candidateRow(what: Markup, probability: number): Markup {
  return markup`<tr><th scope="row">${what}</th><td class="bar-cell"><span class="bar" style="--share:${(probability * 100).toFixed(2)}%"></span></td><td class="number">${percentText(probability)}</td></tr>`;
}

const NOTHING_WORDS: Readonly<Record<MomentKind, string>> = {
  weighed: 'Nothing happened: nothing was moved',
  'hands-met': 'Nothing went from hand to hand',
  'plate-not-working': 'Nothing was taken',
};

function candidatesTable(view: View, { attribution, kind }: Moment): Markup {
  const { candidates } = attribution;
  const rest = 1 - candidates.reduce((sum, candidate) => sum + candidate.probability, 0);
  const rows = candidates.map((candidate) => {
    const moves = candidate.moves.map((move) => moveMarkup(view, move));
    const what = isNothing(candidate) ? markup`${NOTHING_WORDS[kind]}` : markup`${moves}`;
    return candidateRow(what, candidate.probability);
  });
  if (rest > REST_MIN) rows.push(candidateRow(markup`Anything else`, rest));
  return markup`<table class="candidates"><caption>What it may have been</caption>
<thead class="unseen"><tr><th scope="col">Explanation</th><td></td><th scope="col">Probability</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** What the scales should show for a candidate; null where the catalogue lacks a weight. */
function expectedGrams(view: View, candidate: MoveCandidate): { grams: number; sum: string } | null {
  let grams = 0;
  const terms: string[] = [];
  for (const move of candidate.moves) {
    for (const item of move.items) {
      const product =
        item.productId === null ? undefined : view.story.store.catalogue.byId.get(item.productId);
      if (!product || product.weightGrams === null) return null;
      const sign = move.kind === 'pick' ? -1 : 1;
      grams += sign * item.count * product.weightGrams;
      terms.push(`${item.count} × ${gramsText(product.weightGrams)}`);
    }
  }
  return { grams, sum: terms.join(' and ') };
}

function weightFact(view: View, attribution: Attribution): Markup {
  const measured = markup`<strong class="number">${gramsText(attribution.deltaGrams)} ± ${gramsText(attribution.sigmaGrams)}</strong>`;
  const [best] = attribution.candidates;
  if (!best || isNothing(best)) return markup`${measured}; nothing that was moved explains it better`;
  const expected = expectedGrams(view, best);
  if (!expected) return markup`${measured}; the catalogue has no weight to hold against it`;
  const apart = gramsText(Math.abs(attribution.deltaGrams - expected.grams));
  return markup`${measured} against <span class="number">${expected.sum}</span> in the catalogue (<span class="number">${gramsText(expected.grams)}</span>): <span class="number">${apart}</span> apart`;
}

/** How still the plates were that did not take part. */
function neighboursFact(attribution: Attribution, interaction: Interaction | null): Markup | null {
  const others =
    interaction?.changes.filter((change) => !attribution.plateIds.includes(change.plateId)) ?? [];
  if (others.length === 0) return null;
  const most = Math.max(...others.map((change) => Math.abs(change.deltaGrams)));
  const who = others.length === 1 ? 'The other working plate' : `The other ${others.length} working plates`;
  return markup`<div><dt>Rest of the shelf</dt><dd>${who} changed by at most <span class="number">${gramsText(most)}</span></dd></div>`;
}

/** Where it was, and what the scales say of it, if anything. */
function placeFacts(view: View, { attribution, kind, interaction }: Moment): Markup {
  if (kind === 'hands-met')
    return markup`<div><dt>What</dt><dd>Hands met; no scale sees what goes from hand to hand</dd></div>`;
  const where = placeText(view.story.store.layout, attribution.plateIds);
  if (kind === 'plate-not-working')
    return markup`<div><dt>Where</dt><dd>a hand over ${where}, ${notWorkingText(attribution.plateIds)}</dd></div>`;
  return markup`<div><dt>Where</dt><dd>${where}</dd></div>
<div><dt>Weight</dt><dd>${weightFact(view, attribution)}</dd></div>
${neighboursFact(attribution, interaction)}`;
}

function momentBlock(view: View, moment: Moment): Markup {
  const { attribution } = moment;
  return markup`<div class="moment">
<dl class="facts-list">
<div><dt>When</dt><dd><span class="pin" aria-hidden="true">${moment.number}</span><span class="unseen">Moment ${moment.number}, </span>${momentText(view.sinceStart(attribution.atMs))} after the start</dd></div>
${placeFacts(view, moment)}
</dl>
${candidatesTable(view, moment)}
${moment.kind === 'weighed' && traceFigure(view, moment)}
</div>`;
}

interface EvidenceBox {
  readonly summary: Markup;
  readonly attributions: readonly Attribution[];
  readonly isOpen: boolean;
}

function evidenceBox(view: View, box: EvidenceBox): Markup {
  const blocks = box.attributions.flatMap((attribution) => {
    const moment = view.momentByKey.get(momentKey(attribution));
    return moment ? [momentBlock(view, moment)] : [];
  });
  return markup`<details${box.isOpen && ' open'}><summary>${box.summary}<span class="summary-count">${countText(blocks.length, 'moment')}</span></summary>
${blocks.length === 0 ? markup`<p class="note">No moment was kept for this line.</p>` : blocks}</details>`;
}

function lineSummary(line: ReceiptLine): Markup {
  return markup`<span class="summary-name">${line.quantity} × ${nameMarkup(line.name)}</span>`;
}

/** One box per line, then one for what belongs to no line: looked at, put back, or somebody else's. */
export function evidenceParts(view: View, person: Person, told: ReceiptTold): Markup[] {
  const { receipt, evidence } = told;
  const isFirst = view.prefix === 'r1' && person === view.people.find((each) => each.receipt !== null);
  const boxes = receipt.lines.map((line, index): EvidenceBox => {
    const of = { visitId: receipt.visitId, productId: line.productId };
    const attributions = evidence.filter((attribution) => concerns(attribution, of));
    return { summary: lineSummary(line), attributions, isOpen: isFirst && index === 0 };
  });
  const used = new Set(boxes.flatMap((box) => box.attributions));
  const others = evidence.filter((attribution) => !used.has(attribution));
  if (others.length > 0) {
    const summary = markup`<span class="summary-name">On no line: put back, handed on, or probably not theirs</span>`;
    boxes.push({ summary, attributions: others, isOpen: false });
  }
  if (boxes.length === 0) return [markup`<p class="empty">Nothing changed near this shopper.</p>`];
  return [markup`<h5>How we know</h5>`, ...boxes.map((box) => evidenceBox(view, box))];
}
