/** What the marks on the floor plan mean; only those that occur. */
import { isWithoutData } from './health-part.ts';
import { markup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import { dotEveryMs } from './plan-walks.ts';
import type { View } from './view.ts';
import { durationText } from './words.ts';

function entry(shape: Markup, words: string): Markup {
  return markup`<li><svg class="sign" viewBox="0 0 20 12" aria-hidden="true">${shape}</svg>${words}</li>`;
}

export function planLegend(view: View): Markup {
  const { people, moments, strangers, story } = view;
  const hasSilent = story.store.layout.fixtures.some((fixture) => isWithoutData(view, fixture));
  const entries = [
    entry(
      markup`<path class="fixture" d="M2 1H18V11H2Z"/><path class="front" d="M2 11H18"/>`,
      'fixture, open front thick',
    ),
  ];
  if (hasSilent) {
    const shape = markup`<path class="fixture" d="M2 1H18V11H2Z"/><path class="sign-hatch" d="M3 10L11 2M8 10L16 2"/>`;
    entries.push(entry(shape, 'no data from any plate'));
  }
  if (moments.length > 0) {
    const reach = markup`<path class="sign-reach" d="M2 10L15 4"/><circle class="sign-wrist" cx="15" cy="4" r="3"/>`;
    entries.push(entry(markup`<path class="touched" d="M6 1H14V11H6Z"/>`, 'plate whose weight changed'));
    entries.push(entry(reach, 'reach: head to wrist'));
  }
  if (people.length > 0) {
    entries.push(entry(markup`<circle class="sign-entry" cx="10" cy="6" r="4"/>`, 'came in'));
    entries.push(entry(markup`<path class="sign-exit" d="M6 2H14V10H6Z"/>`, 'left, or last seen'));
    const every = `where they were, every ${durationText(dotEveryMs(view))}`;
    entries.push(entry(markup`<circle class="sign-dot" cx="10" cy="6" r="2.5"/>`, every));
  }
  if (strangers.length > 0)
    entries.push(entry(markup`<path class="walk stranger" d="M1 6H19"/>`, 'somebody who never came in'));
  return markup`<ul class="legend">${entries}</ul>`;
}
