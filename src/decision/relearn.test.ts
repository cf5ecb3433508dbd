import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import { reviewerId, visitId } from '../domain/index.ts';
import type { JudgedBy } from '../domain/index.ts';
import { mapped } from './beta-map.ts';
import { isAudited, NO_KNOWLEDGE, visitJudged, visitSettled } from './knowledge.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import { relearnt } from './relearn.ts';
import { DECISION_POLICY } from './settings.ts';

const POLICY = { ...DECISION_POLICY, auditShare: 0.2, auditSalt: 'test' };

/** What a judge makes of the truth. */
type Manner = (isRight: boolean, random: { uniform: () => number }) => boolean;

const HONEST: Manner = (isRight) => isRight;
const INVERTS: Manner = (isRight) => !isRight;
const SLIPS: Manner = (isRight, random) => (random.uniform() < 0.03 ? !isRight : isRight);
const WAVES_THROUGH: Manner = () => true;

const ANN = reviewerId('ann');
const BEN = reviewerId('ben');
const CAT = reviewerId('cat');

interface Shop {
  readonly seed: number;
  readonly visits: number;
  /** Receipts below 0.9 are reviewed, by each in turn; a fifth of all are audited. */
  readonly reviewers: readonly (readonly [JudgedBy, Manner])[];
  readonly truth?: (told: number) => number;
}

const tooSure = (told: number): number => told ** 2;

function learntBy({ seed, visits, reviewers, truth = tooSure }: Shop): DecisionKnowledge {
  const random = seededRandom(seed);
  let knowledge = NO_KNOWLEDGE;
  for (let nth = 0; nth < visits; nth++) {
    const told = random.uniform() < 0.5 ? 1 - 0.1 * random.uniform() : 0.3 + 0.6 * random.uniform();
    const isRight = random.uniform() < truth(told);
    const id = visitId(`${seed}-${nth}`);
    const settled = { visitId: id, probabilityAllRight: told, isReviewed: told < 0.9 };
    knowledge = visitSettled(knowledge, settled, POLICY);
    const says = (judgedBy: JudgedBy, isAllRight: boolean): void => {
      const lines = [{ probability: Math.sqrt(told), isRight: isAllRight }];
      knowledge = visitJudged(knowledge, {
        visitId: id,
        judgedBy,
        probabilityAllRight: told,
        isAllRight,
        isOvercharged: !isAllRight,
        lines,
      });
    };
    const [judge, manner] = reviewers[nth % reviewers.length]!;
    if (told < 0.9) says(judge, manner(isRight, random));
    if (isAudited(id, POLICY)) says('audit', isRight);
  }
  return relearnt(knowledge, POLICY);
}

/** Largest error of the receipts' map between 0.35 and 0.98. */
function errorOf(knowledge: DecisionKnowledge, truth: (told: number) => number): number {
  let worst = 0;
  for (let told = 0.35; told <= 0.98; told += 0.01)
    worst = Math.max(worst, Math.abs(mapped(told, knowledge.receipts) - truth(told)));
  return worst;
}

const weightOf = (knowledge: DecisionKnowledge, judge: JudgedBy): number | undefined =>
  knowledge.judges.find(({ judgedBy }) => judgedBy === judge)?.weight;

test('nothing judged teaches nothing', () => {
  expect(relearnt(NO_KNOWLEDGE, POLICY)).toEqual({
    ...NO_KNOWLEDGE,
    threshold: { kind: 'too-few-visits', visits: 0, visitsNeeded: expect.any(Number) },
  });
});

test('what is learnt is plain data: stored and read back it goes on the same', () => {
  const knowledge = learntBy({ seed: 5, visits: 300, reviewers: [[ANN, HONEST]] });
  const stored: unknown = JSON.parse(JSON.stringify(knowledge));
  expect(stored).toEqual(knowledge);
  expect(relearnt(knowledge, POLICY)).toEqual(knowledge);
});

