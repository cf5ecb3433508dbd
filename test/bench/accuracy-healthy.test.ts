/** The shop that has learnt, on receipts made up by hand and once in small; and units that are hard to bill. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BenchRun, TrueDeed } from '../../bench/accuracy/benchmark-run.ts';
import { changesOf } from '../../bench/accuracy/ablation.ts';
import { truthfulReply } from '../../bench/accuracy/healthy/answering.ts';
import { healthyFigures, lookCurve } from '../../bench/accuracy/healthy/figures.ts';
import type { HealthyFigures } from '../../bench/accuracy/healthy/figures.ts';
import { judgeTraded } from '../../bench/accuracy/healthy/judge-traded.ts';
import type { TradedReceipt } from '../../bench/accuracy/healthy/judge-traded.ts';
import { HEALTHY_KINDS } from '../../bench/accuracy/healthy/kinds.ts';
import { learntFrom } from '../../bench/accuracy/healthy/learning.ts';
import { runHealthy } from '../../bench/accuracy/healthy/run-healthy.ts';
import {
  attributedInQuestion,
  billedUnits,
  nearbyUnits,
  reboughtUnits,
} from '../../bench/accuracy/metrics/units-to-bill.ts';
import type { JudgedRun } from '../../bench/accuracy/metrics/judge-visits.ts';
import { readOptions } from '../../bench/accuracy/options.ts';
import { parseResults, resultsText } from '../../bench/accuracy/results.ts';
import { healthySummary } from '../../bench/accuracy/summary.ts';
import { reportFiles, RESULTS_PATH } from '../../bench/accuracy/write-report.ts';
import { epochMs } from '../../src/base/index.ts';
import {
  fixtureId,
  money,
  plateId,
  productId,
  questionId,
  shelfId,
  sourceId,
  trackId,
  visitId,
} from '../../src/domain/index.ts';
import type { Decision, JudgedVisit, Observation, Question } from '../../src/domain/index.ts';

const soup = productId('soup');
type Goods = Readonly<Record<string, number>>;

function items(goods: Goods) {
  return Object.entries(goods).map(([code, quantity]) => ({ productId: productId(code), quantity }));
}

function held(goods: Goods) {
  return new Map(items(goods).map((item) => [item.productId, item.quantity]));
}

interface MadeUp {
  readonly track: string;
  readonly real: Goods;
  readonly told: Goods;
  readonly charged?: Goods;
  readonly decision?: Decision;
  readonly sure?: number;
}

function receiptOf({ track, told, charged = told, decision = 'charge', sure = 0.9 }: MadeUp): TradedReceipt {
  const lines = items(told).map((item) => ({
    ...item,
    probability: sure,
    status: 'sure' as const,
    alternatives: [],
    name: item.productId,
    unitPrice: null,
    amount: null,
  }));
  const receipt = {
    visitId: visitId(track),
    trackIds: [trackId(track)],
    revision: 1,
    enteredAtMs: epochMs(0),
    leftAtMs: epochMs(9000),
    lines,
    unlikely: [],
    total: money(0, 'USD'),
    probabilityAllRight: sure,
    decision,
    question: null,
    charge: { items: items(charged), total: money(0, 'USD'), waived: money(0, 'USD') },
    isAudited: false,
    uncalibrated: { probabilityAllRight: sure, lines: lines.map(({ probability }) => probability) },
  };
  return { receipt, alternatives: [], calibratedLines: lines.map(() => sure) };
}

function visitOf({ track, real }: MadeUp, personNumber: number) {
  const times = { enteredAtTrueMs: 0, leftAtTrueMs: 9000 };
  const who = { personNumber, partyNumber: personNumber, isAssociate: false, trackIds: [track] };
  return { ...who, ...times, items: held(real) };
}

const MADE_UP: readonly MadeUp[] = [
  { track: 'right', real: { soup: 1 }, told: { soup: 1 }, sure: 0.99 },
  { track: 'over', real: { soup: 1 }, told: { soup: 2 }, sure: 0.98 },
  {
    track: 'waived',
    real: { soup: 1, rice: 1 },
    told: { soup: 1, rice: 1 },
    charged: { soup: 1 },
    decision: 'waive',
  },
  { track: 'looked', real: { soup: 1 }, told: { rice: 1 }, decision: 'review', sure: 0.4 },
];

describe('a shop that has learnt, by hand', () => {
  const visits = judgeTraded({
    visits: [...MADE_UP.map(visitOf), visitOf({ track: 'no receipt', real: { rice: 1 }, told: {} }, 9)],
    receipts: [...MADE_UP, { track: 'nobody', real: {}, told: { soup: 1 }, sure: 0.5 }].map(receiptOf),
    storeSeed: 7,
    answer: ({ receipt }) => (receipt.decision === 'review' ? items({ soup: 1 }) : null),
  });
  const figures = healthyFigures({
    kind: { name: 'made up', words: 'by hand' },
    learnt: [visits.slice(0, 2)],
    tested: visits,
    threshold: null,
    provenAlone: 0,
  });

  test('wrong is whatever is not charged exactly, the waived line and the missing receipt too', () => {
    expect(visits).toHaveLength(6);
    expect(figures.wrongUnreviewed).toMatchObject({ hits: 4, trials: 5 });
    expect(figures.overchargedUnreviewed).toMatchObject({ hits: 2, trials: 5 });
    expect(figures.waivedWrongly).toMatchObject({ hits: 1, trials: 5 });
    expect(figures.exactWarm).toMatchObject({ hits: 2, trials: 6 });
    expect(figures.exactCold).toMatchObject({ hits: 1, trials: 2 });
    expect(figures.reviewed).toMatchObject({ hits: 1, trials: 6 });
  });

  test('the curve: the least sure are looked at first', () => {
    // By certainty: right 0.99, over 0.98, waived 0.9 (told right), nobody 0.5, looked 0.4.
    const curve = lookCurve(visits).map(({ looked, wrong }) => [looked.toFixed(2), wrong.toFixed(2)]);
    expect(curve).toEqual([
      ['0.80', '0.00'],
      ['0.60', '0.50'],
      ['0.40', '0.33'],
      ['0.20', '0.50'],
      ['0.00', '0.60'],
    ]);
  });

  const provenFrom = (audits: readonly JudgedVisit[]): number => {
    const { threshold } = learntFrom(audits);
    return threshold.kind === 'proven' ? threshold.probabilityAllRight : Number.NaN;
  };

  test('audits of right receipts prove a threshold at their certainty, wrong ones only above it', () => {
    const audit = visits[0]!.audit!;
    const many = (isAllRight: boolean) =>
      Array.from({ length: 1000 }, (_, index) => ({
        ...audit,
        visitId: visitId(`visit-${index}`),
        isAllRight,
        isOvercharged: !isAllRight,
      }));
    expect(provenFrom(many(true))).toBeLessThanOrEqual(0.99);
    expect(provenFrom(many(false))).toBeGreaterThan(0.99);
  });
});

test('a shopper who is asked tells what is so', () => {
  const claim = (quantity: number) => [{ productId: soup, quantityMin: quantity, quantityMax: quantity }];
  const question: Question = {
    questionId: questionId('q'),
    visitId: visitId('v'),
    kind: 'how-many',
    productIds: [soup],
    answers: [
      { answerId: 'one', claims: claim(1) },
      { answerId: 'two', claims: claim(2) },
      { answerId: 'other', claims: null },
    ],
    expectedGainMinor: 1,
  };
  expect(truthfulReply(question, held({ soup: 2 }))?.answerId).toBe('two');
  expect(truthfulReply(question, held({ rice: 2 }))?.answerId).toBe('other');
});

describe('units that are hard to bill', () => {
  const deed = (kind: string, personNumber: number, unit: number): TrueDeed => ({
    atMs: epochMs(1000 + unit),
    kind,
    personNumber,
    productId: soup,
    count: 1,
    unitNumbers: [unit],
    plateIds: [plateId(shelfId(fixtureId('f'), 0), 0)],
    deltaGrams: -100,
  });
  const visits = [1, 2].map((personNumber) => ({
    personNumber,
    trackId: `t${personNumber}`,
    enteredAtMs: epochMs(0),
    leftAtMs: epochMs(9000),
    items: held({ soup: 1 }),
  }));
  const truth = (deeds: readonly TrueDeed[]): BenchRun['truth'] => ({ visits, deeds });

  test('misplaced by one, bought by another: not what its owner took again, nor what was put back', () => {
    const deeds = [
      ...[deed('pick', 1, 5), deed('misplace', 1, 5), deed('pick', 2, 5)],
      ...[deed('pick', 1, 6), deed('misplace', 1, 6), deed('pick', 1, 6)],
      ...[deed('misplace', 1, 7), deed('pick', 2, 7), deed('put-back', 2, 7)],
    ];
    expect(reboughtUnits(truth(deeds))).toEqual([{ personNumber: 2, productId: soup, count: 1 }]);
  });

  test('with another within half a metre, as the tracker saw it', () => {
    const frame = (atMs: number, apartM: number): Observation => ({
      kind: 'tracks',
      source: sourceId('camera'),
      sequence: atMs,
      observedAtMs: epochMs(atMs),
      receivedAtMs: epochMs(atMs),
      people: [0, apartM].map((x, index) => ({
        trackId: trackId(`t${index + 1}`),
        hasEntered: true,
        parts: { head: { x, y: 0, z: 1.6, confidence: 1 } },
      })),
    });
    const frames = [frame(1000, 0.4), frame(2000, 0.6)];
    const deeds = [deed('pick', 1, 1), deed('pick', 2, 1001), deed('pick', 2, 5000)];
    expect(nearbyUnits(truth(deeds), frames)).toEqual([{ personNumber: 1, productId: soup, count: 1 }]);
  });

  test('what misses is what is asked about; whom nobody was billed for says nothing of people', () => {
    const units = [{ personNumber: 1, productId: soup, count: 2 }];
    const receipt = (personNumber: number, told: Goods, real: Goods) => {
      return { personNumber, told: held(told), real: held(real) };
    };
    const gone = [receipt(1, { soup: 1 }, { soup: 2 }), receipt(2, { rice: 1 }, { rice: 1 })];
    expect(billedUnits(units, gone)).toEqual({ hits: 1, trials: 2 });
    expect(attributedInQuestion(units, gone)).toEqual({ hits: 1, trials: 1 });
    const mixedUp = [receipt(1, { soup: 1 }, { soup: 2 }), receipt(2, { soup: 1 }, {})];
    expect(attributedInQuestion(units, mixedUp)).toEqual({ hits: 1, trials: 2 });
  });
});

test('an ingredient is worth what changes without it, pair by pair', () => {
  const runOf = (...f1s: number[]) =>
    ({ visits: f1s.map((f1) => ({ f1, isExact: f1 === 1 })) }) as unknown as JudgedRun;
  const pairs = [
    { whole: runOf(1, 1), without: runOf(1, 0.5) },
    { whole: runOf(0.5, 1), without: runOf(0.5, 0.5) },
  ];
  const { f1, exact } = changesOf(pairs);
  expect(f1.value).toBeCloseTo(-0.25, 12);
  // Each pair changes by the same, so drawing pairs again changes nothing.
  expect([f1.low, f1.high].map((each) => each.toFixed(6))).toEqual(['-0.250000', '-0.250000']);
  expect(exact.value).toBeCloseTo(-0.5, 12);
});

/** Behind the families that are published. */
async function expectOnPage(kinds: readonly HealthyFigures[]): Promise<void> {
  const published = parseResults(readFileSync(RESULTS_PATH, 'utf8'));
  const { command, commit, machine, seeds } = published;
  const results = { ...published, healthyShop: { command, commit, machine, seeds, kinds } };
  const files = await reportFiles(parseResults(resultsText(results)));
  const [page] = files;
  expect(page!.text).toContain('## A healthy shop that has learnt');
  expect(page!.text).not.toMatch(/NaN|undefined/);
  expect(files.map(({ path }) => path)).toContain('docs/images/benchmark-looks.svg');
  expect(healthySummary(kinds)).toContain('wrong among unreviewed');
}

