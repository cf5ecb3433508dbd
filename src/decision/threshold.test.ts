import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import { visitId } from '../domain/index.ts';
import type { VisitId } from '../domain/index.ts';
import { DECISION_POLICY } from './settings.ts';
import { provenThreshold } from './threshold.ts';
import type { ChosenVisit, Fate, ThresholdEvidence } from './threshold.ts';

const POLICY = { ...DECISION_POLICY, wrongShareMax: 0.02, overchargedShareMax: 0.01, confidence: 0.9 };

/** Told doubts are 10^−(4 u): evenly spread over four decades. Truly wrong is three times the doubt, half of it over. */
const doubtAt = (u: number): number => 0.5 * 10 ** (-4 * u);
const wrongAt = (doubt: number): number => Math.min(1, 3 * doubt);

/** The true share of all visits that are charged at or above `threshold` and wrong, by summing over u. */
function trueRisk(threshold: number): number {
  let sum = 0;
  for (let nth = 0; nth < 2000; nth++) {
    const doubt = doubtAt((nth + 0.5) / 2000);
    if (1 - doubt >= threshold) sum += wrongAt(doubt);
  }
  return sum / 2000;
}

interface Store {
  readonly evidence: ThresholdEvidence;
  /** Σ 1 / share of the wrong ones at or above, over the number of visits. */
  readonly estimateAt: (threshold: number) => number;
}

/** A store that reviews everything below 0.97, which is stricter than it must be, and audits a share of the rest. */
function store(seed: number, visits: number, auditShare: number): Store {
  const random = seededRandom(seed);
  const chosen: ChosenVisit[] = [];
  const fates = new Map<VisitId, Fate>();
  for (let visitNumber = 1; visitNumber <= visits; visitNumber++) {
    const doubt = doubtAt(random.uniform());
    const isWrong = random.uniform() < wrongAt(doubt);
    const isOver = random.uniform() < 0.5;
    const chosenShare = doubt > 0.03 ? 1 : auditShare;
    if (random.uniform() >= chosenShare) continue;
    const id = visitId(`${seed}-${visitNumber}`);
    chosen.push({ visitId: id, visitNumber, chosenShare, probabilityAllRight: 1 - doubt });
    if (!isWrong) fates.set(id, 'right');
    else fates.set(id, isOver ? 'overcharged' : 'undercharged');
  }
  return {
    evidence: {
      firstVisit: 1,
      lastVisit: visits,
      leastShare: auditShare,
      chosen,
      fateOf: (id) => fates.get(id) ?? 'pending',
    },
    estimateAt: (threshold) =>
      chosen.reduce(
        (sum, each) =>
          each.probabilityAllRight >= threshold && fates.get(each.visitId) !== 'right'
            ? sum + 1 / each.chosenShare
            : sum,
        0,
      ) / visits,
  };
}

/** What somebody would do without a test: the laxest threshold whose estimated risk is allowed. */
function pluggedIn({ estimateAt }: Store): number {
  for (let doubt = 0.5; doubt > 1e-5; doubt /= 1.1)
    if (estimateAt(1 - doubt) <= POLICY.wrongShareMax) return 1 - doubt;
  return 1;
}

const STORES = 400;
/** δ of 400 stores, and three standard deviations of chance. */
const BROKEN_MAX = 0.1 * STORES + 3 * Math.sqrt(STORES * 0.1 * 0.9);

describe.each([
  ['every visit is looked at', 1000, 1],
  ['only a fifth of the sure ones are', 3000, 0.2],
])('%s', (_, visits, auditShare) => {
  test('the bound breaks in no more stores than it may; without the test it breaks in many', () => {
    let [broken, brokenWithout, proven, risks] = [0, 0, 0, 0];
    for (let seed = 0; seed < STORES; seed++) {
      const made = store(seed, visits, auditShare);
      const threshold = provenThreshold(made.evidence, POLICY);
      if (threshold.kind === 'proven') {
        const risk = trueRisk(threshold.probabilityAllRight);
        proven++;
        risks += risk;
        if (risk > POLICY.wrongShareMax) broken++;
        expect(threshold.wrongAtMost).toBe(POLICY.wrongShareMax);
      }
      if (trueRisk(pluggedIn(made)) > POLICY.wrongShareMax) brokenWithout++;
    }
    expect(proven).toBeGreaterThan(0.8 * STORES);
    expect(broken).toBeLessThanOrEqual(BROKEN_MAX);
    expect(brokenWithout).toBeGreaterThan(BROKEN_MAX);
    // A bound that is never approached would be kept by doing nothing.
    expect(risks / proven).toBeGreaterThan(0.4 * POLICY.wrongShareMax);
  });
});

