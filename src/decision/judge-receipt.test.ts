import { describe, expect, test } from 'vitest';
import { productId, visitId } from '../domain/index.ts';
import type { ItemCount, ReceiptLine } from '../domain/index.ts';
import { judgeReceipt } from './judge-receipt.ts';

const item = (code: string, quantity: number): ItemCount => ({ productId: productId(code), quantity });

const line = (code: string, quantity: number): ReceiptLine => ({
  ...item(code, quantity),
  name: code,
  probability: 0.6,
  status: 'sure',
  alternatives: [],
  unitPrice: null,
  amount: null,
});

const RECEIPT = {
  visitId: visitId('monday/visit-7'),
  lines: [line('tea', 2), line('jam', 1)],
  uncalibrated: { probabilityAllRight: 0.9, lines: [0.97, 0.95] },
};

const judged = (...held: readonly ItemCount[]) => judgeReceipt(RECEIPT, held, 'audit');

describe('a receipt beside the truth', () => {
  test('is right where every line is, whatever the order and the parts', () => {
    expect(judged(item('jam', 1), item('tea', 1), item('tea', 1))).toEqual({
      visitId: 'monday/visit-7',
      judgedBy: 'audit',
      probabilityAllRight: 0.9,
      isAllRight: true,
      isOvercharged: false,
      lines: [
        { probability: 0.97, isRight: true },
        { probability: 0.95, isRight: true },
      ],
    });
  });

  test.each([
    { what: 'a unit too many', held: [item('tea', 1), item('jam', 1)], isOver: true, right: [false, true] },
    { what: 'a unit too few', held: [item('tea', 3), item('jam', 1)], isOver: false, right: [false, true] },
    {
      what: 'a product that is missing',
      held: [item('tea', 2), item('jam', 1), item('ham', 1)],
      isOver: false,
      right: [true, true],
    },
    {
      what: 'another product: too much and too little',
      held: [item('tea', 2), item('ham', 1)],
      isOver: true,
      right: [true, false],
    },
    { what: 'nothing was held', held: [], isOver: true, right: [false, false] },
  ])('$what', ({ held, isOver, right }) => {
    const verdict = judged(...held);
    expect(verdict).toMatchObject({ isAllRight: false, isOvercharged: isOver });
    expect(verdict.lines.map(({ isRight }) => isRight)).toEqual(right);
  });
});
