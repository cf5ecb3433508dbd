/** One observation as a document of AiFi's, zero values left out: the exact inverse of what the readers here do. */
import { METRES_PER_INCH, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type {
  BodyPart,
  Fixture,
  Observation,
  PlateBatch,
  StoreLayout,
  TrackedPoint,
  TrackFrame,
} from '../../domain/index.ts';
import { AIFI_ENTERED, AIFI_JOINT_NAMES } from './target-documents.ts';
import { isoTimeText, numberOrText, withoutZeros, YEAR_10000_MS } from './written-json.ts';

const MS_PER_S = 1000;
const QUIET_NAN_BITS = 0x7fc00000;
const NEIGHBOURS_TRIED = 3;

function documentOf(observation: Observation, body: Readonly<Record<string, unknown>>): unknown {
  const issued = isoTimeText(observation.observedAtMs);
  return withoutZeros({
    timestamp: observation.observedAtMs / MS_PER_S,
    date_time: { $date: isoTimeText(observation.receivedAtMs) },
    document: { header: { t_origin: issued, t_issue: issued }, ...body },
  });
}

/** The whole grid of a fixture: NaN wherever there is no plate. */
function gridOf(batch: PlateBatch, layout: StoreLayout, fixture: Fixture): unknown {
  const rowCount = Math.max(...fixture.shelves.map((shelf) => shelf.shelfNumber), 0) + 1;
  const columnCount = Math.max(...fixture.plates.map((plate) => plate.plateNumber), 0) + 1;
  const plateCount = fixture.plates.length;
  const { sampleCount, samplesGrams } = batch;
  const bits = new Uint32Array(samplesGrams.buffer, samplesGrams.byteOffset, samplesGrams.length);
  const grid = new Uint32Array(sampleCount * rowCount * columnCount).fill(QUIET_NAN_BITS);
  for (const plate of fixture.plates) {
    const offset = layout.shelves[plate.shelfIndex]!.shelfNumber * columnCount + plate.plateNumber;
    for (let sample = 0; sample < sampleCount; sample++) {
      grid[sample * rowCount * columnCount + offset] = bits[sample * plateCount + plate.columnIndex]!;
    }
  }
  const data = Buffer.from(grid.buffer).toString('base64');
  return { data, shape: [sampleCount, rowCount, columnCount], type: 'DATATYPE_FLOAT32' };
}

function plateDocument(batch: PlateBatch, layout: StoreLayout): Result<unknown, string> {
  const fixture = layout.fixtureById.get(batch.fixtureId);
  if (!fixture) return refused(`fixture ${batch.fixtureId} is not in the store`);
  const expected = batch.sampleCount * fixture.plates.length;
  if (batch.sampleCount < 1 || batch.samplesGrams.length !== expected)
    return refused(`the batch does not hold ${batch.sampleCount} × ${fixture.plates.length} samples`);
  if (!(batch.rateHz > 0 && Number.isFinite(batch.rateHz))) return refused(`the rate is ${batch.rateHz} Hz`);
  const plateData = {
    plate_id: { shelf_id: { gondola_id: { id: numberOrText(batch.fixtureId) } } },
    freq_samp: batch.rateHz,
    values: gridOf(batch, layout, fixture),
  };
  return ok(documentOf(batch, { plate_data: plateData }));
}

/** Inches that read back as exactly these metres, if there are any; else the nearest. */
function inchesFromM(metres: number): number {
  const nearest = metres / METRES_PER_INCH;
  for (let step = 0; step <= NEIGHBOURS_TRIED; step++) {
    for (const candidate of [nearest * (1 + step * Number.EPSILON), nearest * (1 - step * Number.EPSILON)]) {
      if (candidate * METRES_PER_INCH === metres) return candidate;
    }
  }
  return nearest;
}

function jointOf(point: TrackedPoint): unknown {
  const inches = { x: inchesFromM(point.x), y: inchesFromM(point.y), z: inchesFromM(point.z) };
  return { point: inches, score: point.confidence };
}

function targetDocument(frame: TrackFrame): Result<unknown, string> {
  const points = frame.people.flatMap((person) => Object.values(person.parts));
  if (!points.flatMap((at) => [at.x, at.y, at.z, at.confidence]).every(Number.isFinite))
    return refused('a joint has a coordinate or confidence that is not finite');
  const targets = frame.people.map((person) => {
    const joints = (Object.entries(person.parts) as [BodyPart, TrackedPoint][]).map(
      ([part, point]) => [AIFI_JOINT_NAMES[part], jointOf(point)] as const,
    );
    const hands = [person.parts.rightWrist, person.parts.leftWrist].filter((wrist) => wrist !== undefined);
    return {
      target_id: { id: person.trackId },
      ...(person.hasEntered ? { target_state: AIFI_ENTERED } : {}),
      hands: hands.map(jointOf),
      ...Object.fromEntries(joints),
    };
  });
  return ok(documentOf(frame, { targets: targets.length > 0 ? { targets } : {} }));
}

/** What this format has documents for. */
export type DocumentedObservation = PlateBatch | TrackFrame;

export function isDocumented(observation: Observation): observation is DocumentedObservation {
  return observation.kind === 'plates' || observation.kind === 'tracks';
}

/** The document of an observation, or why the format cannot hold it. */
export function writtenDocument(
  observation: DocumentedObservation,
  layout: StoreLayout,
): Result<unknown, string> {
  if (Math.max(observation.observedAtMs, observation.receivedAtMs) >= YEAR_10000_MS)
    return refused('it is dated after the year 9999');
  return observation.kind === 'plates' ? plateDocument(observation, layout) : targetDocument(observation);
}
