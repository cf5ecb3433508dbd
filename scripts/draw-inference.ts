/**
 * Draws the pictures of docs/guide/inference.md and writes its blocks of figures, from runs of two small SIMULATED
 * scenes: `node scripts/draw-inference.ts`. The words between them are the page's own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filledPage } from './draw-inference/page.ts';
import { inferenceGuide } from './draw-inference/pictures.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/guide/inference.md`;
const { pictures, blocks } = await inferenceGuide();
for (const { fileName, svg } of pictures) {
  writeFileSync(`${root}docs/images/${fileName}`, svg);
  console.log(`drawn: docs/images/${fileName}`);
}
writeFileSync(page, await filledPage(readFileSync(page, 'utf8'), blocks));
console.log('written: docs/guide/inference.md');
