/**
 * The floor plan: furniture, walks and reaches in the store frame, drawn to scale. Colour never stands alone: every
 * person has a number and a dash pattern too, and the list under the plan says in words what it shows.
 */
import { boxFootprint } from '../../domain/index.ts';
import type { Fixture } from '../../domain/index.ts';
import { isWithoutData } from './health-part.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';
import { fixtureOutline, onPlan, pathOf, planFrame } from './plan-frame.ts';
import type { PlanFrame } from './plan-frame.ts';
import { placeLabels, PLAN_PIXELS } from './plan-labels.ts';
import type { LabelWish } from './plan-labels.ts';
import { dotEveryMs, timeDots, walkPath } from './plan-walks.ts';
import type { Person, View } from './view.ts';
import { countText, durationText, metresText, momentText, placeText } from './words.ts';

/** More time dots than this on one plan are confetti. */
const TIME_DOT_PEOPLE_MAX = 6;

function fixtureMarks(view: View, fixture: Fixture): Markup {
  const corners = fixtureOutline(fixture).corners.map(onPlan);
  const isSilent = isWithoutData(view, fixture);
  return markup`<path class="fixture" d="${pathOf(corners)}Z"/>${isSilent && markup`<path class="no-data" fill="url(#${view.prefix}-hatch)" d="${pathOf(corners)}Z"/>`}<path class="front" d="${pathOf(corners.slice(0, 2))}"/>`;
}

function touchedPlates(view: View): Markup[] {
  const plates = new Set(view.moments.flatMap((moment) => moment.plates));
  return [...plates].map((plate) => {
    const corners = boxFootprint(plate.reach).map(onPlan);
    return markup`<path class="touched" d="${pathOf(corners)}Z"/>`;
  });
}

function walkMarks(person: Person): Markup {
  const lines = person.walks.map((walk) => markup`<path class="walk" d="${walkPath(walk)}"/>`);
  return markup`<g class="of-look-${person.look}">${lines}</g>`;
}

