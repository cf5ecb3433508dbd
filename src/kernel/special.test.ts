import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logAddExp, logGamma, logNormal, logSumExp, regularizedBeta } from './special.ts';

/** python3 -c "import math; print([(x, math.lgamma(x)) for x in (0.001,0.1,0.5,1,1.5,2,3.7,10,20.5,21,100,1e4,1e8)])" */
const LOG_GAMMA: readonly (readonly [number, number])[] = [
  [0.001, 6.907178885383854],
  [0.1, 2.2527126517342055],
  [0.5, 0.5723649429247004],
  [1, 0.0],
  [1.5, -0.12078223763524543],
  [2, 0.0],
  [3.7, 1.4280723266653883],
  [10, 12.801827480081467],
  [20.5, 40.8315009745308],
  [21, 42.335616460753485],
  [100, 359.1342053695754],
  [10000.0, 82099.71749644238],
  [100000000.0, 1742068066.1038349],
];

const finite = fc.double({ min: -700, max: 700, noNaN: true });
const logProbs = fc.array(fc.oneof(finite, fc.constant(-Infinity)), { maxLength: 20 });

test('logGamma: golden values', () => {
  for (const [x, value] of LOG_GAMMA) {
    const allowed = 1e-13 * Math.max(1, Math.abs(value));
    expect(Math.abs(logGamma(x) - value), `x = ${x}`).toBeLessThan(allowed);
  }
});

test('logGamma: Γ(x + 1) = x Γ(x), and factorials', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
      const gap = logGamma(x + 1) - (Math.log(x) + logGamma(x));
      expect(Math.abs(gap)).toBeLessThan(1e-12 * Math.max(1, Math.abs(logGamma(x + 1))));
    }),
  );
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    factorial *= n;
    expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 11);
  }
});

test('logNormal is the density: it integrates to 1 and peaks at the mean', () => {
  let area = 0;
  for (let x = -40; x < 60; x += 0.01) area += 0.01 * Math.exp(logNormal(x, 10, 25));
  expect(area).toBeCloseTo(1, 9);
  expect(logNormal(10, 10, 25)).toBeGreaterThan(logNormal(10.1, 10, 25));
  expect(logNormal(7, 10, 25)).toBe(logNormal(13, 10, 25));
});

test('logAddExp is logSumExp of two', () => {
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      expect(logAddExp(a, b)).toBeCloseTo(logSumExp([a, b], 2), 10);
      expect(logAddExp(a, b)).toBe(logAddExp(b, a));
      expect(logAddExp(a, -Infinity)).toBe(a);
    }),
  );
  expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
});

test('logSumExp: a common factor, the order and impossible terms change nothing', () => {
  fc.assert(
    fc.property(logProbs, finite, (values, shift) => {
      const sum = logSumExp(values, values.length);
      const shifted = logSumExp(
        values.map((value) => value + shift),
        values.length,
      );
      const reversed = logSumExp(values.toReversed(), values.length);
      const padded = logSumExp([-Infinity, ...values], values.length + 1);
      expect(padded).toBe(sum);
      if (sum === -Infinity) expect([shifted, reversed]).toEqual([sum, sum]);
      else {
        expect(shifted - shift).toBeCloseTo(sum, 9);
        expect(reversed).toBeCloseTo(sum, 10);
        expect(sum).toBeGreaterThanOrEqual(Math.max(...values));
        expect(sum).toBeLessThanOrEqual(Math.max(...values) + Math.log(values.length) + 1e-12);
      }
    }),
  );
});

test('logSumExp looks at `count` values only, and does not overflow', () => {
  expect(logSumExp([0, 0, 1e6], 2)).toBeCloseTo(Math.log(2), 14);
  expect(logSumExp([1e6, 1e6], 2)).toBeCloseTo(1e6 + Math.log(2), 6);
  expect(logSumExp([], 0)).toBe(-Infinity);
});

/** python3 -c "from mpmath import betainc; print(float(betainc(a, b, 0, x, regularized=True)))" for a, b, x */
const REGULARIZED_BETA: readonly (readonly [number, number, number, number])[] = [
  [0.5, 0.5, 0.1, 0.20483276469913345],
  [1, 1, 0.3, 0.3],
  [2, 3, 0.4, 0.5248],
  [5, 0.5, 0.9, 0.3166429150200123],
  [10, 10, 0.5, 0.5],
  [0.01, 5, 0.001, 0.9527958800070773],
  [50, 1000, 0.03, 0.0011708963269499504],
  [460, 1, 0.995, 0.09968209181797463],
  [20000, 3, 0.9999, 0.6766222795886591],
  [3, 20000, 0.0001, 0.3233777204114006],
];

test('regularizedBeta: golden values', () => {
  for (const [a, b, x, value] of REGULARIZED_BETA)
    expect(Math.abs(regularizedBeta(a, b, x) / value - 1), `${a}, ${b}, ${x}`).toBeLessThan(1e-9);
});

test('regularizedBeta: a distribution function, and its mirror image', () => {
  const shape = fc.double({ min: 0.01, max: 1000, noNaN: true });
  // Of these, 1 − x loses no digits.
  const share = fc.integer({ min: 0, max: 4096 }).map((n) => n / 4096);
  fc.assert(
    fc.property(shape, shape, share, share, (a, b, x, y) => {
      expect(regularizedBeta(a, b, Math.min(x, y))).toBeLessThanOrEqual(
        regularizedBeta(a, b, Math.max(x, y)) + 1e-9,
      );
      expect(regularizedBeta(a, b, x) + regularizedBeta(b, a, 1 - x)).toBeCloseTo(1, 8);
    }),
  );
  expect([regularizedBeta(2, 3, 0), regularizedBeta(2, 3, 1)]).toEqual([0, 1]);
});
