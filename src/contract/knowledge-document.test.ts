import { describe, expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import { productId, storeId } from '../domain/index.ts';
import type { StoreKnowledge } from '../domain/index.ts';
import { knowledgeDocumentText, parseKnowledgeDocument } from './knowledge-document.ts';

const KNOWLEDGE: StoreKnowledge = {
  storeId: storeId('corner'),
  learntFromVisits: 12,
  untilMs: epochMs(1_700_000_000_123.25),
  weights: [
    {
      productId: productId('4001'),
      name: 'Tea “Früh”',
      catalogueGrams: 116,
      weight: {
        listed: { meanGrams: 115.99999999999999, meanVariance: 1 / 3, unitVariance: 0.49, observations: 0.1 },
        listedShare: 0.1 + 0.2,
        anyShare: 0.1,
        others: [
          {
            meanGrams: 88,
            meanVariance: 1e-7,
            unitVariance: 2,
            observations: 3,
            picks: { single: 2.5, several: 0.5 },
            share: 0.6,
          },
        ],
        swappedShare: 0,
      },
    },
  ],
  swaps: [{ productIds: [productId('4001'), productId('4002')], logOdds: -6.2126060957515 }],
  placePicks: { own: 10.1, neighbour: 0.2, elsewhere: 0 },
  notices: [
    {
      kind: 'weight-established',
      productId: productId('4001'),
      catalogueGrams: null,
      learntGrams: 88.1,
      sigmaGrams: 0.4,
      picks: 3,
      probabilityWrong: 0.99,
    },
  ],
  reviewers: [
    { reviewerId: 'rita', right: 3, wrong: 0.5, moved: [{ productId: productId('4001'), share: 0.1 }] },
  ],
  decision: { version: 1, visits: 12, lines: { a: 1.1 } },
};

const TEXT = knowledgeDocumentText(KNOWLEDGE);
const edited = (edit: (document: Record<string, unknown>) => void): string => {
  const document = JSON.parse(TEXT) as Record<string, unknown>;
  edit(document);
  return JSON.stringify(document);
};

describe('a knowledge file', () => {
  test('comes back to the last bit', () => {
    const read = parseKnowledgeDocument(TEXT, 'shop.json');
    expect(read).toEqual({ ok: true, value: KNOWLEDGE });
    expect(read.ok && knowledgeDocumentText(read.value)).toBe(TEXT);
  });

  test.each([
    ['no JSON', '{', 'shop.json', 'not JSON'],
    ['a later version', edited((all) => (all['formatVersion'] = 2)), 'shop.json:formatVersion', 'version 2'],
    ['a field too few', edited((all) => delete all['placePicks']), 'shop.json:placePicks', 'expected object'],
    [
      'a share above 1',
      TEXT.replace('"share":0.6', '"share":1.6'),
      'shop.json:weights.0.weight.others.0.share',
      '<=1',
    ],
    [
      'shares that do not sum to 1',
      TEXT.replace('"share":0.6', '"share":0.5'),
      'shop.json:weights.0.weight',
      'sum to 1',
    ],
    [
      'a weight below zero',
      TEXT.replace('"meanGrams":88', '"meanGrams":-88'),
      'shop.json:weights.0.weight.others.0.meanGrams',
      '>0',
    ],
    [
      'a product without a name',
      TEXT.replace('"moved":[{"productId":"4001"', '"moved":[{"productId":""'),
      'shop.json:reviewers.0.moved.0.productId',
      '1 to 128',
    ],
  ])('with %s is refused, with its place and what to do', (...[, text, where, what]) => {
    const read = parseKnowledgeDocument(text, 'shop.json');
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problem).toMatchObject({ code: 'KNOWLEDGE_UNREADABLE', where });
    expect(read.problem.what).toContain(what);
    expect(read.problem.remedy).toContain('learns anew');
  });
});
