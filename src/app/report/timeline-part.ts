/**
 * The whole recording as a strip: who was there, and when which shelf was touched. Bars are placed in per cent, so
 * the strip fits any width; the same times stand as words in the cells for those who do not see them.
 */
import type { Interaction, Shelf } from '../../domain/index.ts';
import { markup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { Moment, Person, View } from './view.ts';
import { countText, durationText, momentText } from './words.ts';

const SHELVES_MAX = 40;
/** What is read out of one shelf's row before it becomes a count. */
const WORDS_MAX = 12;

function share(view: View, sinceStartMs: number): string {
  const part = view.durationMs > 0 ? sinceStartMs / view.durationMs : 0;
  return `${(Math.min(1, Math.max(0, part)) * 100).toFixed(2)}%`;
}

function placed(view: View, span: { readonly fromMs: number; readonly toMs: number }): string {
  const from = Math.max(0, view.sinceStart(span.fromMs));
  const to = Math.max(from, view.sinceStart(span.toMs));
  return `--from:${share(view, from)};--length:${share(view, to - from)}`;
}

interface Touched {
  readonly shelf: Shelf;
  readonly interactions: readonly Interaction[];
  /** Of these interactions, and those that no scale saw. */
  readonly moments: readonly Moment[];
}

function personRow(view: View, person: Person): Markup {
  const fromMs = person.visit.enteredAtMs;
  const toMs = person.leftAtMs ?? person.visit.lastSeenAtMs;
  const words = `in the shop from ${momentText(view.sinceStart(fromMs))} to ${momentText(view.sinceStart(toMs))}`;
  return markup`<tr><th scope="row"><span class="look look-${person.look}" aria-hidden="true">${person.number}</span>${person.name}</th><td><div class="strip"><span class="unseen">${words}</span><span class="span of-look-${person.look}" style="${placed(view, { fromMs, toMs })}"></span></div></td></tr>`;
}

function ticks(view: View, moments: readonly Moment[]): Markup[] {
  return moments.map(
    (moment) =>
      markup`<span class="tick" style="--from:${share(view, view.sinceStart(moment.attribution.atMs))}">${moment.number}</span>`,
  );
}

function contactWords(view: View, { interactions, moments }: Touched): string {
  const unweighed = moments.filter(({ kind }) => kind === 'plate-not-working');
  const words = interactions.map((each) => {
    const times = `${momentText(view.sinceStart(each.startedAtMs))} to ${momentText(view.sinceStart(each.endedAtMs))}`;
    return `contact from ${times} with ${countText(each.steps.length, 'weight step')}`;
  });
  const hands = unweighed.map(
    ({ attribution }) =>
      `a hand over a plate that does not work at ${momentText(view.sinceStart(attribution.atMs))}`,
  );
  const told = interactions.length > WORDS_MAX ? [countText(interactions.length, 'contact')] : words;
  const seen =
    hands.length > WORDS_MAX ? [`${countText(hands.length, 'hand')} over plates that do not work`] : hands;
  return [...told, ...seen].join('; ');
}

/** Moments without a shelf have a row of their own. */
function handsRow(view: View): Markup | null {
  const met = view.moments.filter(({ kind }) => kind === 'hands-met');
  if (met.length === 0) return null;
  const times = met.map(({ attribution }) => momentText(view.sinceStart(attribution.atMs)));
  const words =
    times.length > WORDS_MAX ? `hands met ${times.length} times` : `hands met at ${times.join(', ')}`;
  return markup`<tr><th scope="row">Hands met</th><td><div class="strip"><span class="unseen">${words}</span>${ticks(view, met)}</div></td></tr>`;
}

function shelfRow(view: View, touched: Touched): Markup {
  const { shelf, interactions, moments } = touched;
  const fixture = view.story.store.layout.fixtures[shelf.fixtureIndex]!;
  const contacts = interactions.map(
    (each) =>
      markup`<span class="contact" style="${placed(view, { fromMs: each.startedAtMs, toMs: each.endedAtMs })}"></span>`,
  );
  return markup`<tr><th scope="row">Fixture ${fixture.fixtureId}, shelf ${shelf.shelfNumber}</th><td><div class="strip"><span class="unseen">${contactWords(view, touched)}</span>${contacts}${ticks(view, moments)}</div></td></tr>`;
}

const TICK_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400];
const AXIS_TICKS_MAX = 6;

function axis(view: View): Markup {
  const seconds = view.durationMs / 1000;
  const every = TICK_SECONDS.find((each) => seconds / each <= AXIS_TICKS_MAX) ?? 28_800;
  const marks: Markup[] = [];
  // A mark in the last part would stand beyond the edge.
  for (let at = 0; at <= seconds * 0.97; at += every)
    marks.push(
      markup`<span class="mark-at" style="--from:${share(view, at * 1000)}">${durationText(at * 1000)}</span>`,
    );
  return markup`<tr class="axis"><th scope="row">Since the start</th><td><div class="strip">${marks}</div></td></tr>`;
}

function touchedShelves(view: View): Touched[] {
  const { layout } = view.story.store;
  const byShelf = Map.groupBy(view.story.interactions.values(), ({ shelfId }) => shelfId);
  const unweighed = view.moments.filter(({ kind }) => kind === 'plate-not-working');
  return layout.shelves.flatMap((shelf) => {
    const interactions = byShelf.get(shelf.shelfId) ?? [];
    const ids = new Set(interactions.map(({ interactionId }) => interactionId));
    const moments = [
      ...view.moments.filter(({ attribution }) => ids.has(attribution.interactionId)),
      ...unweighed.filter(({ plates }) => plates[0]?.shelfIndex === shelf.shelfIndex),
    ];
    return interactions.length + moments.length > 0 ? [{ shelf, interactions, moments }] : [];
  });
}

function momentsAt({ interactions, moments }: Touched): number {
  return Math.max(interactions.length, moments.length);
}

export function timelinePart(view: View): Markup {
  const touched = touchedShelves(view);
  const shown = touched
    .toSorted((a, b) => momentsAt(b) - momentsAt(a))
    .slice(0, SHELVES_MAX)
    .sort((a, b) => a.shelf.shelfIndex - b.shelf.shelfIndex);
  const leftOut = touched.length - shown.length;
  return markup`<section aria-labelledby="${view.prefix}-timeline">
<h3 id="${view.prefix}-timeline">In time</h3>
<table class="timeline"><caption>Who was there, when a shelf was in contact (bars), and what happened there (numbers as on the plan)</caption>
<tbody>${view.people.map((person) => personRow(view, person))}${shown.map((each) => shelfRow(view, each))}${handsRow(view)}${axis(view)}</tbody></table>
${touched.length === 0 && markup`<p class="note">No shelf was touched.</p>`}
${leftOut > 0 && markup`<p class="note">${countText(leftOut, 'shelf row')} with fewer contacts not shown.</p>`}
</section>`;
}