test('receipts and lines get maps of their own from honest judges', () => {
  const knowledge = learntBy({
    seed: 1,
    visits: 1500,
    reviewers: [
      [ANN, SLIPS],
      [BEN, HONEST],
    ],
  });
  expect(errorOf(knowledge, tooSure)).toBeLessThan(0.08);
  expect(knowledge.lines).not.toEqual(knowledge.receipts);
  expect(weightOf(knowledge, ANN)).toBe(1);
  expect(weightOf(knowledge, BEN)).toBe(1);
});

test('audits speak for the receipts that nobody reviews', () => {
  // Every fourth is dear: reviewed whatever was told, and wrong more often than others of which the same was told.
  const rightOf = (told: number, isDear: boolean): number => (isDear ? 0.7 * told : told);
  const random = seededRandom(17);
  let knowledge = NO_KNOWLEDGE;
  for (let nth = 0; nth < 6000; nth++) {
    const [id, isDear, told] = [visitId(`${nth}`), nth % 4 === 0, 0.8 + 0.19 * random.uniform()];
    const isAllRight = random.uniform() < rightOf(told, isDear);
    const judgedBy = isAudited(id, POLICY) ? 'audit' : [ANN, BEN, CAT][random.below(3)]!;
    const visit = { visitId: id, probabilityAllRight: told };
    knowledge = visitSettled(knowledge, { ...visit, isReviewed: isDear }, POLICY);
    knowledge = visitJudged(knowledge, { ...visit, judgedBy, isAllRight, isOvercharged: false, lines: [] });
  }
  const { receipts } = relearnt(knowledge, POLICY);
  for (const told of [0.82, 0.9, 0.97]) {
    const right = 0.25 * rightOf(told, true) + 0.75 * rightOf(told, false);
    expect(Math.abs(mapped(told, receipts) - right)).toBeLessThan(0.04);
  }
});

describe('one bad reviewer', () => {
  test.each<[string, Manner]>([
    ['who inverts', INVERTS],
    ['who waves everything through', WAVES_THROUGH],
  ])('%s loses weight, the others keep theirs, and the map holds', (_, manner) => {
    for (let seed = 1; seed <= 5; seed++) {
      const knowledge = learntBy({
        seed,
        visits: 1500,
        reviewers: [
          [ANN, manner],
          [BEN, HONEST],
          [CAT, SLIPS],
        ],
      });
      expect(weightOf(knowledge, ANN)).toBeLessThan(0.05);
      expect(weightOf(knowledge, BEN)).toBe(1);
      expect(weightOf(knowledge, CAT)).toBe(1);
      expect(errorOf(knowledge, tooSure)).toBeLessThan(0.1);
    }
  });

  test('is found by audits alone where there is no other reviewer', () => {
    const knowledge = learntBy({ seed: 2, visits: 1000, reviewers: [[ANN, INVERTS]] });
    expect(weightOf(knowledge, ANN)).toBeLessThan(0.001);
    expect(errorOf(knowledge, tooSure)).toBeLessThan(0.12);
  });

  test('proves nothing: what only a doubted reviewer saw counts as overcharged', () => {
    // Above 0.9 all are right; below, a third is wrong, and 0.86 is where more than 0.5 % of visits would be.
    const truth = (told: number): number => (told >= 0.9 ? 1 : 0.65);
    for (const manner of [HONEST, WAVES_THROUGH]) {
      const reviewers = [[ANN, manner] as const, [BEN, HONEST] as const];
      const { threshold } = learntBy({ seed: 3, visits: 6000, truth, reviewers });
      expect(threshold).toMatchObject({ kind: 'proven' });
      expect(threshold.kind === 'proven' && threshold.probabilityAllRight).toBeGreaterThan(0.87);
    }
  });
});

test('honest reviewers hardly ever lose weight', () => {
  let doubted = 0;
  for (let seed = 100; seed < 140; seed++) {
    const knowledge = learntBy({
      seed,
      visits: 200,
      reviewers: [
        [ANN, SLIPS],
        [BEN, HONEST],
        [CAT, SLIPS],
      ],
    });
    doubted += knowledge.judges.filter(({ weight }) => weight < 1).length;
  }
  // At most 1 % each of 120, and three standard deviations.
  expect(doubted).toBeLessThanOrEqual(4);
});

