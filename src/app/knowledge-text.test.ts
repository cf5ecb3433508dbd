import { expect, test } from 'vitest';
import { buildCatalogue, productId, storeId } from '../domain/index.ts';
import type { WeightNotice } from '../domain/index.ts';
import type { KeptKnowledge } from './knowledge-file.ts';
import { FUSION_SETTINGS, placeShares } from '../fusion/index.ts';
import { percentText } from './replay-text.ts';
import { knowledgeText, noticeLines, noticeText } from './knowledge-text.ts';

const NOTICE: WeightNotice = {
  kind: 'weight-established',
  productId: productId('4001'),
  catalogueGrams: 116,
  learntGrams: 88.12,
  sigmaGrams: 0.63,
  picks: 7,
  probabilityWrong: 0.9991,
};

test('a wrong row is one sentence with what to do', () => {
  expect(noticeText(NOTICE, 'Tea')).toBe(
    'Tea (4001) weighs 88.1 g ± 0.6 g by 7 picks, not 116.0 g as listed (99.91 % sure). Weigh one unit and correct the row.',
  );
  expect(noticeText({ ...NOTICE, catalogueGrams: null }, 'Tea')).toContain(
    'and has no weight in the catalogue',
  );
  expect(noticeText({ ...NOTICE, catalogueGrams: 92 }, 'Tea')).toContain('have its plates adjusted');
  expect(noticeText({ ...NOTICE, kind: 'weight-taken-back' }, 'Tea')).toContain('as listed after all');
});

test('only what was said last of a product is told, in 80 columns', () => {
  const { catalogue } = buildCatalogue([]);
  const lines = noticeLines([NOTICE, { ...NOTICE, kind: 'weight-taken-back' }], catalogue);
  expect(lines.join(' ')).toContain('after all');
  expect(lines.join(' ')).not.toContain('Weigh one unit');
  for (const line of [...lines, ...noticeLines([NOTICE], catalogue)])
    expect([...line].length).toBeLessThanOrEqual(80);
});

const nothing: KeptKnowledge = {
  storeId: storeId('corner'),
  learntFromVisits: 0,
  untilMs: null,
  weights: [],
  swaps: [],
  placePicks: { own: 0, neighbour: 0, elsewhere: 0 },
  notices: [],
  reviewers: [],
};

test('a store that has learnt nothing says so', () => {
  const text = knowledgeText(nothing).join('\n');
  expect(text).toContain('Store corner, learnt from 0 visits\n');
  expect(text).toContain('weighs what the catalogue says');
  const { own } = placeShares(nothing.placePicks, FUSION_SETTINGS);
  expect(text.replaceAll(/ +/g, ' ')).toContain(`their own place ${percentText(own)}`);
});

test('what is known of plates, hands and chests stands there, in 80 columns', () => {
  const lines = knowledgeText({
    ...nothing,
    plateNoise: [
      { plateId: '1/5/3', noiseGrams: 7, wanderGrams: 2 },
      { plateId: '1/5/4', noiseGrams: 1.2, wanderGrams: 0.4 },
    ],
    reachSpread: { alongM: { sigma: 0.04, weight: 50 }, facingRad: { sigma: 0.2, weight: 50 } },
  });
  const text = lines.join('\n');
  expect(text).toContain('2 plates tremble by 7.0 g, plate 1/5/3 most, by 7.0 g');
  expect(text).toContain('±4 cm along a shelf');
  expect(text).toContain('±11°');
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80);
});
