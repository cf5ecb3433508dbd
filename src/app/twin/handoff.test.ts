import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { handedOn, Handoff } from './handoff.ts';

async function* counting(to: number): AsyncGenerator<number> {
  for (let number = 0; number < to; number++) yield number;
}

async function gathered<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('both loops get every item in order, and the giver is never more than one ahead', async () => {
  const handoff = new Handoff<number>();
  let givenCount = 0;
  const giving = (async () => {
    for await (const item of handedOn(counting(50), handoff)) givenCount = item + 1;
    handoff.end();
  })();
  const taken: number[] = [];
  for await (const item of handoff) {
    taken.push(item);
    for (let turn = 0; turn < item % 3; turn++) await nextTurn();
    expect(givenCount).toBeLessThanOrEqual(taken.length + 1);
  }
  await giving;
  expect(taken).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(givenCount).toBe(50);
});

test('the giver goes on alone once nobody takes any more', async () => {
  const handoff = new Handoff<number>();
  const giving = gathered(handedOn(counting(20), handoff));
  for await (const item of handoff) if (item === 4) break;
  handoff.refuse();
  expect(await giving).toHaveLength(20);
});

test('an end without items ends the taker', async () => {
  const handoff = new Handoff<number>();
  const taking = gathered(handoff);
  handoff.end();
  expect(await taking).toEqual([]);
});