test('nobody weighs more than all others together, once there is more than a hundred visits of theirs', () => {
  const reviewed = learntBy({ seed: 8, visits: 3000, reviewers: [[ANN, HONEST]] });
  const audits = reviewed.verdicts.filter(({ judgedBy }) => judgedBy === 'audit').length;
  expect(reviewed.verdicts.length - audits).toBeGreaterThan(1200);
  expect(reviewed.receipts.cases).toBeLessThanOrEqual(2 * Math.max(100, audits));
});

describe('shoppers', () => {
  test('are believed less the more often audits contradict them, and never below one half', () => {
    const answers = (isTrue: boolean): number => {
      const shop = { seed: 4, visits: 1500, reviewers: [['shopper', isTrue ? HONEST : INVERTS] as const] };
      return learntBy(shop).shopperTrust;
    };
    expect(NO_KNOWLEDGE.shopperTrust).toBe(0.97);
    expect(answers(true)).toBeGreaterThan(0.98);
    expect(answers(false)).toBe(0.5);
  });
});

describe('the window', () => {
  const settledBy = (knowledge: DecisionKnowledge, name: string): DecisionKnowledge =>
    visitSettled(
      knowledge,
      { visitId: visitId(name), probabilityAllRight: 0.5, isReviewed: true },
      { ...POLICY, auditShare: 0 },
    );
  const verdict = (name: string, judgedBy: JudgedBy, isAllRight = true) => ({
    visitId: visitId(name),
    judgedBy,
    probabilityAllRight: 0.5,
    isAllRight,
    isOvercharged: false,
    lines: [],
  });

  test('forgets the oldest, with what was said of them', () => {
    let knowledge = visitJudged(settledBy(NO_KNOWLEDGE, 'first'), verdict('first', ANN));
    for (let nth = 0; nth < 3999; nth++) knowledge = settledBy(knowledge, `${nth}`);
    expect([knowledge.chosen.length, knowledge.forgottenTo, knowledge.verdicts.length]).toEqual([4000, 0, 1]);
    knowledge = settledBy(knowledge, 'last');
    expect([knowledge.chosen.length, knowledge.forgottenTo, knowledge.verdicts.length]).toEqual([4000, 1, 0]);
  });

  test('the least share is that of the visits still in it', () => {
    let knowledge = visitSettled(
      NO_KNOWLEDGE,
      { visitId: visitId('x'), probabilityAllRight: 1, isReviewed: false },
      { ...POLICY, auditShare: 0.01 },
    );
    for (let nth = 0; nth < 3; nth++) knowledge = settledBy(knowledge, `${nth}`);
    expect(knowledge.leastShares.map(({ share }) => share)).toEqual([0.01, 1]);
    for (let nth = 3; nth < 4001; nth++) knowledge = settledBy(knowledge, `${nth}`);
    expect(knowledge.leastShares.map(({ share }) => share)).toEqual([1]);
  });

  test('a later word of the same judge replaces the earlier; complaints about unchosen visits teach nothing', () => {
    let knowledge = settledBy(NO_KNOWLEDGE, 'a');
    knowledge = visitJudged(knowledge, verdict('a', ANN, true));
    knowledge = visitJudged(knowledge, verdict('a', ANN, false));
    expect(knowledge.verdicts).toEqual([verdict('a', ANN, false)]);
    expect(visitJudged(knowledge, verdict('never chosen', BEN))).toBe(knowledge);
  });

  test('audits are drawn at their share, whatever visits are called', () => {
    for (const prefix of ['visit-', 'a/b/', '']) {
      let drawn = 0;
      for (let nth = 0; nth < 10_000; nth++) if (isAudited(visitId(`${prefix}${nth}`), POLICY)) drawn++;
      expect(Math.abs(drawn - 2000)).toBeLessThan(160);
    }
  });
});
