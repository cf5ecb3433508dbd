import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactExp, exactSineCosine } from './exact-math.ts';

test('exp agrees with the engine to the last digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exactExp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
    }),
  );
  expect([exactExp(0), exactExp(-800), exactExp(800)]).toEqual([1, 0, Infinity]);
  expect(exactExp(NaN)).toBeNaN();
});

test('sine and cosine agree with the engine, in every quadrant', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (x) => {
      const { sine, cosine } = exactSineCosine(x);
      expect(Math.abs(sine - Math.sin(x))).toBeLessThan(2e-15);
      expect(Math.abs(cosine - Math.cos(x))).toBeLessThan(2e-15);
    }),
  );
  expect(exactSineCosine(0)).toEqual({ sine: 0, cosine: 1 });
  expect(exactSineCosine(1e6).sine).toBeNaN();
});
