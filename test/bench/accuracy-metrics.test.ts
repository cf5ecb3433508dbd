/** Every measure against a case worked out by hand, and against what must always hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BenchRun, IssuedReceipt, TrueDeed } from '../../bench/accuracy/benchmark-run.ts';
import { attributedUnits } from '../../bench/accuracy/metrics/attribution.ts';
import { bootstrapInterval } from '../../bench/accuracy/metrics/bootstrap.ts';
import { calibrationOf } from '../../bench/accuracy/metrics/calibration.ts';
import type { Statement } from '../../bench/accuracy/metrics/calibration.ts';
import { clopperPearsonInterval, wilsonInterval } from '../../bench/accuracy/metrics/intervals.ts';
import { judgeRun } from '../../bench/accuracy/metrics/judge-visits.ts';
import type { JudgedRun } from '../../bench/accuracy/metrics/judge-visits.ts';
import { measure } from '../../bench/accuracy/metrics/measure.ts';
import { quantile } from '../../bench/accuracy/metrics/quantile.ts';
import { areaUnderRisk, riskCoverage, thinned } from '../../bench/accuracy/metrics/risk-coverage.ts';
import { stepFigures, weighRun } from '../../bench/accuracy/metrics/step-error.ts';
import { TILLFREE } from '../../bench/accuracy/tillfree-system.ts';
import { WINNER_RULES } from '../../bench/accuracy/winner-rules/index.ts';
import { epochMs } from '../../src/base/index.ts';
import { buildCatalogue, interactionId, money, productId, trackId, visitId } from '../../src/domain/index.ts';
import type { Decision, Interaction, WeightStep } from '../../src/domain/index.ts';
import { scriptedShop } from '../builders/index.ts';

const PRICES = { soup: 200, rice: 300, tea: 500 } as const;
type Goods = Readonly<Partial<Record<keyof typeof PRICES, number>>>;

const shop = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const { catalogue } = buildCatalogue(
  Object.entries(PRICES).map(([code, price]) => ({
    code,
    name: code,
    weightGrams: 100,
    price: money(price, 'USD'),
    imageUrl: null,
    where: code,
  })),
);

function receiptOf(
  track: string,
  goods: Goods,
  stated: { readonly sure?: number; readonly decision?: Decision; readonly issuedAt?: number } = {},
): IssuedReceipt {
  const { sure = 0.9, decision = 'charge', issuedAt = 12_000 } = stated;
  const lines = Object.entries(goods).map(([code, quantity]) => ({
    productId: productId(code),
    quantity,
    probability: sure,
    status: 'sure' as const,
    alternatives: [],
    name: code,
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
    charge: { items: [], total: money(0, 'USD'), waived: money(0, 'USD') },
    isAudited: false,
    uncalibrated: { probabilityAllRight: sure, lines: [] },
  };
  return { receipt, issuedAtMs: epochMs(issuedAt) };
}

function judged(truth: Readonly<Record<string, Goods>>, receipts: readonly IssuedReceipt[]): JudgedRun {
  const visits = Object.entries(truth).map(([track, goods], personNumber) => ({
    personNumber,
    trackId: track,
    enteredAtMs: epochMs(0),
    leftAtMs: epochMs(10_000),
    items: new Map(Object.entries(goods).map(([code, count]) => [productId(code), count])),
  }));
  const run: BenchRun = {
    family: 'hand',
    seed: 0,
    store: { ...shop, catalogue },
    observations: () => [],
    truth: { visits, deeds: [] },
  };
  const cost = { cpuMs: 500, observationCount: 1, spanMs: 36_000 };
  return judgeRun(run, { receipts, cost });
}

describe('visits laid beside the truth', () => {
  /** Ann: 2 soup, 1 rice, billed 1 soup, 1 tea. Ben: tea, billed rice. Cid: nothing, no receipt. A stray: soup. */
  const run = judged({ ann: { soup: 2, rice: 1 }, ben: { tea: 1 }, cid: {} }, [
    receiptOf('ann', { soup: 1, tea: 1 }, { sure: 0.6, decision: 'ask' }),
    receiptOf('ben', { rice: 1 }, { issuedAt: 15_000 }),
    receiptOf('stranger', { soup: 1 }),
    receiptOf('nobody', {}),
  ]);
  const [ann, ben, cid, stray] = run.visits;

  test('items, money and lines', () => {
    expect(run.visits).toHaveLength(4);
    expect(ann).toMatchObject({ precision: 1 / 2, recall: 1 / 3, isExact: false });
    expect(ann!.f1).toBeCloseTo(0.4, 12);
    expect(ann).toMatchObject({ overchargeMinor: 500, underchargeMinor: 200 + 300, trueMinor: 700 });
    expect(ann!.lines.map(({ isRight }) => isRight)).toEqual([false, false]);
    expect(ben).toMatchObject({ f1: 0, overchargeMinor: 300, underchargeMinor: 500 });
    expect(cid).toMatchObject({ f1: 1, isExact: false, stated: null });
    expect(stray).toMatchObject({ isReal: false, f1: 0, overchargeMinor: 200, trueMinor: 0 });
    expect(ben!.stated!.delayMs).toBe(5000);
  });

  test('right person: of the units carried out and billed to anybody', () => {
    // Soup: 2 carried, 2 billed, 1 right. Rice: 1 carried and billed, to the wrong one. Tea: the same.
    expect(attributedUnits([run])).toEqual({ hits: 1, trials: 4 });
  });

  test('two receipts of one visit add up, and the heavier decision counts', () => {
    const twice = judged({ ann: { soup: 2 } }, [
      receiptOf('ann', { soup: 1 }, { sure: 0.5, decision: 'review' }),
      receiptOf('ann', { soup: 1 }, { sure: 0.5 }),
    ]);
    expect(twice.visits).toHaveLength(1);
    expect(twice.visits[0]).toMatchObject({ f1: 1, isExact: true });
    expect(twice.visits[0]!.stated).toMatchObject({ probabilityAllRight: 0.25, decision: 'review' });
  });

  test('all figures of a system', () => {
    const metrics = measure(TILLFREE, [run]);
    expect(metrics).toMatchObject({ runs: 1, visits: 3, visitsWithoutReceipt: 1, strayReceipts: 1 });
    expect(metrics.f1.value).toBeCloseTo((0.4 + 0 + 1 + 0) / 4, 12);
    expect(metrics.exact.value).toBe(0);
    expect(metrics.attribution.value).toBe(1 / 4);
    expect(metrics.overcharge.perVisitMinor.value).toBe((500 + 300 + 200) / 4);
    expect(metrics.undercharge.shareOfTrue.value).toBeCloseTo(1000 / 1200, 12);
    expect(metrics.decisions.ask.value).toBe(1 / 3);
    expect(metrics.wrongAmongCharged.value).toBe(1);
    // Ben was charged wrongly, and nobody knows of Cid.
    expect(metrics.wrongUnreviewed.value).toBe(2 / 3);
    expect(metrics.delay).toEqual({ p50Ms: 2000, p95Ms: 5000, p99Ms: 5000 });
    expect(metrics.cpuSecondsPerStoreHour).toBeCloseTo(50, 9);
    expect(metrics.stated!.receipts.count).toBe(3);
    expect(measure(WINNER_RULES, [run])).toMatchObject({ stated: null, delay: null });
  });
});

