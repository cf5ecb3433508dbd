import fc from 'fast-check';
import { expect, test } from 'vitest';
import { poseFromRodrigues } from '../../domain/index.ts';
import { parseExportJson, timeMsOf } from './export-json.ts';
import { rotationVectorOf } from './write-geometry.ts';
import { isoTimeText, numberOrText, withoutZeros } from './written-json.ts';

test('a time written as ISO reads back as the same double', () => {
  expect(isoTimeText(1587531996955.074)).toBe('2020-04-22T05:06:36.955074Z');
  expect(isoTimeText(5)).toBe('1970-01-01T00:00:00.005Z');
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 8e15, noNaN: true }), (timeMs) => {
      // Years beyond 9999 have another form.
      if (timeMs < 2.5e14) expect(timeMsOf(isoTimeText(timeMs))).toBe(timeMs);
    }),
  );
});

test('times of every known form are read', () => {
  expect(timeMsOf({ seconds: '1575408790', nanos: 500_000_000 })).toBe(1575408790500);
  expect(timeMsOf('2020-04-22T07:06:36.5+02:00')).toBe(Date.parse('2020-04-22T05:06:36.5Z'));
  expect(timeMsOf({ $date: { $numberLong: '1587531996955' } })).toBe(1587531996955);
  for (const none of [undefined, null, 'yesterday', 5, {}, []]) expect(timeMsOf(none)).toBeNaN();
});

test('long integers stay exact and nothing else changes', () => {
  const text =
    '{"a":9223372036854775807,"b":-9223372036854775808,"c":1.587531996955074E+09,"d":"12345678901234567890"}';
  expect(parseExportJson(text)).toEqual({
    a: '9223372036854775807',
    b: '-9223372036854775808',
    c: 1587531996.955074,
    d: '12345678901234567890',
  });
  expect(parseExportJson('{"a":1')).toBeUndefined();
});

test('zeros are omitted, lists keep theirs', () => {
  expect(withoutZeros({ a: 0, b: { c: 0 }, d: [0, 1], e: false, f: 'x' })).toEqual({
    b: {},
    d: [0, 1],
    f: 'x',
  });
  expect(['1', '01', '-0', '1e3', '9007199254740993', 'front'].map(numberOrText)).toEqual([
    1,
    '01',
    '-0',
    '1e3',
    '9007199254740993',
    'front',
  ]);
});

test('a rotation vector gives the rotation it was taken from, half turns included', () => {
  const axis = fc.double({ min: -1, max: 1, noNaN: true });
  const angle = fc.oneof(
    fc.double({ min: 0, max: Math.PI, noNaN: true }),
    fc.constantFrom(0, 1e-9, Math.PI - 1e-8, Math.PI),
  );
  fc.assert(
    fc.property(fc.tuple(axis, axis, axis), angle, ([x, y, z], turn) => {
      const length = Math.hypot(x, y, z);
      fc.pre(length > 1e-3);
      const scale = turn / length;
      const origin = { x: 0, y: 0, z: 0 };
      const pose = poseFromRodrigues(origin, { x: x * scale, y: y * scale, z: z * scale });
      const again = poseFromRodrigues(origin, rotationVectorOf(pose));
      again.rotation.forEach((value, at) => expect(value).toBeCloseTo(pose.rotation[at]!, 6));
    }),
  );
});
