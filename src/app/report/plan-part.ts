/**
 * The floor plan: furniture, walks and reaches in the store frame, drawn to scale. Colour never stands alone: every
 * person has a number and a dash pattern too, and the list beside the plan says in words what it shows.
 */
import { boxFootprint } from '../../domain/index.ts';
import type { Fixture, Plate } from '../../domain/index.ts';
import { handsMetMarkup } from './hands-met.ts';
import { isWithoutData } from './health-part.ts';
import { markup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import { fixtureOutline, onPlan, pathOf, planFrame } from './plan-frame.ts';
import type { FloorPoint, PlanFrame } from './plan-frame.ts';
import { placeLabels, PLAN_PIXELS } from './plan-labels.ts';
import type { LabelWish, PlacedLabel, PlanWidth } from './plan-labels.ts';
import { planLegend } from './plan-legend.ts';
import { linePoints, timeDots, walkPath } from './plan-walks.ts';
import type { Moment, Person, View } from './view.ts';
import { countText, durationText, metresText, momentText, notWorkingText, placeText } from './words.ts';

/** Beyond these, dots, names and numbers on one plan are confetti; the list beside it goes on. */
export const TIME_DOT_PEOPLE_MAX = 6;
const NAMED_PEOPLE_MAX = 12;
const MOMENTS_MAX = 60;
/** A fixture drawn narrower than this has no room for the word before its name. */
const WORD_ROOM_UNITS = 80;
const FIXTURE_WORD = 'fixture ';

function fixtureMarks(view: View, fixture: Fixture): Markup {
  const corners = fixtureOutline(fixture).corners.map(onPlan);
  const isSilent = isWithoutData(view, fixture);
  return markup`<path class="fixture" d="${pathOf(corners)}Z"/>${isSilent && markup`<path class="no-data" fill="url(#${view.prefix}-hatch)" d="${pathOf(corners)}Z"/>`}<path class="front" d="${pathOf(corners.slice(0, 2))}"/>`;
}

function shownMoments(view: View): readonly Moment[] {
  return view.moments.slice(0, MOMENTS_MAX);
}

function touchedPlates(view: View): Plate[] {
  return [...new Set(view.moments.flatMap(({ kind, plates }) => (kind === 'weighed' ? plates : [])))];
}

function touchedMarks(view: View): Markup[] {
  return touchedPlates(view).map((plate) => {
    const corners = boxFootprint(plate.reach).map(onPlan);
    return markup`<path class="touched" d="${pathOf(corners)}Z"/>`;
  });
}

function walkMarks(person: Person): Markup {
  const lines = person.walks.map((walk) => markup`<path class="walk" d="${walkPath(walk)}"/>`);
  return markup`<g class="of-look-${person.look}">${lines}</g>`;
}

function strangerMarks(view: View): Markup[] {
  return view.strangers.map((walk) => markup`<path class="walk stranger" d="${walkPath(walk)}"/>`);
}

function endsOf(person: Person): { readonly first: FloorPoint; readonly last: FloorPoint } | null {
  const first = person.walks[0]?.points[0]?.head;
  const last = person.walks.at(-1)?.points.at(-1)?.head;
  return first && last ? { first: onPlan(first), last: onPlan(last) } : null;
}

function endMarks(person: Person): Markup | null {
  const ends = endsOf(person);
  if (!ends) return null;
  return markup`<g class="of-look-${person.look}"><circle class="entry" cx="${ends.first.x}" cy="${ends.first.y}"/><path class="exit" d="M${ends.last.x} ${ends.last.y}h0"/></g>`;
}

function reachMarks(view: View): Markup[] {
  return shownMoments(view).flatMap(({ reach }) => {
    if (!reach) return [];
    const head = onPlan(reach.head);
    const wrist = onPlan(reach.wrist);
    return [
      markup`<g class="of-look-${reach.person.look}"><path class="reach" d="M${head.x} ${head.y}L${wrist.x} ${wrist.y}"/><circle class="wrist" cx="${wrist.x}" cy="${wrist.y}"/></g>`,
    ];
  });
}

function dotMarks(view: View): Markup[] {
  if (view.people.length > TIME_DOT_PEOPLE_MAX) return [];
  return view.people.map((person) => {
    const dots = timeDots(view, person).map(
      (dot) => markup`<circle class="dot" cx="${dot.x}" cy="${dot.y}"/>`,
    );
    return markup`<g class="of-look-${person.look}">${dots}</g>`;
  });
}

function fixtureWish(fixture: Fixture): LabelWish {
  const { centre, corners } = fixtureOutline(fixture);
  const xs = corners.map((corner) => onPlan(corner).x);
  const isRoomy = Math.max(...xs) - Math.min(...xs) > WORD_ROOM_UNITS && fixture.fixtureId.length < 4;
  const text = isRoomy ? `${FIXTURE_WORD}${fixture.fixtureId}` : fixture.fixtureId;
  return { ...onPlan(centre), text, kind: 'fixture', look: null };
}

function momentWishes(view: View): LabelWish[] {
  return shownMoments(view).flatMap(({ number, reach }) =>
    reach ? [{ ...onPlan(reach.wrist), text: `${number}`, kind: 'moment', look: null }] : [],
  );
}

function endWishes(person: Person): LabelWish[] {
  const ends = endsOf(person);
  if (!ends) return [];
  const { number, look } = person;
  return [
    { ...ends.first, text: `${number} in`, kind: 'end', look },
    { ...ends.last, text: `${number} out`, kind: 'end', look },
  ];
}

function timeWishes(view: View): LabelWish[] {
  if (view.people.length > TIME_DOT_PEOPLE_MAX) return [];
  return view.people.flatMap((person) =>
    timeDots(view, person).map((dot): LabelWish => ({
      ...dot,
      text: durationText(dot.sinceStartMs),
      kind: 'time',
      look: person.look,
    })),
  );
}

function labelMark(label: PlacedLabel): Markup {
  const { x, y, text, kind, look } = label;
  const place = `--dx:${label.dx};--dy:${label.dy};--wide:${label.widthPx}`;
  if (kind === 'moment')
    return markup`<g class="label-pin" transform="translate(${x} ${y})"><g class="label" style="${place}"><rect/><text>${text}</text></g></g>`;
  return markup`<text class="label label-${kind}${look !== null && ` of-look-${look}`}" x="${x}" y="${y}" style="${place}">${text}</text>`;
}

/** On a narrow plan a fixture has its name without the word before it. */
function wishesFor(wishes: readonly LabelWish[], width: PlanWidth): LabelWish[] {
  if (width === 'wide') return [...wishes];
  return wishes.map((wish) =>
    wish.kind === 'fixture' ? { ...wish, text: wish.text.replace(FIXTURE_WORD, '') } : wish,
  );
}

function labelMarks(view: View, frame: PlanFrame): Markup[] {
  const named = view.people.length <= NAMED_PEOPLE_MAX ? view.people : [];
  const wishes = [
    ...view.story.store.layout.fixtures.map(fixtureWish),
    ...momentWishes(view),
    ...named.flatMap(endWishes),
    ...timeWishes(view),
  ];
  const plates = touchedPlates(view).flatMap((plate) => linePoints(boxFootprint(plate.reach).map(onPlan)));
  const walks = named.flatMap((person) =>
    person.walks.flatMap((walk) => linePoints(walk.points.map((point) => onPlan(point.head)))),
  );
  const reaches = shownMoments(view).flatMap(({ reach }) =>
    reach ? linePoints([onPlan(reach.head), onPlan(reach.wrist)]) : [],
  );
  const lines = [...plates, ...walks, ...reaches];
  return (['wide', 'narrow'] as const).map((width) => {
    const labels = placeLabels({ frame, wishes: wishesFor(wishes, width), lines, width });
    return markup`<g class="labels-${width}">${labels.map(labelMark)}</g>`;
  });
}

function scaleBar(frame: PlanFrame): Markup {
  const x = frame.left + 16;
  const y = frame.top + frame.height - 14;
  return markup`<path class="scale" d="M${x} ${y - 6}v6h100v-6"/><text class="label label-scale" x="${x + 50}" y="${y}" style="--dx:0;--dy:-10">1 m</text>`;
}

function drawing(view: View, frame: PlanFrame): Markup {
  const { fixtures } = view.story.store.layout;
  const { prefix } = view;
  const box = [frame.left, frame.top, frame.width, frame.height].join(' ');
  const px = (frame.width / PLAN_PIXELS.wide).toFixed(3);
  const isTall = frame.height > frame.width;
  return markup`<svg class="plan${isTall && ' plan-tall'}" role="img" aria-labelledby="${prefix}-plan-title ${prefix}-plan-desc" viewBox="${box}" data-width="${frame.width}" style="--px:${px}">
<title id="${prefix}-plan-title">Floor plan with walks and reaches</title>
<desc id="${prefix}-plan-desc">${countText(fixtures.length, 'fixture')}, ${countText(view.people.length, 'walk')} and ${countText(view.moments.length, 'moment')}, to scale. The list beside it says the same in words.</desc>
<defs><pattern id="${prefix}-hatch" patternUnits="userSpaceOnUse" width="9" height="9" patternTransform="rotate(45)"><path class="hatch" d="M0 0V9"/></pattern></defs>
${fixtures.map((fixture) => fixtureMarks(view, fixture))}${touchedMarks(view)}${strangerMarks(view)}${view.people.map(walkMarks)}${dotMarks(view)}${reachMarks(view)}${view.people.flatMap((person) => endMarks(person) ?? [])}${labelMarks(view, frame)}${scaleBar(frame)}
</svg>`;
}

function personWords(view: View, person: Person): Markup {
  const entered = momentText(view.sinceStart(person.visit.enteredAtMs));
  const left =
    person.leftAtMs === null ? 'did not leave' : `left at ${momentText(view.sinceStart(person.leftAtMs))}`;
  const names = person.walks.length > 1 ? `, followed under ${person.walks.length} track ids` : '';
  return markup`<li><svg class="sample" viewBox="0 0 36 12" aria-hidden="true"><path class="walk of-look-${person.look}" d="M1 6H35"/></svg><span><strong>${person.number}, ${person.name}</strong> came in at ${entered}, walked ${metresText(person.walkedM)} and ${left}${names}</span></li>`;
}

function momentWords(view: View): Markup[] {
  return shownMoments(view).map((moment) => {
    const at = momentText(view.sinceStart(moment.attribution.atMs));
    return markup`<li><span class="pin">${moment.number}</span><span>${at}: ${deedWords(view, moment)}</span></li>`;
  });
}

function deedWords(view: View, { kind, attribution, reach }: Moment): Markup {
  if (kind === 'hands-met') return handsMetMarkup(view, attribution);
  const where = placeText(view.story.store.layout, attribution.plateIds);
  const suffix = kind === 'weighed' ? '' : `, ${notWorkingText(attribution.plateIds)}`;
  if (reach) return markup`${reach.person.name} reached to ${where}${suffix}`;
  return kind === 'weighed' ? markup`${where} changed, no reach seen` : markup`a hand over ${where}${suffix}`;
}

export function planPart(view: View): Markup {
  const more = view.moments.length - shownMoments(view).length;
  return markup`<section aria-labelledby="${view.prefix}-plan">
<h3 id="${view.prefix}-plan">On the floor</h3>
<div class="plan-part"><div class="plan-box">${drawing(view, planFrame(view))}${planLegend(view)}</div>
<div><ul class="plan-words">${view.people.map((person) => personWords(view, person))}${momentWords(view)}</ul>
${more > 0 && markup`<p class="note">${countText(more, 'later moment')} not drawn.</p>`}</div></div>
</section>`;
}
