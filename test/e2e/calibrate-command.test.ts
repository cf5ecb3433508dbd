/** `tillfree calibrate`: what probabilities mean, learnt from recordings whose truth is known. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkedDecision } from '../../src/app/decision-document.ts';
import type { KeptDecision } from '../../src/app/decision-document.ts';
import { call, emptyDirectory, oneVisit, writeTruth, writtenAsMcap } from './command-line.ts';

function decisionIn(file: string): KeptDecision {
  const { decision } = JSON.parse(readFileSync(file, 'utf8')) as { decision: unknown };
  const read = checkedDecision(decision, file);
  if (!read.ok) throw new Error(read.problem.what);
  return read.value;
}

/** One visit of the same store, beside its truth, under a name of its own. */
async function judgedVisit(parent: string, name: string): Promise<string> {
  const recording = oneVisit(31);
  const path = await writtenAsMcap(recording, { parent, name });
  writeTruth(join(parent, `${name}.ground_truth.json`), recording);
  return path;
}

describe('calibrate', () => {
  test('judges every visit under a name of its own, learns, and says what is proven', async () => {
    const parent = emptyDirectory();
    const paths = [await judgedVisit(parent, 'monday'), await judgedVisit(parent, 'tuesday')];
    const file = join(parent, 'shop.json');
    const told = await call('calibrate', ...paths, '--knowledge', file);
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain('1 visit judged: 1 told exactly right, 0 told too much');
    expect(told.out).toContain('2 visits, at least 920 are needed with 100 % audited');
    for (const line of told.out.split('\n'))
      if (!line.includes(parent)) expect(line.length).toBeLessThanOrEqual(80);
    const decision = decisionIn(file);
    const names = decision.chosen.map(({ visitId }) => visitId);
    expect(names).toEqual([
      expect.stringMatching(/^monday.*\/visit-1$/),
      expect.stringMatching(/^tuesday.*\/visit-1$/),
    ]);
    expect(decision.verdicts.map(({ visitId }) => visitId)).toEqual(names);
    expect(decision).toMatchObject({ visits: 2, threshold: { kind: 'too-few-visits', visits: 2 } });
    expect(decision.receipts.cases).toBeCloseTo(2, 6);
  });

  test('a truth that says otherwise makes the same probability mean less', async () => {
    const parent = emptyDirectory();
    const path = await judgedVisit(parent, 'monday');
    const [right, wrong] = [join(parent, 'right.json'), join(parent, 'wrong.json')];
    await call('calibrate', path, '--knowledge', right);
    const truth = join(parent, 'nothing.json');
    writeFileSync(truth, JSON.stringify({ receipts: [{ targetId: 'shopper-1', products: [] }] }));
    const told = await call('calibrate', path, '--knowledge', wrong, '--truth', truth);
    expect(told.out).toContain('0 told exactly right, 1 told too much');
    const verdict = decisionIn(wrong).verdicts[0];
    expect(verdict).toMatchObject({ judgedBy: 'audit', isAllRight: false, isOvercharged: true });
    expect(decisionIn(wrong).receipts.shift).toBeLessThan(decisionIn(right).receipts.shift);
  });

  test('a second judge adds a verdict, the same one replaces it, and the visit counts once', async () => {
    const parent = emptyDirectory();
    const path = await judgedVisit(parent, 'monday');
    const file = join(parent, 'shop.json');
    await call('calibrate', path, '--knowledge', file);
    const first = readFileSync(file, 'utf8');
    const again = await call('calibrate', path, '--knowledge', file);
    expect(again.out).toContain('no visit counts twice');
    expect(decisionIn(file).visits).toBe(1);
    expect(decisionIn(file).verdicts).toHaveLength(1);
    expect((JSON.parse(readFileSync(file, 'utf8')) as { weights: unknown }).weights).toEqual(
      (JSON.parse(first) as { weights: unknown }).weights,
    );
    await call('calibrate', path, '--knowledge', file, '--judge', 'anna');
    expect(decisionIn(file).verdicts.map(({ judgedBy }) => judgedBy)).toEqual(['audit', 'anna']);
    expect(decisionIn(file).visits).toBe(1);
  });
});

describe('calibrate without a usable truth', () => {
  test.each([
    ['missing', null, 'TRUTH_MISSING'],
    ['no JSON', '{"receipts": [', 'TRUTH_UNREADABLE'],
    [
      'of another recording',
      '{"receipts": [{"targetId": "else", "products": []}]}',
      'TRUTH_OF_ANOTHER_RECORDING',
    ],
  ])('%s: exit code 1, and nothing is written', async (_, content, code) => {
    const parent = emptyDirectory();
    const path = await writtenAsMcap(oneVisit(31), { parent, name: 'visit' });
    if (content !== null) writeFileSync(join(parent, 'ground_truth.json'), content);
    const file = join(parent, 'shop.json');
    const told = await call('calibrate', path, '--knowledge', file);
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain(`[${code}]`);
    expect(told.err).toContain('1 of 1 recordings taught nothing');
    expect(existsSync(file)).toBe(false);
  });

  test('whoever got no receipt is told: there is nothing to judge', async () => {
    const parent = emptyDirectory();
    const recording = oneVisit(31);
    const path = await writtenAsMcap(recording, { parent, name: 'visit' });
    const truth = join(parent, 'ground_truth.json');
    writeTruth(truth, recording);
    const { receipts } = JSON.parse(readFileSync(truth, 'utf8')) as { receipts: unknown[] };
    writeFileSync(truth, JSON.stringify({ receipts: [...receipts, { targetId: 'unseen', products: [] }] }));
    const told = await call('calibrate', path, '--knowledge', join(parent, 'shop.json'));
    expect(told.out).toContain('1 visit of the truth without a receipt');
  });

  test.each([
    ['no knowledge file', ['calibrate', 'x']],
    ['no recording', ['calibrate', '--knowledge', 'x']],
    ['the shoppers as judge', ['calibrate', 'x', '--knowledge', 'y', '--judge', 'shopper']],
  ])('%s is a wrong call', async (_, args) => {
    const told = await call(...args);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toContain('--help');
  });
});