function endsOf(
  person: Person,
): { first: ReturnType<typeof onPlan>; last: ReturnType<typeof onPlan> } | null {
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
  return view.moments.flatMap(({ reach }) => {
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

function labelWishes(view: View): LabelWish[] {
  const { fixtures } = view.story.store.layout;
  const wishes: LabelWish[] = fixtures.map((fixture) => ({
    ...onPlan(fixtureOutline(fixture).centre),
    text: fixture.fixtureId,
    kind: 'fixture',
    look: null,
  }));
  for (const { number, reach } of view.moments) {
    if (reach)
      wishes.push({ ...onPlan(reach.wrist), text: `${number}`, kind: 'moment', look: reach.person.look });
  }
  for (const person of view.people) {
    const ends = endsOf(person);
    if (!ends) continue;
    wishes.push({ ...ends.first, text: `${person.number} in`, kind: 'end', look: person.look });
    wishes.push({ ...ends.last, text: `${person.number} out`, kind: 'end', look: person.look });
  }
  if (view.people.length > TIME_DOT_PEOPLE_MAX) return wishes;
  const times = view.people.flatMap((person) =>
    timeDots(view, person).map((dot): LabelWish => ({
      ...dot,
      text: durationText(dot.sinceStartMs),
      kind: 'time',
      look: person.look,
    })),
  );
  return [...wishes, ...times];
}

function labelMarks(view: View, frame: PlanFrame): Markup[] {
  return placeLabels(frame, labelWishes(view)).map(
    (label) =>
      markup`<text class="label label-${label.kind}${label.look !== null && ` of-look-${label.look}`}" x="${label.x}" y="${label.y}" style="--dx:${label.dx};--dy:${label.dy}">${label.text}</text>`,
  );
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
  const px = (frame.width / PLAN_PIXELS).toFixed(3);
  const isTall = frame.height > frame.width;
  return markup`<svg class="plan${isTall && ' plan-tall'}" role="img" aria-labelledby="${prefix}-plan-title ${prefix}-plan-desc" viewBox="${box}" data-width="${frame.width}" style="--px:${px}">
<title id="${prefix}-plan-title">Floor plan with walks and reaches</title>
<desc id="${prefix}-plan-desc">${countText(fixtures.length, 'fixture')}, ${countText(view.people.length, 'walk')} and ${countText(view.moments.length, 'moment')}, to scale. The list below says the same in words.</desc>
<defs><pattern id="${prefix}-hatch" patternUnits="userSpaceOnUse" width="9" height="9" patternTransform="rotate(45)"><path class="hatch" d="M0 0V9"/></pattern></defs>
${fixtures.map((fixture) => fixtureMarks(view, fixture))}${touchedPlates(view)}${view.people.map(walkMarks)}${dotMarks(view)}${reachMarks(view)}${view.people.flatMap((person) => endMarks(person) ?? [])}${labelMarks(view, frame)}${scaleBar(frame)}
</svg>`;
}

function personWords(view: View, person: Person): Markup {
  const entered = momentText(view.sinceStart(person.visit.enteredAtMs));
  const left =
    person.leftAtMs === null ? 'did not leave' : `left at ${momentText(view.sinceStart(person.leftAtMs))}`;
  const names = person.walks.length > 1 ? `, followed under ${person.walks.length} track ids` : '';
  return markup`<li><svg class="sample" viewBox="0 0 36 12" aria-hidden="true"><path class="walk of-look-${person.look}" d="M1 6H35"/></svg><span><strong>${person.name}</strong> came in at ${entered}, walked ${metresText(person.walkedM)} and ${left}${names}</span></li>`;
}

function momentWords(view: View): Markup[] {
  return view.moments.map((moment) => {
    const where = placeText(view.story.store.layout, moment.attribution.plateIds);
    const who = moment.reach
      ? `${moment.reach.person.name} reached to ${where}`
      : `${where} changed, no reach seen`;
    return markup`<li><span class="pin">${moment.number}</span><span>${momentText(view.sinceStart(moment.attribution.atMs))}: ${who}</span></li>`;
  });
}

function legend(view: View): Markup {
  const silent = view.story.store.layout.fixtures.filter((fixture) => isWithoutData(view, fixture));
  const every = durationText(dotEveryMs(view));
  const hasDots = view.people.length > 0 && view.people.length <= TIME_DOT_PEOPLE_MAX;
  const sign = (shape: Markup): Markup =>
    markup`<svg class="sign" viewBox="0 0 20 12" aria-hidden="true">${shape}</svg>`;
  return markup`<ul class="legend">
<li>${sign(markup`<path class="fixture" d="M2 1H18V11H2Z"/><path class="front" d="M2 11H18"/>`)}fixture, open front thick</li>
<li>${sign(markup`<path class="touched" d="M6 1H14V11H6Z"/>`)}plate whose weight changed</li>
<li>${sign(markup`<circle class="sign-entry" cx="10" cy="6" r="4"/>`)}came in</li>
<li>${sign(markup`<path class="sign-exit" d="M6 2H14V10H6Z"/>`)}left, or last seen</li>
<li>${sign(markup`<path class="sign-reach" d="M2 10L15 4"/><circle class="sign-wrist" cx="15" cy="4" r="3"/>`)}reach: head to wrist</li>
${hasDots && markup`<li>${sign(markup`<circle class="sign-dot" cx="10" cy="6" r="2.5"/>`)}every ${every} since the start</li>`}
${silent.length > 0 && markup`<li>${sign(markup`<path class="fixture" d="M2 1H18V11H2Z"/><path class="sign-hatch" d="M3 10L11 2M8 10L16 2"/>`)}no data from any plate</li>`}
</ul>`;
}

export function planPart(view: View): Markup {
  const frame = planFrame(view);
  return markup`<section aria-labelledby="${view.prefix}-plan">
<h3 id="${view.prefix}-plan">On the floor</h3>
<div class="plan-part"><div class="plan-box">${drawing(view, frame)}${legend(view)}</div>
<ul class="plan-words">${view.people.map((person) => personWords(view, person))}${momentWords(view)}</ul></div>
</section>`;
}
