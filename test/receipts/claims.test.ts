/** A shopper says that a receipt is not right: at once where looking costs more, else by a person, twice at most. */
import { expect, test } from 'vitest';
import { epochMs } from '../../src/base/index.ts';
import { CLAIM_TRANSITIONS, claimStep, grantCostMinor } from '../../src/receipts/index.ts';
import type {
  Claim,
  ClaimEvent,
  ClaimPhase,
  ClaimRule,
  ClaimStep,
  ReceiptContent,
} from '../../src/receipts/index.ts';
import { drawnContent } from './issued.ts';

const RULE: ClaimRule = { reviewCostMinor: 150, grantsAtOnceMax: 2, answerWithinMs: 1000 };

/** One line of two units at 300 each, wrong with a good part of probability. */
function twoAt300(probability: number | null): ReceiptContent {
  const content = drawnContent(1, true);
  const unit = { listMinor: 300, reductions: [], netMinor: 300, taxes: [], fees: [], givenBackIn: null };
  return { ...content, lines: [{ ...content.lines[0]!, units: [unit, unit], probability }], fees: [] };
}

const opened = (units: number): ClaimEvent => ({
  kind: 'opened',
  atMs: epochMs(5000),
  claimId: 'claim-1',
  reason: 'not-taken',
  lines: [{ lineId: 'line-1', units }],
  words: null,
});
const reviewed = (units: number): ClaimEvent => ({
  kind: 'reviewed',
  atMs: epochMs(6000),
  granted: units === 0 ? [] : [{ lineId: 'line-1', units }],
});
const askedAgain: ClaimEvent = { kind: 'asked-again', atMs: epochMs(7000) };

interface Told {
  readonly steps: readonly (ClaimStep | string)[];
  readonly claim: Claim | null;
}

function told(content: ReceiptContent, events: readonly ClaimEvent[], grantedAtOnceCount = 0): Told {
  let claim: Claim | null = null;
  const steps = events.map((event) => {
    const step = claimStep(claim, event, { content, rule: RULE, grantedAtOnceCount });
    if (!step.ok) return step.problem.code;
    if (claim !== null) expect(CLAIM_TRANSITIONS[claim.phase]).toContain(step.value.claim.phase);
    claim = step.value.claim;
    return step.value;
  });
  return { steps, claim };
}

const phasesOf = ({ steps }: Told): (ClaimPhase | string)[] =>
  steps.map((step) => (typeof step === 'string' ? step : step.claim.phase));

test('what costs less to grant than to look at is granted at once', () => {
  // A unit of 300 that was right with a probability of 0.4 costs 120 to grant, on average; looking costs 150.
  const content = twoAt300(0.4);
  expect(grantCostMinor(content, [{ lineId: 'line-1', units: 1 }])).toBeCloseTo(120);
  const { steps, claim } = told(content, [opened(1)]);
  expect(claim).toMatchObject({ phase: 'granted', dueAtMs: null, reviewCount: 0 });
  expect(steps[0]).toMatchObject({
    correction: { kind: 'give-back', lines: [{ lineId: 'line-1', units: 1 }], fees: [] },
  });
});

test('a sure line, a larger claim, or one after others that were granted so is looked at, within a stated time', () => {
  for (const { claim } of [
    told(twoAt300(0.99), [opened(1)]),
    told(twoAt300(null), [opened(1)]),
    told(twoAt300(0.4), [opened(2)]),
    told(twoAt300(0.4), [opened(1)], RULE.grantsAtOnceMax),
  ])
    expect(claim).toMatchObject({ phase: 'in-review', dueAtMs: 6000, granted: [] });
});

test('a review grants all, a part or nothing; whoever is not content is heard once more', () => {
  const content = twoAt300(1);
  expect(phasesOf(told(content, [opened(2), reviewed(2)]))).toEqual(['in-review', 'granted']);
  const part = told(content, [opened(2), reviewed(1), askedAgain, reviewed(1)]);
  expect(phasesOf(part)).toEqual(['in-review', 'partly-granted', 'in-second-review', 'granted']);
  expect(part.claim?.granted).toEqual([{ lineId: 'line-1', units: 2 }]);
  const none = told(content, [opened(2), reviewed(0), askedAgain, reviewed(0), askedAgain]);
  expect(phasesOf(none)).toEqual([
    'in-review',
    'receipt-stands',
    'in-second-review',
    'receipt-stands',
    'CLAIM_NOT_ANSWERED',
  ]);
  expect(none.steps[1]).toMatchObject({ correction: null });
});

test('what cannot be is refused with a code', () => {
  const content = twoAt300(1);
  expect(phasesOf(told(content, [opened(3)]))).toEqual(['CLAIM_LINES_UNKNOWN']);
  expect(phasesOf(told(content, [reviewed(1)]))).toEqual(['CLAIM_MISSING']);
  expect(phasesOf(told(content, [opened(1), opened(1)]))[1]).toBe('CLAIM_OPENED_TWICE');
  expect(phasesOf(told(content, [opened(1), reviewed(2)]))[1]).toBe('CLAIM_GRANT_TOO_LARGE');
  expect(phasesOf(told(content, [opened(1), askedAgain]))[1]).toBe('CLAIM_NOT_ANSWERED');
  const withdrawn: ClaimEvent = { kind: 'withdrawn', atMs: epochMs(6500) };
  expect(phasesOf(told(content, [opened(1), withdrawn, withdrawn])).slice(1)).toEqual([
    'withdrawn',
    'CLAIM_NOT_IN_REVIEW',
  ]);
});

test('every phase of a claim can be reached, and none but two is the end for good', () => {
  const reached = new Set<ClaimPhase>(['none']);
  for (const phase of reached) for (const next of CLAIM_TRANSITIONS[phase]) reached.add(next);
  expect([...reached].toSorted()).toEqual(Object.keys(CLAIM_TRANSITIONS).toSorted());
  const ends = Object.entries(CLAIM_TRANSITIONS).filter(([, next]) => next.length === 0);
  expect(ends.map(([phase]) => phase)).toEqual(['granted', 'withdrawn']);
});
