import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
import { exactJsonText } from './json-text.ts';
import type { JsonValue } from './json-text.ts';

describe('exact JSON', () => {
  test('reads back as it was, −0 and lone surrogates included', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.double({ noNaN: true, noDefaultInfinity: true }), (value, number) => {
        const document = { value: value as JsonValue, number, text: '\ud800 ü' };
        expect(JSON.parse(exactJsonText(document))).toStrictEqual(document);
      }),
    );
    expect(JSON.parse(exactJsonText([-0]))).toStrictEqual([-0]);
  });

  test('leaves out what is undefined, and stops at numbers JSON does not have', () => {
    expect(exactJsonText({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => exactJsonText(NaN)).toThrow('JSON_NUMBER_NOT_FINITE');
  });
});

describe('float32 as text', () => {
  test('takes the very number of samples, in any part of a buffer', () => {
    const samples = new Float32Array([1, -0, NaN, 1e-45, 5]).subarray(1);
    const text = base64FromFloat32(samples);
    expect(float32FromBase64(text, 4)).toEqual(samples);
    for (const wrong of [3, 5]) expect(float32FromBase64(text, wrong)).toBeNull();
    expect(float32FromBase64('*'.repeat(text.length), 4)).toBeNull();
    expect(float32FromBase64('', 0)).toEqual(new Float32Array());
  });
});
