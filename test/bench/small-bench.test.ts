/**
 * The benchmarks in small, so that they cannot rot and nobody makes sensing faster by changing what it finds. Nothing
 * here looks at how long anything took. What replay makes of the interactions is held by the tests of fusion and the
 * engine; here it must only be the same every time and whichever way the recording came.
 */
import { expect, test } from 'vitest';
import { runBench, SMALL } from '../../bench/bench-run.ts';
import { runDay } from '../../bench/day-run.ts';
import { runMcapHour } from '../../bench/day-mcap.ts';
import { openNoiseBank } from '../../bench/noise-bank.ts';

/** `node bench/run.ts --small`: what sensing and its baselines found. A change here is a change of meaning: say why. */
const SENSING_HASHES: readonly string[] = [
  '4efd973d1ff7',
  '4b227777d4dd',
  '5feceb66ffc8',
  'a5629a6122b3',
  '4b227777d4dd',
  '5feceb66ffc8',
  '01366e2d7605',
  'd4735e3a265e',
  '5feceb66ffc8',
  '3f5446036d74',
  '476c91046b80',
];

/** 200 visits more would be some 20 kB in the lists of what was put in and found. */
const HELD_BYTES_MAX = 1.5e6;

test('two runs find the same, and sensing what it always found', async () => {
  const first = await runBench(SMALL);
  const second = await runBench(SMALL);
  const hashes = first.rows.map((row) => row.hash);
  expect(second.rows.map((row) => row.hash)).toEqual(hashes);
  const replays = first.rows.filter((row) => row.name.startsWith('replay')).map((row) => row.hash);
  expect(replays.length).toBe(2);
  expect(new Set(replays).size).toBe(1);
  const sensing = first.rows.filter((row) => !row.name.startsWith('replay')).map((row) => row.hash);
  expect(sensing).toEqual(SENSING_HASHES);
});

test('six minutes of a day: every pick found, nothing else, and no memory kept', async () => {
  const bank = await openNoiseBank(true);
  const day = runDay({ bank, hours: 0.1, lookEveryMs: 60_000, visitEveryMs: 60_000, seed: 1 });
  expect(day.plateSamples).toBeGreaterThan(6e6);
  expect(day.picks).toBeGreaterThan(3);
  expect(day.missed).toEqual([]);
  expect(day.strays).toBe(0);
  expect(day.growthBytes).toBeLessThan(HELD_BYTES_MAX);
});

test('a minute through an MCAP file finds the same', async () => {
  const bank = await openNoiseBank(true);
  const mcap = await runMcapHour({ bank, minutes: 1, visitEveryMs: 60_000, seed: 1 });
  expect(mcap.isSame).toBe(true);
  expect(mcap.fileBytes).toBeGreaterThan(1e5);
});
