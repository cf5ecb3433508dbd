import { expect, test } from 'vitest';
import { expandUpcE, suppressUpcA } from './upc-e.ts';
import type { UpcE } from './upc-e.ts';

function expanded(code: string): UpcE {
  const read = expandUpcE(code);
  if (!read.ok) throw new Error(read.problem.what);
  return read.value;
}

/** What expands to nothing but zeros in number system 0, which is refused. */
const ALL_ZEROS = new Set([0, 3, 4]);

/** The same six digits in number system 1: the sum is larger by 3, so the check digit smaller by 3. */
function inSystemOne({ upcE }: UpcE): string {
  return `1${upcE.slice(1, 7)}${(Number(upcE[7]) + 7) % 10}`;
}

/** True where the code comes back by `suppressUpcA`, or comes back as the usual form of the same UPC-A. */
function comesBack(code: UpcE): boolean {
  const back = suppressUpcA(code.upcA);
  if (!back.ok || (back.value.upcE === code.upcE) !== code.isUsualForm) return false;
  return code.isUsualForm || expanded(back.value.upcE).upcA === code.upcA;
}

test('every UPC-E code of both number systems comes back from the UPC-A code that it expands to', () => {
  let usual = 0;
  const lost: string[] = [];
  for (let six = 0; six < 1_000_000; six++) {
    if (ALL_ZEROS.has(six)) continue;
    const zero = expanded(String(six).padStart(6, '0'));
    const one = expanded(inSystemOne(zero));
    for (const code of [zero, one]) if (!comesBack(code)) lost.push(code.upcE);
    if (zero.isUsualForm) usual++;
  }
  expect(lost).toEqual([]);
  // 3 of 10 last digits leave the others free; a 3 excludes 3 of 10, a 4 and the rest exclude a 0.
  expect(usual).toBe(300_000 + 70_000 + 540_000 - 1);
});

test('a refusal says what the code expands to', () => {
  const read = expandUpcE('01234566');
  expect(read.ok ? '' : read.problem.what).toBe('"01234566" ends in 6, and 01234500006 gives 5');
});
