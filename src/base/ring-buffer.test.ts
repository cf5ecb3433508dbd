import { array, assert as holds, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { RingBuffer } from './ring-buffer.ts';

test('holds the last items, oldest first, and counts what it dropped', () => {
  holds(
    property(integer({ min: 1, max: 9 }), array(integer(), { maxLength: 40 }), (capacity, items) => {
      const ring = new RingBuffer<number>(capacity);
      const model: number[] = [];
      for (const item of items) {
        ring.push(item);
        model.push(item);
        const kept = model.slice(-capacity);
        expect([...ring]).toEqual(kept);
        expect(ring.size).toBe(kept.length);
        expect(ring.newest()).toBe(item);
        expect(ring.at(0)).toBe(kept[0]);
        expect(ring.at(kept.length - 1)).toBe(item);
        expect(ring.droppedCount).toBe(model.length - kept.length);
      }
    }),
  );
});

test('has nothing outside its items', () => {
  const ring = new RingBuffer<string>(3);
  expect(ring.newest()).toBeUndefined();
  ring.push('a');
  expect([ring.at(-1), ring.at(1), ring.at(3), ring.at(0.5)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a capacity of %s', (capacity) => {
  expect(() => new RingBuffer(capacity)).toThrow('RING_CAPACITY');
});