const statement = fc.record({
  probability: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
  isRight: fc.boolean(),
});

describe('probabilities', () => {
  test('calibration error by hand: half of those at 0.75 and all of those at 1 are right', () => {
    const at = (probability: number, isRight: boolean): Statement => ({ probability, isRight });
    const four = [at(0.75, true), at(0.75, false), at(1, true), at(1, true)];
    // One bin each, for there are fewer than 15: |0.75 − 1|, |0.75 − 0|, 0, 0.
    expect(calibrationOf(four).error).toBeCloseTo((0.25 + 0.75) / 4, 12);
    const many = Array.from({ length: 100 }, () => four).flat();
    const { error, bins } = calibrationOf(many.toSorted((a, b) => a.probability - b.probability));
    expect(bins).toHaveLength(15);
    expect(bins.map(({ count }) => count)).toEqual(expect.arrayContaining([26, 27]) as number[]);
    expect(error).toBeCloseTo(0.125, 2);
  });

  test('mass of all bins is equal within one, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 80 }), (statements) => {
        const counts = calibrationOf(statements).bins.map(({ count }) => count);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(statements.length);
        if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('AUGRC by hand: the wrong one of three is the second surest', () => {
    const statements = [
      { probability: 0.9, isRight: true },
      { probability: 0.8, isRight: false },
      { probability: 0.7, isRight: true },
    ];
    expect(riskCoverage(statements)).toEqual([
      { coverage: 0, risk: 0 },
      { coverage: 1 / 3, risk: 0 },
      { coverage: 2 / 3, risk: 1 / 3 },
      { coverage: 1, risk: 1 / 3 },
    ]);
    expect(areaUnderRisk(statements)).toBeCloseTo(1 / 18 + 1 / 9, 12);
  });

  test('AUGRC is (1 − AUROC) · right · wrong + wrong² / 2 (Traub et al. 2024, equation 6)', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 40 }), (statements) => {
        const right = statements.filter(({ isRight }) => isRight);
        const wrong = statements.filter(({ isRight }) => !isRight);
        let misordered = 0;
        for (const good of right)
          for (const bad of wrong) {
            if (bad.probability > good.probability) misordered++;
            else if (bad.probability === good.probability) misordered += 0.5;
          }
        const n = statements.length;
        expect(areaUnderRisk(statements)).toBeCloseTo((misordered + wrong.length ** 2 / 2) / n ** 2, 10);
      }),
    );
  });

  test('a thinned curve keeps its ends', () => {
    const points = Array.from({ length: 1001 }, (_, index) => ({ coverage: index / 1000, risk: 0 }));
    const fewer = thinned(points);
    expect(fewer.length).toBeLessThanOrEqual(202);
    expect([fewer[0], fewer.at(-1)]).toEqual([points[0], points.at(-1)]);
  });
});