test('a small healthy shop learns and trades on', async () => {
  const nano = HEALTHY_KINDS.find(({ name }) => name === 'nano')!;
  const kinds = [{ ...nano, stores: 1, learnMinutes: 3, testMinutes: 2 }];
  const [figures, together] = await runHealthy({ seeds: { from: 1000 }, workers: 1, kinds });
  expect(figures!.learntVisits).toBeGreaterThan(3);
  expect(figures!.testVisits).toBeGreaterThan(2);
  expect(figures!.threshold).toMatchObject({ kind: 'too-few-visits', visits: figures!.learntVisits });
  expect(together).toMatchObject({ testVisits: figures!.testVisits, threshold: null, stores: 1 });
  expect(figures!.exactWarm.value).toBeGreaterThan(0.5);
  await expectOnPage([figures!, together!]);
});

test('what is typed: parts, seeds that publish, workers', () => {
  expect(readOptions(['--healthy', '--from', '100'])).toMatchObject({ parts: ['healthy'], workers: 2 });
  expect(readOptions(['--all', '--workers', '3'])).toMatchObject({
    parts: ['families', 'healthy', 'ablation'],
    workers: 3,
  });
  expect(readOptions(['--write', '--from', '100'])).toHaveProperty('refusal');
  expect(readOptions(['--workers', '0'])).toHaveProperty('refusal');
});
