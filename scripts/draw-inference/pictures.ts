/** Everything that the page about inference shows: its pictures, and the tables between its words. */
import { basketPicture } from './basket-picture.ts';
import type { Picture } from './draw.ts';
import { priorsTable, receiptsTable, sceneTable, storiesTable, termsTable } from './figures.ts';
import { committedFor, followed } from './follow.ts';
import type { Followed } from './follow.ts';
import { learningPicture } from './learning-picture.ts';
import { modelPicture } from './model-picture.ts';
import type { Block } from './page.ts';
import { outcomePicture } from './outcome-picture.ts';
import { reachPicture } from './reach-picture.ts';
import { productOf, secondsOf, teaScene, wrongRowScene } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { stepPicture } from './step-picture.ts';
import { termsOf } from './terms.ts';

/** A scene and what the loop made of it. */
interface Told {
  readonly scene: Scene;
  readonly run: Followed;
}

export interface Drawn {
  readonly tea: Told;
  readonly wrongRows: Told;
  readonly pictures: readonly Picture[];
  readonly blocks: readonly Block[];
}

export async function inferenceGuide(): Promise<Drawn> {
  const scene = teaScene();
  const run = followed(scene);
  const taken = committedFor(scene, run, { product: productOf('Green tea'), nth: 0 });
  const seen = committedFor(scene, run, { product: productOf('Noodle cup'), nth: 0 });
  const back = committedFor(scene, run, { product: productOf('Green tea'), nth: 1 });
  const rows = wrongRowScene();
  const wrongRows = { scene: rows, run: followed(rows) };
  const pictures = [
    modelPicture(),
    await stepPicture(scene, taken),
    await outcomePicture(termsOf(scene, taken)),
    await reachPicture(scene, run, [
      { title: 'Green tea goes', subtitle: 'both reach into one column, arms hidden', committed: taken },
      { title: 'The noodle cup goes', subtitle: 'an arm is seen', committed: seen },
    ]),
    await basketPicture(scene, run, [
      { s: secondsOf(scene, taken.event.moment.leftAtMs), text: 'green tea goes' },
      { s: secondsOf(scene, back.event.moment.leftAtMs), text: 'green tea comes back' },
    ]),
    await learningPicture(wrongRows.scene, wrongRows.run),
  ];
  const blocks = [
    ...pictures.map(({ fileName, alt }) => ({ name: fileName, text: `![${alt}](../images/${fileName})` })),
    { name: 'scene', text: sceneTable(scene) },
    { name: 'terms', text: termsTable(scene, taken) },
    { name: 'stories-before', text: storiesTable(scene, taken.group) },
    { name: 'stories-after', text: storiesTable(scene, back.group) },
    { name: 'receipts', text: receiptsTable(scene, run) },
    { name: 'priors', text: priorsTable() },
  ];
  return { tea: { scene, run }, wrongRows, pictures, blocks };
}
