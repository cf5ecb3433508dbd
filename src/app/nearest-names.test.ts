import { expect, test } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const NAMES = ['plain', 'crowd-1', 'crowd-16', 'hand-over', 'fault-clocks', 'supermarket'];

test.each([
  ['plian', ['plain']],
  ['crowd-1', ['crowd-1', 'crowd-16']],
  ['Clocks', ['fault-clocks']],
  ['handover', ['hand-over']],
  ['zzz', []],
])('%s', (word, near) => expect(nearestNames(word, NAMES)).toEqual(near));
