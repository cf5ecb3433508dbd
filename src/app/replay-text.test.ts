import { describe, expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import { buildCatalogue, money, productId, questionId, trackId, visitId } from '../domain/index.ts';
import type { Receipt, ReceiptLine } from '../domain/index.ts';
import { receiptText } from './replay-text.ts';

const TEA = productId('4001');
const LONG = 'Sandwich biscuits with a filling of vanilla and a name that goes on';

const { catalogue } = buildCatalogue([
  {
    code: TEA,
    name: LONG,
    weightGrams: 100,
    price: money(129, 'EUR'),
    imageUrl: null,
    where: 'test',
  },
]);

const line: ReceiptLine = {
  productId: TEA,
  name: LONG,
  quantity: 3,
  probability: 0.8,
  status: 'being-checked',
  alternatives: [{ quantity: 2, probability: 0.2 }],
  unitPrice: money(129, 'EUR'),
  amount: money(387, 'EUR'),
};

const told: Receipt = {
  visitId: visitId('visit-1'),
  trackIds: [trackId('7')],
  revision: 1,
  enteredAtMs: epochMs(1000),
  leftAtMs: epochMs(61_000),
  lines: [line],
  unlikely: [],
  total: money(387, 'EUR'),
  probabilityAllRight: 0.8,
  decision: 'charge',
  question: null,
  charge: { items: [{ productId: TEA, quantity: 3 }], total: money(387, 'EUR'), waived: money(0, 'EUR') },
  isAudited: false,
  uncalibrated: { probabilityAllRight: 0.8, lines: [0.8] },
};

const oneLess = { items: [{ productId: TEA, quantity: 2 }], total: money(258, 'EUR') };

function textOf(receipt: Receipt): string {
  const lines = receiptText(receipt, catalogue);
  for (const each of lines) expect([...each]).toHaveLength(lines[0]!.length);
  expect(lines[0]!.length).toBeLessThanOrEqual(80);
  return lines.join('\n').replaceAll(/[│\s]+/g, ' ');
}

describe('a receipt in the terminal', () => {
  test('that is charged as told says nothing of questions or of what is left out', () => {
    const text = textOf(told);
    expect(text).toContain('Total, catalogue prices EUR 3.87');
    expect(text).toContain('charge it');
    expect(text).not.toMatch(/Charged|Not charged|\?|by chance/);
  });

  test('that asks has the question and its answers, with the name of the catalogue', () => {
    const answer = (quantity: number) => ({
      answerId: `${quantity}`,
      claims: [{ productId: TEA, quantityMin: quantity, quantityMax: quantity }],
    });
    const text = textOf({
      ...told,
      decision: 'ask',
      charge: { ...oneLess, waived: money(0, 'EUR') },
      question: {
        questionId: questionId('q1'),
        visitId: told.visitId,
        kind: 'how-many',
        productIds: [TEA],
        answers: [answer(2), answer(3), { answerId: 'else', claims: null }],
        expectedGainMinor: 100,
      },
    });
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`Did you take two or three of ${LONG}?`);
    expect(text).toMatch(/- Two\s+- Three\s+- Another number/);
    expect(text).toContain('Charged without an answer EUR 2.58');
  });

  test('that is settled in favour of who shopped names what is not charged, and the sum that is', () => {
    const text = textOf({
      ...told,
      decision: 'waive',
      charge: { ...oneLess, waived: money(129, 'EUR') },
      isAudited: true,
    });
    expect(text).toMatch(
      /Not charged, in your favour:\s+1 × Sandwich biscuits .*… EUR -1\.29\s+Charged EUR 2\.58/,
    );
    expect(text).toContain('not sure enough to charge');
    expect(text).toContain('by chance');
  });

  test('with nothing to leave out says so', () => {
    expect(textOf({ ...told, decision: 'waive' })).toContain('nothing to leave out');
  });
});
