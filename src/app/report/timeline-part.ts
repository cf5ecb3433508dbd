/**
 * The whole recording as a strip: who was there, and when which shelf was touched. Bars are placed in per cent, so
 * the strip fits any width; the same times stand as words in the cells for those who do not see them.
 */
import type { Interaction, Shelf } from '../../domain/index.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Person, View } from './view.ts';
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

function personRow(view: View, person: Person): Markup {
  const fromMs = person.visit.enteredAtMs;
  const toMs = person.leftAtMs ?? person.visit.lastSeenAtMs;
  const words = `in the shop from ${momentText(view.sinceStart(fromMs))} to ${momentText(view.sinceStart(toMs))}`;
  return markup`<tr><th scope="row"><span class="look look-${person.look}" aria-hidden="true">${person.number}</span>${person.name}</th><td><div class="strip"><span class="unseen">${words}</span><span class="span of-look-${person.look}" style="${placed(view, { fromMs, toMs })}"></span></div></td></tr>`;
}

function stepTicks(view: View, interactions: readonly Interaction[]): Markup[] {
  const ids = new Set(interactions.map((interaction) => interaction.interactionId));
  return view.moments
    .filter((moment) => ids.has(moment.attribution.interactionId))
    .map(
      (moment) =>
        markup`<span class="tick" style="--from:${share(view, view.sinceStart(moment.attribution.atMs))}">${moment.number}</span>`,
    );
}

function contactWords(view: View, interactions: readonly Interaction[]): string {
  if (interactions.length > WORDS_MAX) return countText(interactions.length, 'contact');
  return interactions
    .map((each) => {
      const times = `${momentText(view.sinceStart(each.startedAtMs))} to ${momentText(view.sinceStart(each.endedAtMs))}`;
      return `contact from ${times} with ${countText(each.steps.length, 'weight step')}`;
    })
    .join('; ');
}

function shelfRow(view: View, shelf: Shelf, interactions: readonly Interaction[]): Markup {
  const fixture = view.story.store.layout.fixtures[shelf.fixtureIndex]!;
  const contacts = interactions.map(
    (each) =>
      markup`<span class="contact" style="${placed(view, { fromMs: each.startedAtMs, toMs: each.endedAtMs })}"></span>`,
  );
  return markup`<tr><th scope="row">Fixture ${fixture.fixtureId}, shelf ${shelf.shelfNumber}</th><td><div class="strip"><span class="unseen">${contactWords(view, interactions)}</span>${contacts}${stepTicks(view, interactions)}</div></td></tr>`;
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

function touchedShelves(view: View): { shelf: Shelf; interactions: Interaction[] }[] {
  const byShelf = new Map<string, Interaction[]>();
  for (const each of view.story.interactions.values())
    byShelf.set(each.shelfId, [...(byShelf.get(each.shelfId) ?? []), each]);
  return view.story.store.layout.shelves.flatMap((shelf) => {
    const interactions = byShelf.get(shelf.shelfId);
    return interactions ? [{ shelf, interactions }] : [];
  });
}

export function timelinePart(view: View): Markup {
  const touched = touchedShelves(view);
  const shown = touched
    .toSorted((a, b) => b.interactions.length - a.interactions.length)
    .slice(0, SHELVES_MAX)
    .sort((a, b) => a.shelf.shelfIndex - b.shelf.shelfIndex);
  const leftOut = touched.length - shown.length;
  return markup`<section aria-labelledby="${view.prefix}-timeline">
<h3 id="${view.prefix}-timeline">In time</h3>
<table class="timeline"><caption>Who was there, when a shelf was in contact (bars), and when its weight changed (numbers as on the plan)</caption>
<tbody>${view.people.map((person) => personRow(view, person))}${shown.map(({ shelf, interactions }) => shelfRow(view, shelf, interactions))}${axis(view)}</tbody></table>
${touched.length === 0 && markup`<p class="note">No shelf was touched.</p>`}
${leftOut > 0 && markup`<p class="note">${countText(leftOut, 'shelf row')} with fewer contacts not shown.</p>`}
</section>`;
}
