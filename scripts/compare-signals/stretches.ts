/** The recorded stretch, and the same moment acted out by the twin on the same layout. */
import { existsSync } from 'node:fs';
import { openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { present } from '../../src/base/index.ts';
import { plateId, shelfId, fixtureId } from '../../src/domain/index.ts';
import type { Fixture, StoreLayout } from '../../src/domain/index.ts';
import type { Recording } from '../../src/engine/index.ts';
import { createPlateSensors, disturb, readPlates } from '../../src/twin/index.ts';
import type { FixtureSignal, Stretch } from './signal.ts';

const RECORDED = {
  directory: '../shared/data/aifi/benchmark-1',
  storeDirectory: '../shared/data/aifi/store',
};

/** The one thing that happens in the recording: 621.67 g are taken from fixture 1, shelf 5, plate 11. */
const PICK_SHELF = shelfId(fixtureId('1'), 5);
const PICK = { fixtureId: '1', shelfId: String(PICK_SHELF), plateNumber: 11 };
const PICK_PLATE = plateId(PICK_SHELF, 11);
const PICK_GRAMS = -621.67;
/** Seen in the recording: the hand swells from sample 735 on and lets go at 751, at 60 Hz. */
const RECORDED_PICK_SAMPLE = 750;
const PICK_TRUE_MS = 12_500;
const HAND = { touchesTrueMs: 12_250, leavesTrueMs: 12_650, forceGrams: 50 };
const STRETCH_MS = 17_200;

type Batches = ReadonlyMap<string, readonly Float32Array[]>;

function signalOf(fixture: Fixture, batches: readonly Float32Array[]): FixtureSignal {
  const width = fixture.plates.length;
  const rows = batches.reduce((sum, batch) => sum + batch.length / width, 0);
  const plates = fixture.shelves.flatMap((shelf) =>
    shelf.plates.map((plate) => {
      const grams = new Float64Array(rows);
      let row = 0;
      for (const batch of batches)
        for (let at = plate.columnIndex; at < batch.length; at += width) grams[row++] = batch[at]!;
      return {
        plateId: String(plate.plateId),
        shelfId: String(shelf.shelfId),
        plateNumber: plate.plateNumber,
        grams,
      };
    }),
  );
  return {
    fixtureId: fixture.fixtureId,
    rateHz: 60,
    plates: plates.filter((plate) => plate.grams.every((grams) => Number.isFinite(grams))),
  };
}

function fixturesOf(layout: StoreLayout, batches: Batches): FixtureSignal[] {
  return layout.fixtures.flatMap((fixture) => {
    const own = batches.get(fixture.fixtureId);
    return own ? [signalOf(fixture, own)] : [];
  });
}

function keep(batches: Map<string, Float32Array[]>, id: string, samplesGrams: Float32Array): void {
  const own = batches.get(id);
  if (own) own.push(samplesGrams);
  else batches.set(id, [samplesGrams]);
}

/** The recording, where this machine has it. */
export async function openRecorded(): Promise<Recording | null> {
  if (!existsSync(RECORDED.directory)) return null;
  const opened = await openAifiRecording(RECORDED);
  return opened.ok ? opened.value : null;
}

export async function recordedStretch(recording: Recording): Promise<Stretch> {
  const batches = new Map<string, Float32Array[]>();
  for await (const observation of recording.observations(() => {}))
    if (observation.kind === 'plates') keep(batches, observation.fixtureId, observation.samplesGrams);
  const fixtures = fixturesOf(recording.store.layout, batches);
  return { fixtures, pick: { ...PICK, atSample: RECORDED_PICK_SAMPLE } };
}

/** The same moment in the twin: the same store, the same product from the same plate, the plates of `seed`. */
export function simulatedStretch(layout: StoreLayout, seed: number): Stretch {
  const sensors = createPlateSensors({ layout, seed });
  const { plateIndex } = present(layout.plateById.get(PICK_PLATE), 'PICK_PLATE_MISSING');
  disturb(sensors, {
    kind: 'transfer',
    atTrueMs: PICK_TRUE_MS,
    shares: [{ plateIndex, grams: PICK_GRAMS }],
    hand: HAND,
  });
  const batches = new Map<string, Float32Array[]>();
  let firstMs = 0;
  readPlates(sensors, STRETCH_MS, (reading) => {
    const isFirst = reading.fixtureId === PICK.fixtureId && !batches.has(reading.fixtureId);
    if (isFirst) firstMs = reading.trueMs - ((reading.sampleCount - 1) * 1000) / reading.rateHz;
    keep(batches, reading.fixtureId, reading.samplesGrams);
  });
  const atSample = Math.ceil(((PICK_TRUE_MS - firstMs) * 60) / 1000);
  return { fixtures: fixturesOf(layout, batches), pick: { ...PICK, atSample } };
}
