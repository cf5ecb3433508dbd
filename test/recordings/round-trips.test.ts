/** What is written comes back: MCAP to the last bit, AiFi's documents as far as that format goes. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAifiRecording, writeAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { openMcapRecording, writeMcapRecording } from '../../src/adapters/recordings-mcap/index.ts';
import type { DataProblem, Observation, StoreModel } from '../../src/domain/index.ts';
import { distanceM } from '../../src/domain/index.ts';
import type { Recording } from '../../src/engine/index.ts';
import { readAll, temporaryDirectory } from './aifi-directory.ts';
import { arbitraryRecording } from './arbitrary-recordings.ts';
import type { ArbitraryRecording } from './arbitrary-recordings.ts';
import { isRealDataAbsent, REAL_RECORDING, REAL_STORE, REASON_DATA_ABSENT } from './shared-data.ts';

interface Source {
  readonly store: StoreModel;
  observations(report: (problem: DataProblem) => void): AsyncIterable<Observation> | Iterable<Observation>;
}

const unexpected = (problem: DataProblem): never => {
  throw new Error(JSON.stringify(problem));
};

async function throughMcap(recording: Source, directory: string): Promise<Recording> {
  const path = join(directory, 'a.mcap');
  const written = await writeMcapRecording({ path, recording, report: unexpected });
  const opened = await openMcapRecording({ path });
  if (!written.ok || !opened.ok) throw new Error(JSON.stringify([written, opened.ok || opened.problem]));
  return opened.value;
}

async function throughAifi(
  recording: Source,
  directory: string,
  report: (problem: DataProblem) => void = unexpected,
): Promise<Recording> {
  const written = await writeAifiRecording({ directory, recording, report });
  const opened = await openAifiRecording({ directory });
  if (!written.ok || !opened.ok) throw new Error(JSON.stringify([written, opened.ok || opened.problem]));
  return opened.value;
}

/** Samples as their bits, because NaN equals NaN whatever its payload. */
function bitsOf(observation: Observation): unknown {
  if (observation.kind !== 'plates') return observation;
  const { samplesGrams } = observation;
  return { ...observation, samplesGrams: [...new Uint32Array(samplesGrams.slice().buffer)] };
}

test('MCAP gives back every bit of any observation and any store', async () => {
  const directory = temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(arbitraryRecording, async ({ store, observations }) => {
      const recording = await throughMcap({ store, observations: () => observations }, directory);
      const { observations: readBack, problems } = await readAll(recording);
      expect([...problems, ...recording.problems]).toEqual([]);
      // Node's own comparison: it tells −0 from 0.
      expect(isDeepStrictEqual(readBack.map(bitsOf), observations.map(bitsOf))).toBe(true);
      expect(isDeepStrictEqual(recording.store, store)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

/** Equal but for coordinates, which may differ by a nanometre. */
function expectAlmostSame(pair: {
  readonly actual: readonly Observation[];
  readonly expected: readonly Observation[];
}) {
  const { actual, expected } = pair;
  expect(actual.length).toBe(expected.length);
  for (const [position, seen] of actual.entries()) {
    const meant = expected[position]!;
    if (seen.kind !== 'tracks' || meant.kind !== 'tracks') {
      expect(bitsOf(seen)).toEqual(bitsOf(meant));
      continue;
    }
    expect({ ...seen, people: seen.people.length }).toEqual({ ...meant, people: meant.people.length });
    for (const [index, person] of seen.people.entries()) {
      const same = meant.people[index]!;
      expect([person.trackId, person.hasEntered]).toEqual([same.trackId, same.hasEntered]);
      expect(Object.keys(person.parts).toSorted()).toEqual(Object.keys(same.parts).toSorted());
      for (const [part, point] of Object.entries(person.parts)) {
        const there = same.parts[part as keyof typeof same.parts]!;
        expect(distanceM(point, there)).toBeLessThan(1e-9);
        expect(point.confidence).toBe(there.confidence);
      }
    }
  }
}

/** What has no document must be told of, once a kind, with its number. */
function expectToldOnce(told: readonly DataProblem[], recording: ArbitraryRecording): void {
  const kinds = Map.groupBy(recording.observations, (observation) => observation.kind);
  const counts = (['gate', 'tags', 'cart', 'health'] as const).map((kind) => kinds.get(kind)?.length ?? 0);
  const expected = [recording.store.gates.length, ...counts].filter((count) => count > 0);
  expect(told.map(({ code }) => code)).toEqual(expected.map(() => 'AIFI_NOT_WRITABLE'));
  const numbers = told.map(({ what }) => Number(/; (\d+) not written/.exec(what)?.[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
}

test("AiFi's documents give back every sample, and every point to a nanometre", async () => {
  const directory = temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(arbitraryRecording, async (arbitrary) => {
      const { store, observations } = arbitrary;
      const told: DataProblem[] = [];
      const source = { store, observations: () => observations };
      const recording = await throughAifi(source, directory, (problem) => told.push(problem));
      expectToldOnce(told, arbitrary);
      const { observations: readBack, problems } = await readAll(recording);
      expect([...problems, ...recording.problems]).toEqual([]);
      expect(recording.store.gates).toEqual([]);
      const documented = observations.filter(({ kind }) => kind === 'plates' || kind === 'tracks');
      expectAlmostSame({ actual: readBack, expected: documented });
      expect(recording.store.layout.storeId).toBe(store.layout.storeId);
      expect(recording.store.catalogue).toEqual(store.catalogue);
      expect(recording.store.planogram.facings).toEqual(store.planogram.facings);
      for (const plate of store.layout.plates) {
        const there = recording.store.layout.plateById.get(plate.plateId)!;
        const corner = (box: typeof plate.reach) => box.storeFromBox.translation;
        expect(distanceM(corner(there.reach), corner(plate.reach))).toBeLessThan(1e-6);
        expect(there.columnIndex).toBe(plate.columnIndex);
        there.reach.storeFromBox.rotation.forEach((value, at) =>
          expect(value).toBeCloseTo(plate.reach.storeFromBox.rotation[at]!, 6),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('the real recording survives AiFi → MCAP → AiFi → MCAP to the bit', async ({ skip }) => {
  skip(isRealDataAbsent, REASON_DATA_ABSENT);
  const opened = await openAifiRecording({ directory: REAL_RECORDING, storeDirectory: REAL_STORE });
  if (!opened.ok) throw new Error(opened.problem.what);
  const first = await throughMcap(opened.value, temporaryDirectory());
  const second = await throughMcap(await throughAifi(first, temporaryDirectory()), temporaryDirectory());
  const [original, once, twice] = await Promise.all([opened.value, first, second].map(readAll));
  expect(isDeepStrictEqual(once?.observations.map(bitsOf), original?.observations.map(bitsOf))).toBe(true);
  expect(isDeepStrictEqual(twice?.observations.map(bitsOf), original?.observations.map(bitsOf))).toBe(true);
  expect(isDeepStrictEqual(first.store, opened.value.store)).toBe(true);
  expect(second.store.catalogue).toEqual(opened.value.store.catalogue);
});
