/** The page about inference shows what the code says: its pictures and tables are made anew, and its words checked. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { committedFor } from '../scripts/draw-inference/follow.ts';
import { rowDoubts } from '../scripts/draw-inference/learning-picture.ts';
import { filledPage } from '../scripts/draw-inference/page.ts';
import { inferenceGuide } from '../scripts/draw-inference/pictures.ts';
import type { Drawn } from '../scripts/draw-inference/pictures.ts';
import { personShares } from '../scripts/draw-inference/reach-picture.ts';
import { productOf } from '../scripts/draw-inference/scenes.ts';
import { termsOf } from '../scripts/draw-inference/terms.ts';
import { visitId } from '../src/domain/index.ts';
import { logNormal } from '../src/kernel/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const PAGE = 'docs/guide/inference.md';
const OUTDATED =
  'the page is not what the code says: run `node scripts/draw-inference.ts` and read the page again';

const first = visitId('visit-1');
const second = visitId('visit-2');
let guide: Drawn;

beforeAll(async () => {
  guide = await inferenceGuide();
});

test('the page and its pictures are what the script makes', async () => {
  for (const { fileName, svg } of guide.pictures) expect(read(`docs/images/${fileName}`), OUTDATED).toBe(svg);
  expect(read(PAGE), OUTDATED).toBe(await filledPage(read(PAGE), guide.blocks));
});

test('pictures can be read by everybody: a title, no small letters, a white ground', () => {
  for (const { fileName, svg } of guide.pictures) {
    expect(svg, fileName).toMatch(/^<svg role="img"[^>]*><title>[^<]{60,}<\/title>/);
    expect(svg, fileName).toMatch(/<rect [^>]*fill="white"/);
    const sizes = [...svg.matchAll(/font-size="(\d+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...sizes), fileName).toBeGreaterThanOrEqual(12);
    expect(svg, fileName).not.toMatch(/NaN|undefined/);
  }
});

test('a page without a place for a block, or with an unknown place, is refused', async () => {
  const block = { name: 'a', text: 'x' };
  expect(await filledPage('<!-- drawn: a -->\nold\n<!-- drawn: end -->\n', [block])).toContain('\nx\n');
  await expect(filledPage('nothing\n', [block])).rejects.toThrow('PAGE_HAS_NO_PLACE');
  const unknown = '<!-- drawn: a -->\n<!-- drawn: end -->\n<!-- drawn: b -->\n<!-- drawn: end -->\n';
  await expect(filledPage(unknown, [block])).rejects.toThrow('PAGE_PLACE_UNKNOWN');
});

test('the factors of a candidate are those of the formula on the page', () => {
  const { scene, run } = guide.tea;
  const taken = committedFor(scene, run, { product: productOf('Green tea'), nth: 0 });
  const [best, ...others] = termsOf(scene, taken);
  expect(best!.name).toBe('1 × Green tea');
  expect(best!.place).toBeCloseTo(-Math.log(0.98 + 0.005 / 11), 3);
  const { deltaGrams, sigmaGrams } = taken.attribution;
  const variance = sigmaGrams ** 2 + 1 + 1.5 ** 2 + 1 ** 2;
  const density = Math.log(0.98) + logNormal(-deltaGrams, 100, variance);
  expect(best!.weight).toBeCloseTo(-density, 2);
  for (const { weight, place, rarity, total } of [best!, ...others]) {
    expect(weight + place + rarity).toBeCloseTo(total, 9);
    expect(weight).toBeGreaterThan(0);
  }
});

test('the wrong person is ahead until the tea comes back, and nobody has it then', () => {
  const { scene, run } = guide.tea;
  const taken = committedFor(scene, run, { product: productOf('Green tea'), nth: 0 });
  const shares = personShares(taken);
  expect(shares.get(first)).toBeGreaterThan(shares.get(second)!);
  expect(shares.get(second)).toBeGreaterThan(0.2);
  const back = committedFor(scene, run, { product: productOf('Green tea'), nth: 1 });
  const { choices, logProb } = back.group.stories[0]!;
  expect(Math.exp(logProb)).toBeGreaterThan(0.95);
  expect(back.group.events[0]!.options[choices[0]!]!.deeds.map((deed) => deed.visitId)).toEqual([second]);
  const told = run.issued.map(({ receipt }) => receipt.lines.map(({ productId }) => productId));
  expect(told).toEqual([[productOf('Noodle cup')], [productOf('Water')]]);
});

test('a wrong row is found by three steps where nothing else explains them, and else once the neighbour’s place is heard of', () => {
  const { scene, run } = guide.wrongRows;
  const { doubts, neighbourAt } = rowDoubts(scene, run);
  const [cocoa, lentils] = [...Map.groupBy(doubts, ({ name }) => name).values()].toSorted(
    (a, b) => b[1]!.wrong - a[1]!.wrong,
  );
  expect(cocoa![2]!.wrong).toBeGreaterThan(0.95);
  for (const { pick, wrong } of lentils!) if (pick < neighbourAt[0]!) expect(wrong).toBeLessThan(0.5);
  expect(lentils!.at(-1)!.wrong).toBeGreaterThan(0.9);
});
