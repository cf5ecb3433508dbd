/**
 * Which plates did not measure, by fixture and shelf, so that a cable or a power supply shows as one line; and which
 * devices said that they were not well.
 */
import type { Fixture, PlateCondition, Shelf } from '../../domain/index.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { DeviceTold, PlateHealth } from './story.ts';
import type { View } from './view.ts';
import { countText, momentText } from './words.ts';

const CONDITION_WORDS: Readonly<Record<PlateCondition, string>> = {
  working: 'working',
  silent: 'silent: no numbers came',
  stuck: 'stuck: one value for ever',
  saturated: 'saturated: at the end of its range',
};

/** True where no plate of the fixture measured at the end, or nothing of it was ever heard. */
export function isWithoutData(view: View, fixture: Fixture): boolean {
  const { story } = view;
  if (story.observationCount === 0) return false;
  if (!story.heardFixtures.has(fixture.fixtureId)) return true;
  return fixture.plates.every((plate) => story.health.get(plate.plateId)?.report.condition === 'silent');
}

function fixtureRow(view: View, fixture: Fixture): Markup {
  const heard = view.story.heardFixtures.has(fixture.fixtureId)
    ? 'no plate measured at the end'
    : 'nothing was heard of it';
  return markup`<li><strong>Fixture ${fixture.fixtureId}</strong>: ${heard} (${countText(fixture.plates.length, 'plate')})</li>`;
}

function shelfRows(view: View, fixture: Fixture, shelf: Shelf): Markup[] {
  const rows: Markup[] = [];
  for (const condition of ['silent', 'stuck', 'saturated'] as const) {
    const ill = shelf.plates.flatMap((plate) => {
      const health = view.story.health.get(plate.plateId);
      return health?.report.condition === condition ? [{ plate, health }] : [];
    });
    if (ill.length === 0) continue;
    const since = Math.min(...ill.map(({ health }) => health.report.atMs));
    const which =
      ill.length === shelf.plates.length
        ? `all ${countText(ill.length, 'plate')}`
        : `${ill.length === 1 ? 'plate' : 'plates'} ${ill.map(({ plate }) => plate.plateNumber).join(', ')}`;
    rows.push(
      markup`<li><strong>Fixture ${fixture.fixtureId}, shelf ${shelf.shelfNumber}</strong>: ${which} ${CONDITION_WORDS[condition]}, told at ${momentText(view.sinceStart(since))}</li>`,
    );
  }
  return rows;
}

function recoveredCount(healths: Iterable<PlateHealth>): number {
  let count = 0;
  for (const { report, timesIll } of healths) if (report.condition === 'working' && timesIll > 0) count++;
  return count;
}

/** Null for a device that never was anything but online. */
function deviceRow(view: View, { health, timesIll }: DeviceTold): Markup | null {
  if (timesIll === 0) return null;
  const { deviceId, state, note, observedAtMs } = health;
  const since = `${state} since ${momentText(view.sinceStart(observedAtMs))}`;
  const times = timesIll === 1 ? 'failed once' : `failed ${countText(timesIll, 'time')}`;
  return markup`<li><strong>${nameMarkup(deviceId)}</strong>: ${since}, ${times}${note !== '' && markup` (${nameMarkup(note)})`}</li>`;
}

function devicesPart(view: View): Markup | null {
  const { devices } = view.story;
  if (devices.size === 0) return null;
  const rows = [...devices.values()].flatMap((told) => deviceRow(view, told) ?? []);
  return markup`<h4>Devices</h4>
${rows.length === 0 ? markup`<p>All ${countText(devices.size, 'device')} that spoke of themselves were online.</p>` : markup`<ul class="plain">${rows}</ul>`}`;
}

export function healthPart(view: View): Markup {
  const { layout } = view.story.store;
  const rows = layout.fixtures.flatMap((fixture) =>
    isWithoutData(view, fixture)
      ? [fixtureRow(view, fixture)]
      : fixture.shelves.flatMap((shelf) => shelfRows(view, fixture, shelf)),
  );
  const recovered = recoveredCount(view.story.health.values());
  return markup`<section aria-labelledby="${view.prefix}-health">
<h3 id="${view.prefix}-health">Plates</h3>
${rows.length === 0 ? markup`<p>All ${countText(layout.plates.length, 'plate')} measured to the end.</p>` : markup`<ul class="plain">${rows}</ul>`}
${recovered > 0 && markup`<p class="note">${countText(recovered, 'plate')} failed for a while and recovered.</p>`}
${devicesPart(view)}
</section>`;
}
