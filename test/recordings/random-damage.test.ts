/** Whatever bytes a file has, reading it ends: with observations, problems or a refusal, and never with an exception. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AIFI_PROBLEM_CODES, openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { DOMAIN_PROBLEM_CODES } from '../../src/domain/index.ts';
import {
  CATALOGUE,
  GEOMETRY,
  lines,
  plateDocument,
  readAll,
  targetDocument,
  temporaryDirectory,
} from './aifi-directory.ts';
import { readMcap, smallFile } from './small-recording.ts';

/** Bytes to overwrite, by their place as a share of the file, and where the file ends. */
const damages = fc.record({
  flips: fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 0, max: 255 })),
    {
      maxLength: 8,
    },
  ),
  kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

type Damage = typeof damages extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(bytes: Uint8Array, { flips, kept }: Damage): Uint8Array {
  const copy = bytes.slice(0, Math.ceil(bytes.length * kept));
  for (const [share, byte] of flips) if (copy.length > 0) copy[Math.floor(share * copy.length)] = byte;
  return copy;
}

test('a damaged MCAP file', async () => {
  const { path, observations } = await smallFile(200);
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      writeFileSync(path, damaged(whole, damage));
      const read = await readMcap(path);
      expect(read.observations.length).toBeLessThanOrEqual(observations.length);
      const isTold = read.refusal !== null || read.problems.length > 0;
      // Damage to what is derived or repeated may pass unseen, but then nothing is missing.
      if (!isTold) expect(read.observations).toEqual(observations);
    }),
    { numRuns: 300 },
  );
});

const KNOWN_CODES = new Set(Object.keys({ ...AIFI_PROBLEM_CODES, ...DOMAIN_PROBLEM_CODES }));

/** Reads what is there; every problem must be one that the reference lists. */
async function readWhatIsThere(directory: string): Promise<void> {
  const opened = await openAifiRecording({ directory });
  const { observations, problems } = opened.ok
    ? await readAll(opened.value)
    : { observations: [], problems: [opened.problem] };
  const store = opened.ok ? opened.value.problems : [];
  expect([...store, ...problems].filter(({ code }) => !KNOWN_CODES.has(code))).toEqual([]);
  expect(observations.length).toBeLessThanOrEqual(5);
}

const person = {
  target_id: { id: '3325379692103139202' },
  head: { point: { x: 100, y: -20, z: 70 }, score: 0.9 },
  hands: [{ point: { x: 90 }, score: 0.5 }],
};
const files = {
  ...GEOMETRY,
  ...CATALOGUE,
  'plate_data.json': lines(plateDocument(0), plateDocument(200), plateDocument(400)),
  'full_targets.json': lines(targetDocument(0, [person]), targetDocument(100)),
};

test.each(Object.keys(files))("AiFi's documents with a damaged %s", async (name) => {
  const directory = temporaryDirectory();
  for (const [other, content] of Object.entries(files)) writeFileSync(join(directory, other), content);
  const whole = readFileSync(join(directory, name));
  const reading = fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      writeFileSync(join(directory, name), damaged(whole, damage));
      await readWhatIsThere(directory);
    }),
    { numRuns: 200 },
  );
  await expect(reading).resolves.toBeUndefined();
});

/** JSON values where others belong find what bytes do not. */
test("AiFi's documents with other values in them", async () => {
  const directory = temporaryDirectory();
  for (const [other, content] of Object.entries(files)) writeFileSync(join(directory, other), content);
  const names = fc.constantFrom(...Object.keys(files));
  const replacements = fc.array(fc.tuple(fc.nat(), fc.jsonValue()), { minLength: 1, maxLength: 4 });
  const reading = fc.assert(
    fc.asyncProperty(names, replacements, async (name, places) => {
      const bent = files[name as keyof typeof files]
        .toString()
        .split('\n')
        .map((line) => bentLine(line, places));
      writeFileSync(join(directory, name), bent.join('\n'));
      await readWhatIsThere(directory);
      writeFileSync(join(directory, name), files[name as keyof typeof files]);
    }),
    { numRuns: 500 },
  );
  await expect(reading).resolves.toBeUndefined();
});

/** Puts the values at the places, counted through all values of the document. */
function bentLine(line: string, places: readonly (readonly [number, unknown])[]): string {
  let count = 0;
  const total = line.split(/[:,[]/).length;
  const replaced = JSON.parse(line, (_key, value: unknown) => {
    const position = count++;
    const place = places.find(([at]) => at % total === position);
    return place ? place[1] : value;
  }) as unknown;
  return JSON.stringify(replaced) ?? '';
}