describe('intervals', () => {
  test('Wilson and Clopper–Pearson as in tables', () => {
    expect(wilsonInterval({ hits: 0, trials: 10 }).high).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval({ hits: 5, trials: 10 }).low).toBeCloseTo(0.2366, 4);
    expect(clopperPearsonInterval({ hits: 0, trials: 10 })).toMatchObject({ low: 0 });
    expect(clopperPearsonInterval({ hits: 0, trials: 10 }).high).toBeCloseTo(0.3085, 4);
    expect(clopperPearsonInterval({ hits: 5, trials: 10 }).low).toBeCloseTo(0.1871, 4);
    expect(clopperPearsonInterval({ hits: 5, trials: 10 }).high).toBeCloseTo(0.8129, 4);
    expect(clopperPearsonInterval({ hits: 10, trials: 10 })).toMatchObject({ high: 1 });
  });

  test('they hold the share, and Clopper–Pearson is the wider where its guarantee costs most', () => {
    const count = fc
      .integer({ min: 1, max: 300 })
      .chain((trials) =>
        fc.record({ hits: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
      );
    fc.assert(
      fc.property(count, ({ hits, trials }) => {
        for (const interval of [wilsonInterval({ hits, trials }), clopperPearsonInterval({ hits, trials })]) {
          expect(interval.low).toBeLessThanOrEqual(hits / trials);
          expect(interval.high).toBeGreaterThanOrEqual(hits / trials);
        }
        const none = { hits: 0, trials };
        expect(clopperPearsonInterval(none).high).toBeCloseTo(1 - 0.025 ** (1 / trials), 9);
      }),
    );
  });

  test('drawing runs again: the same every time, about the textbook width, and clusters make it wider', () => {
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const values = Array.from({ length: 400 }, (_, index) => index % 2);
    const apart = bootstrapInterval(values, mean);
    expect(bootstrapInterval(values, mean)).toEqual(apart);
    // ± 1.96 · 0.5 / √400
    expect(apart.low).toBeCloseTo(0.451, 1.5);
    expect(apart.high - apart.low).toBeGreaterThan(0.08);
    expect(apart.high - apart.low).toBeLessThan(0.12);
    const clusters = Array.from({ length: 20 }, (_, index) => Array.from({ length: 20 }, () => index % 2));
    const together = bootstrapInterval(clusters, (drawn) => mean(drawn.flat()));
    expect(together.high - together.low).toBeGreaterThan(3 * (apart.high - apart.low));
  });

  test('quantiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('weight steps beside true deeds', () => {
  const { plates, shelves } = shop.layout;
  const at = { left: plates[0]!.plateId, right: plates[1]!.plateId };
  const deed = (atMs: number, deltaGrams: number, plateIds = [at.left]): TrueDeed => ({
    atMs: epochMs(atMs),
    kind: 'pick',
    personNumber: 0,
    productId: productId('soup'),
    count: 1,
    plateIds,
    deltaGrams,
  });
  const step = (atMs: number, deltaGrams: number, plateId = at.left): WeightStep => ({
    plateId,
    leftAtMs: epochMs(atMs - 100),
    settledAtMs: epochMs(atMs + 100),
    deltaGrams,
    sigmaGrams: 3,
  });
  const told = (...steps: WeightStep[]): Interaction => ({
    interactionId: interactionId('1/1#1'),
    phase: 'final',
    shelfId: shelves[0]!.shelfId,
    startedAtMs: epochMs(0),
    endedAtMs: epochMs(60_000),
    steps,
    changes: [],
  });

  test('a deed, its step and their difference; what nothing tells is counted', () => {
    const weighed = weighRun([deed(5000, -100), deed(20_000, -50)], [told(step(5050, -104))]);
    expect(weighed).toEqual({
      moments: [{ deedCount: 1, errorGrams: -4, sigmaGrams: 3 }],
      unheardCount: 1,
    });
    expect(stepFigures([weighed])).toEqual({
      deeds: 2,
      unheardShare: 0.5,
      p50Grams: 4,
      p95Grams: 4,
      within: [0, 1, 1],
    });
  });

  test('a thing on two plates is one moment, and so are two things in one step', () => {
    const onTwo = weighRun(
      [deed(5000, -100, [at.left, at.right])],
      [told(step(5000, -61), step(5000, -38, at.right))],
    );
    expect(onTwo.moments).toEqual([{ deedCount: 1, errorGrams: 1, sigmaGrams: Math.sqrt(18) }]);
    const together = weighRun([deed(5000, -100), deed(5200, -100)], [told(step(5100, -207))]);
    expect(together.moments).toEqual([{ deedCount: 2, errorGrams: -7, sigmaGrams: 3 }]);
  });

  test('steps of another sign, place or time tell nothing', () => {
    const steps = [step(5000, 100), step(5000, -100, at.right), step(9000, -100)];
    expect(weighRun([deed(5000, -100)], [told(...steps)])).toEqual({ moments: [], unheardCount: 1 });
    expect(stepFigures([null])).toBeNull();
  });
});
