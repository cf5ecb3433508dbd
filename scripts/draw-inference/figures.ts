/** The tables between the words of the page. Every figure in them comes from the run or from the settings. */
import { FUSION_SETTINGS } from '../../src/fusion/index.ts';
import type { FusionSettings } from '../../src/fusion/index.ts';
import type { Committed, Followed, Group, Option } from './follow.ts';
import { secondsOf } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { nameOf, termsOf } from './terms.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function percent(share: number): string {
  return share < 0.0001 ? 'below 0.01 %' : `${(100 * share).toFixed(2)} %`;
}

function gramsText(grams: number): string {
  return `${grams < 0 ? '−' : '+'}${Math.abs(grams).toFixed(1)} g`;
}

/** What truly happened in the scene. */
export function sceneTable(scene: Scene): string {
  const visits = new Map(
    scene.recording.people.map(({ personName }, index) => [personName, `visit-${index + 1}`]),
  );
  const rows = scene.recording.moves.map(({ atMs, personName, kind, count, productId, deltaGrams }) => [
    `${secondsOf(scene, atMs).toFixed(1)} s`,
    visits.get(personName)!,
    kind,
    `${count} × ${nameOf(scene.store, productId)}`,
    gramsText(deltaGrams),
  ]);
  return table(['when', 'who', 'what', 'of what', 'the plate changes by'], rows);
}

/** The first candidates of a step, with the three factors of each. */
export function termsTable(scene: Scene, committed: Committed): string {
  const rows = termsOf(scene, committed)
    .slice(0, 5)
    .map(({ name, weight, place, rarity, total }) => [
      name,
      ...[weight, place, rarity, total].map((nats) =>
        nats === 0 ? '0' : (-nats).toFixed(2).replace('-', '−'),
      ),
    ]);
  return table(['candidate', 'ln p(weight)', 'ln P(place)', 'ln P(count or oddity)', 'sum'], rows);
}

function deedText(scene: Scene, { deeds }: Option): string {
  if (deeds.length === 0) return 'nothing was moved';
  return deeds
    .map(({ visitId, kind, items }) => {
      const things = items.map(
        ({ productId, count }) => `${Math.abs(count)} × ${nameOf(scene.store, productId)}`,
      );
      return `${visitId ?? 'somebody unseen'}: ${kind} ${things.join(' + ')}`;
    })
    .join(', ');
}

const STORIES_SHOWN = 4;

/** The likeliest stories of a group: what each says happened at its events. */
export function storiesTable(scene: Scene, group: Group): string {
  const rows = group.stories
    .slice(0, STORIES_SHOWN)
    .map(({ logProb, choices }) => [
      choices.map((choice, index) => deedText(scene, group.events[index]!.options[choice]!)).join('; then '),
      percent(Math.exp(logProb)),
    ]);
  const lost = 1 - group.keptMass;
  const count = `${group.stories.length} stories in all; pruning has lost ${lost < 1e-4 ? 'less than 0.01' : (100 * lost).toFixed(2)} % of the probability.`;
  return `${table(['story', 'P'], rows)}\n\n${count}`;
}

export function receiptsTable(scene: Scene, { issued }: Followed): string {
  const rows = issued.map(({ receipt }) => [
    receipt.visitId,
    receipt.lines
      .map(
        ({ quantity, productId, probability }) =>
          `${quantity} × ${nameOf(scene.store, productId)} (${percent(probability)})`,
      )
      .join(', '),
    percent(receipt.uncalibrated.probabilityAllRight),
  ]);
  return table(['receipt', 'lines', 'P(all right), as fusion tells it'], rows);
}

const PRIORS: readonly (readonly [keyof FusionSettings, string])[] = [
  ['ownPlaceShare', 'something that is taken belongs on the plate it is taken from'],
  ['neighbourPlaceShare', 'it belongs on a plate beside'],
  ['furtherUnitShare', 'two units in one grasp, against one'],
  ['mixedGraspShare', 'two different products in one grasp'],
  ['unknownItemShare', 'something that is not in the catalogue'],
  ['faultShare', 'a step that means nothing'],
  ['catalogueWrongShare', 'a row of the catalogue has a wrong weight'],
  ['unitSpreadShare', 'standard deviation of a unit’s weight, of its mean'],
  ['putBackHomeShare', 'what is put back goes to its own place'],
  ['lastTakenShare', 'what comes back is what was taken last'],
  ['twoHandsShare', 'two hands take in the very same moment'],
  ['handOffShare', 'hands that meet hand something over, in company'],
  ['strangersHandOffShare', 'the same, of strangers'],
];

export function priorsTable(): string {
  const rows = PRIORS.map(([name, words]) => [
    words,
    `${Number((100 * FUSION_SETTINGS[name]).toFixed(3))} %`,
    `\`${name}\``,
  ]);
  return table(['what', 'before any evidence', 'setting'], rows);
}