test('the risk of overcharging is bounded on its own', () => {
  let broken = 0;
  for (let seed = 0; seed < STORES; seed++) {
    const policy = { ...POLICY, wrongShareMax: 1 };
    const threshold = provenThreshold(store(seed, 1000, 1).evidence, policy);
    if (threshold.kind === 'proven' && 0.5 * trueRisk(threshold.probabilityAllRight) > 0.01) broken++;
  }
  expect(broken).toBeLessThanOrEqual(BROKEN_MAX);
});

/** `visits` sure visits, all looked at, all right but those named. */
function sureStore(visits: number, fates: Readonly<Record<number, Fate>> = {}): ThresholdEvidence {
  const chosen = Array.from({ length: visits }, (_, nth) => ({
    visitId: visitId(`${nth + 1}`),
    visitNumber: nth + 1,
    chosenShare: 1,
    probabilityAllRight: 0.99,
  }));
  return {
    firstVisit: 1,
    lastVisit: visits,
    leastShare: 1,
    chosen,
    fateOf: (id) => fates[Number(id)] ?? 'right',
  };
}

const EVEN = { ...DECISION_POLICY, overchargedShareMax: 0.005 };

test('459 spotless visits prove nothing at 0.5 % and nine tenths, 460 do', () => {
  expect(provenThreshold(sureStore(459), EVEN)).toEqual({
    kind: 'too-few-visits',
    visits: 459,
    visitsNeeded: 460,
  });
  expect(provenThreshold(sureStore(460), EVEN)).toMatchObject({
    kind: 'proven',
    // The laxest of the grid.
    probabilityAllRight: expect.closeTo(0.578, 3),
    visits: 460,
    judged: 460,
    lookShare: 0,
  });
});

test('a wrong visit moves the threshold above it, an undercharged one counts as wrong too', () => {
  for (const fate of ['overcharged', 'undercharged'] as const) {
    const threshold = provenThreshold(sureStore(460, { 7: fate }), EVEN);
    expect(threshold.kind === 'proven' && threshold.probabilityAllRight > 0.99).toBe(true);
    expect(threshold).toMatchObject({ lookShare: 1 });
  }
});

test('without audits nothing ever is proven', () => {
  expect(provenThreshold({ ...sureStore(5000), leastShare: 0 }, EVEN)).toMatchObject({
    kind: 'too-few-visits',
    visitsNeeded: null,
  });
});

test('a verdict that is still awaited ends the window; one that never came counts as overcharged', () => {
  expect(provenThreshold(sureStore(2000, { 1900: 'pending' }), EVEN)).toMatchObject({ visits: 1899 });
  const missing = Object.fromEntries([10, 20, 30, 40, 50].map((nth) => [nth, 'pending' as const]));
  const threshold = provenThreshold(sureStore(1000, missing), EVEN);
  expect(threshold).toMatchObject({ kind: 'proven', visits: 1000, judged: 995, lookShare: 1 });
});

test('where even the surest receipts are wrong nothing is proven', () => {
  const chosen = sureStore(1000).chosen.map((visit) => ({ ...visit, probabilityAllRight: 1 }));
  const fates = Object.fromEntries(Array.from({ length: 40 }, (_, nth) => [nth + 1, 'overcharged' as const]));
  const evidence = { ...sureStore(1000, fates), chosen };
  expect(provenThreshold(evidence, EVEN)).toEqual({ kind: 'not-provable', visits: 1000, judged: 1000 });
});
