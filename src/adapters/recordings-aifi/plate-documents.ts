/**
 * One message of a fixture's load cells: `values.data` is base64 of little-endian float32 in the declared shape
 * `(samples, shelves + 1, plates + 1)`. Indices count from 1, so row and column 0 hold nothing. Columns that are not
 * plates of the layout may be NaN, constant or copies of others and are ignored; plates of the layout that the shape
 * does not reach (a fixture may send fewer rows than it has shelves) read NaN.
 *
 * Bits are moved as integers, because a NaN read and written as a number may change its payload. The host must be
 * little-endian, as every machine that runs Node in a shop is.
 */
import { sourceId } from '../../domain/index.ts';
import type { DataProblem, Fixture, PlateBatch, StoreLayout } from '../../domain/index.ts';
import { documentTimes, timeMissing } from './document-times.ts';
import type { DocumentTimes } from './document-times.ts';
import { fieldAt, idTextOf, listAt, numberOf } from './export-json.ts';

export type PlateDraft = Omit<PlateBatch, 'sequence' | 'receivedAtMs'> & Pick<DocumentTimes, 'storedAtMs'>;

interface Shape {
  readonly sampleCount: number;
  readonly rowCount: number;
  readonly columnCount: number;
}

const FLOAT32 = 'DATATYPE_FLOAT32';
const BYTES_PER_SAMPLE = 4;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** What the format's sensors run at; used where a document states no rate. */
const RATE_HZ_USUAL = 60;
const REMEDY = 'Export the plate documents again; this one is left out.';
const QUIET_NAN_BITS = 0x7fc00000;

function problem(code: string, where: string, what: string): DataProblem {
  return { code, where, what, remedy: REMEDY };
}

function shapeOf(values: unknown): Shape | null {
  const sizes = listAt(values, 'shape')?.map(numberOf);
  if (sizes?.length !== 3 || !sizes.every((size) => Number.isInteger(size) && size > 0)) return null;
  const [sampleCount = 0, rowCount = 0, columnCount = 0] = sizes;
  return { sampleCount, rowCount, columnCount };
}

/** The bits of `text`, or what is wrong with it. */
function decode(text: unknown, shape: Shape, where: string): Uint32Array | DataProblem {
  if (typeof text !== 'string' || !BASE64.test(text))
    return problem('AIFI_PLATES_BASE64', where, 'values.data is not base64');
  const bytes = Buffer.from(text, 'base64');
  const { sampleCount, rowCount, columnCount } = shape;
  const expected = sampleCount * rowCount * columnCount * BYTES_PER_SAMPLE;
  if (bytes.length !== expected) {
    const what = `values.data has ${bytes.length} bytes, its shape [${sampleCount}, ${rowCount}, ${columnCount}] needs ${expected}`;
    return problem('AIFI_PLATES_LENGTH', where, what);
  }
  // Copied, because a Buffer may begin between two multiples of four.
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

/** Picks the plates of the fixture, in the order of their columns, out of every sample. */
function pickPlates(
  { bits, shape }: { readonly bits: Uint32Array; readonly shape: Shape },
  layout: StoreLayout,
  fixture: Fixture,
): Float32Array {
  const plateCount = fixture.plates.length;
  const { sampleCount, rowCount, columnCount } = shape;
  const picked = new Uint32Array(sampleCount * plateCount).fill(QUIET_NAN_BITS);
  for (const plate of fixture.plates) {
    const row = layout.shelves[plate.shelfIndex]?.shelfNumber ?? rowCount;
    if (row >= rowCount || plate.plateNumber >= columnCount) continue;
    const offset = row * columnCount + plate.plateNumber;
    for (let sample = 0; sample < sampleCount; sample++) {
      picked[sample * plateCount + plate.columnIndex] = bits[sample * rowCount * columnCount + offset]!;
    }
  }
  return new Float32Array(picked.buffer);
}

/** The batch of one document, or what is wrong with it. */
export function readPlateDocument(
  document: unknown,
  where: string,
  layout: StoreLayout,
): PlateDraft | DataProblem {
  const plateData = fieldAt(document, 'document', 'plate_data');
  const name = idTextOf(fieldAt(plateData, 'plate_id', 'shelf_id', 'gondola_id', 'id'));
  const fixture = layout.fixtures.find((candidate) => candidate.fixtureId === name);
  if (!fixture)
    return problem('AIFI_FIXTURE_UNKNOWN', where, `fixture ${JSON.stringify(name)} is not in Gondolas.json`);
  const values = fieldAt(plateData, 'values');
  const type = fieldAt(values, 'type');
  if (type !== FLOAT32)
    return problem('AIFI_PLATES_TYPE', where, `values.type is ${JSON.stringify(type)}, not ${FLOAT32}`);
  const shape = shapeOf(values);
  if (!shape) {
    const what = `values.shape is ${JSON.stringify(fieldAt(values, 'shape'))}, not [samples, shelves + 1, plates + 1]`;
    return problem('AIFI_PLATES_SHAPE', where, what);
  }
  const times = documentTimes(document);
  if (!times) return timeMissing(where);
  const bits = decode(fieldAt(values, 'data'), shape, where);
  if (!(bits instanceof Uint32Array)) return bits;
  const rateHz = numberOf(fieldAt(plateData, 'freq_samp'));
  return {
    kind: 'plates',
    source: sourceId(`plates/${fixture.fixtureId}`),
    ...times,
    fixtureId: fixture.fixtureId,
    rateHz: rateHz > 0 && Number.isFinite(rateHz) ? rateHz : RATE_HZ_USUAL,
    sampleCount: shape.sampleCount,
    samplesGrams: pickPlates({ bits, shape }, layout, fixture),
  };
}
