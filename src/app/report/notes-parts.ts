/** The lower part of a recording: people without a receipt, problems met, and what the page had no room for. */
import { noticeText } from '../knowledge-text.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { View } from './view.ts';
import type { Walk } from './walks.ts';
import { countText, durationText, momentText } from './words.ts';

const STRANGERS_SHOWN = 12;

function strangerRow(view: View, walk: Walk): Markup {
  const seen = `seen from ${momentText(view.sinceStart(walk.firstAtMs))} for ${durationText(walk.lastAtMs - walk.firstAtMs)}`;
  const why = walk.hasEntered ? 'came in, but no visit was opened' : 'never seen coming in';
  return markup`<li><strong class="code">${walk.trackId}</strong>: ${seen}; ${why}, so there is no receipt</li>`;
}

/** Bodies that no visit belongs to, and visits that got no receipt. */
export function strangersPart(view: View): Markup | null {
  const without = view.people.filter((person) => person.receipt === null);
  if (view.strangers.length + without.length === 0) return null;
  const leftOut = view.strangers.length - STRANGERS_SHOWN;
  return markup`<section aria-labelledby="${view.prefix}-strangers">
<h3 id="${view.prefix}-strangers">People without a receipt</h3>
<ul class="plain">${without.map((person) => markup`<li><strong>${person.name}</strong>: came in, but no receipt was issued or kept</li>`)}${view.strangers.slice(0, STRANGERS_SHOWN).map((walk) => strangerRow(view, walk))}</ul>
${leftOut > 0 && markup`<p class="note">and ${countText(leftOut, 'track')} more</p>`}
</section>`;
}

/** Products that do not weigh what the catalogue says, each in one sentence with what to do. */
export function weightNoticesPart(view: View): Markup | null {
  const { weightNotices, store } = view.story;
  if (weightNotices.size === 0) return null;
  const rows = [...weightNotices.values()].map((notice) => {
    const name = store.catalogue.byId.get(notice.productId)?.name ?? notice.productId;
    return markup`<li>${nameMarkup(noticeText(notice, name))}</li>`;
  });
  return markup`<section aria-labelledby="${view.prefix}-weights">
<h3 id="${view.prefix}-weights">Catalogue weights to correct</h3>
<ul class="plain">${rows}</ul>
</section>`;
}

/** A code may be broken behind its underscores. */
function brokenAtWords(code: string): Markup[] {
  return code.split('_').map((word, index) => markup`${index > 0 && markup`_<wbr>`}${word}`);
}

export function problemsPart(view: View): Markup {
  const counts = view.story.problems.counts();
  const rows = counts.map(({ code, count, samples }) => {
    const first = samples.map(
      (sample) => markup`<li><span class="code">${sample.where}</span> ${nameMarkup(sample.what)}</li>`,
    );
    const more = count - samples.length;
    return markup`<tr><th scope="row"><span class="code">${brokenAtWords(code)}</span></th><td class="number">${count.toLocaleString('en')}</td><td><ul class="plain">${first}</ul>${more > 0 && markup`<p class="note">and ${more.toLocaleString('en')} more</p>`}<p class="remedy">${samples[0]?.remedy ?? ''}</p></td></tr>`;
  });
  return markup`<section aria-labelledby="${view.prefix}-problems">
<h3 id="${view.prefix}-problems">Problems met</h3>
${
  rows.length === 0
    ? markup`<p>None: every message was read and used.</p>`
    : markup`<table class="problems"><caption class="unseen">Problems by code</caption><thead><tr><th scope="col">Code</th><th scope="col" class="number">Times</th><th scope="col">First ones, and what to do</th></tr></thead><tbody>${rows}</tbody></table>`
}
</section>`;
}

const LEFT_OUT_WORDS = {
  receipts: 'receipt',
  visits: 'visit',
  interactions: 'interaction',
  attributions: 'weight change',
  devices: 'device',
} as const;

/** Says what went beyond the limits; a page must not look whole when it is not. */
export function leftOutPart(view: View): Markup | null {
  const { story } = view;
  const lines = [...story.leftOut].map(([what, count]) => countText(count, LEFT_OUT_WORDS[what]));
  if (story.traces.leftOutCount > 0) lines.push(countText(story.traces.leftOutCount, 'weight trace'));
  if (story.walks.leftOutCount > 0) lines.push(countText(story.walks.leftOutCount, 'walk'));
  if (lines.length === 0) return null;
  return markup`<p class="note">Too much for one page; not shown: ${lines.join(', ')}.</p>`;
}
