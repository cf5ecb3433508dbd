/** What AiFi's documents mean: shapes, clocks, omitted zeros, long ids, files of every ending. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Observation, PlateBatch, TrackFrame } from '../../src/domain/index.ts';
import { gridBase64, lines, plateDocument, readFiles, START, targetDocument } from './aifi-directory.ts';
import type { Files } from './aifi-directory.ts';

async function firstOf<Kind extends Observation['kind']>(files: Files, kind: Kind) {
  const { observations, problems } = await readFiles(files);
  expect(problems).toEqual([]);
  const first = observations.find((observation) => observation.kind === kind);
  return first as Extract<Observation, { kind: Kind }>;
}

const plates = (...documents: unknown[]): Promise<PlateBatch> =>
  firstOf({ 'plate_data.json': lines(...documents) }, 'plates');
const tracks = (...documents: unknown[]): Promise<TrackFrame> =>
  firstOf({ 'full_targets.json': lines(...documents) }, 'tracks');

describe('plates', () => {
  test('rows and columns from 1 become the plates of the fixture, sample by sample', async () => {
    const batch = await plates(plateDocument(0));
    expect(batch).toMatchObject({
      source: 'plates/1',
      fixtureId: '1',
      rateHz: 60,
      sampleCount: 2,
      sequence: 0,
    });
    expect([...batch.samplesGrams]).toEqual([11, 12, 13, 21, 22, 23, 1011, 1012, 1013, 1021, 1022, 1023]);
  });

  test('columns that are no plates are ignored, and shelves that are not sent read NaN', async () => {
    const shape = [1, 2, 9] as const;
    const batch = await plates(plateDocument(0, { data: gridBase64(shape), shape }));
    expect([...batch.samplesGrams]).toEqual([11, 12, 13, NaN, NaN, NaN]);
  });

  test('a storm of NaN is passed on', async () => {
    const data = Buffer.from(new Float32Array(24).fill(NaN).buffer).toString('base64');
    const batch = await plates(plateDocument(0, { data }));
    expect([...batch.samplesGrams].every(Number.isNaN)).toBe(true);
  });

  test('numbers in the forms of extended JSON are numbers', async () => {
    const document = plateDocument(
      0,
      { shape: [{ $numberInt: '2' }, { $numberLong: '3' }, 4] },
      { freq_samp: { $numberDouble: '59.5' }, plate_id: { shelf_id: { gondola_id: { id: '1' } } } },
    );
    expect(await plates(document)).toMatchObject({ rateHz: 59.5, sampleCount: 2 });
  });
});

describe('clocks', () => {
  test('t_issue is when it was sent, date_time when it arrived', async () => {
    const document = plateDocument(0);
    document.document.header.t_issue = '2020-04-22T05:06:40.123456Z';
    document.date_time = { $date: '2020-04-22T05:06:40.133Z' };
    expect(await plates(document)).toMatchObject({
      observedAtMs: START + 123.456,
      receivedAtMs: START + 133,
    });
  });

  test.each([
    {
      from: 'timestamp in seconds, in exponents',
      timestamp: '1.58753200025E+09',
      date: { $numberLong: String(START + 260) },
      observed: 250,
    },
    { from: 'date_time alone', timestamp: 'null', date: START + 260, observed: 260 },
  ])('$from stands in for it', async ({ timestamp, date, observed }) => {
    const { plate_data } = plateDocument(0).document;
    const bare = { timestamp: 'T', date_time: { $date: date }, document: { plate_data } };
    const batch = await plates(JSON.stringify(bare).replace('"T"', timestamp));
    expect(batch).toMatchObject({ observedAtMs: START + observed, receivedAtMs: START + 260 });
  });

  test.each([-1001, 60_001])('a date_time %i ms away is another clock', async (lagMs) => {
    const document = plateDocument(0);
    document.date_time = { $date: new Date(START + lagMs).toISOString() };
    expect(await plates(document)).toMatchObject({ observedAtMs: START, receivedAtMs: START });
  });
});

describe('the order of a source', () => {
  /** Ten batches as they were stored, every 200 ms; `stampMs` says what the sensor's clock showed. */
  const stored = (stampMs: (index: number) => number) =>
    Array.from({ length: 10 }, (_, index) => {
      const document = plateDocument(0);
      document.document.header.t_issue = new Date(START + stampMs(index)).toISOString();
      document.date_time = { $date: new Date(START + index * 200 + 10).toISOString() };
      return document;
    });
  const sequencesOf = async (documents: readonly unknown[]): Promise<number[]> => {
    const { observations } = await readFiles({ 'plate_data.json': lines(...documents) });
    return observations.map((observation) => observation.sequence);
  };

  test('a clock that stepped back does not shuffle what was sent in order', async () => {
    const documents = stored((index) => index * 200 - (index >= 4 ? 5000 : 0));
    expect(await sequencesOf(documents)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a message that came seconds late keeps its place in time', async () => {
    const order = [0, 2, 3, 4, 5, 6, 7, 8, 1, 9];
    expect(await sequencesOf(stored((index) => order[index]! * 200))).toEqual(order);
  });
});

const joint = (at: readonly [number, number, number]) => {
  const [x, y, z] = at;
  return { point: { x, y, z }, score: 0.9 };
};

describe('targets', () => {
  test('inches become metres, and a body that came in says so', async () => {
    const target = {
      target_id: { id: '3325379692103139202' },
      target_state: 'TARGETSTATE_VALID_ENTRANCE',
      head: joint([100, -20, 70]),
    };
    const frame = await tracks(targetDocument(0, [target]));
    expect(frame).toMatchObject({ source: 'tracks', observedAtMs: START, receivedAtMs: START + 2300 });
    expect(frame.people).toEqual([
      {
        trackId: '3325379692103139202',
        hasEntered: true,
        parts: { head: { x: 2.54, y: -0.508, z: 70 * 0.0254, confidence: 0.9 } },
      },
    ]);
  });

  test('nobody is an empty frame', async () => {
    expect((await tracks(targetDocument(0))).people).toEqual([]);
  });

  test('an omitted coordinate is zero, an empty joint is none', async () => {
    const target = {
      target_id: { id: '7' },
      head: { point: { x: 10 }, score: 0.5 },
      neck: {},
      l_elbow: { point: {} },
      r_elbow: { point: {}, score: 0.25 },
    };
    const [person] = (await tracks(targetDocument(0, [target]))).people;
    expect(person?.parts).toEqual({
      head: { x: 0.254, y: 0, z: 0, confidence: 0.5 },
      rightElbow: { x: 0, y: 0, z: 0, confidence: 0.25 },
    });
    expect(person?.hasEntered).toBe(false);
  });
});

describe('hands and names of targets', () => {
  test('hands stand in for wrists: right first, and never the same hand twice', async () => {
    const hands = [joint([1, 1, 1]), joint([2, 2, 2])];
    const people = (
      await tracks(
        targetDocument(0, [
          { target_id: { id: '1' }, hands },
          { target_id: { id: '2' }, hands, r_wrist: joint([1, 1, 1]) },
          { target_id: { id: '3' }, hands: [hands[0]], l_wrist: joint([1, 1, 1]) },
          { target_id: { id: '4' } },
        ]),
      )
    ).people;
    const inches = people.map(({ parts }) =>
      [parts.rightWrist?.x, parts.leftWrist?.x].map((x) => x && x / 0.0254),
    );
    expect(inches).toEqual([
      [1, 2],
      [1, 2],
      [undefined, 1],
      [undefined, undefined],
    ]);
  });

  test('ids of 64 bits survive as bare integers and in extended JSON', async () => {
    const text = JSON.stringify(
      targetDocument(0, [
        { target_id: { id: 'A' } },
        { target_id: { id: { $numberLong: '9007199254740993' } } },
      ]),
    ).replace('"A"', '9223372036854775807');
    const { people } = await tracks(text);
    expect(people.map((person) => person.trackId)).toEqual(['9223372036854775807', '9007199254740993']);
  });
});

describe('files', () => {
  const documents = lines(plateDocument(0), plateDocument(200));

  test.each([
    ['plate_data.json', documents],
    ['plate_data.ndjson', documents],
    ['plate_data.json.gz', gzipSync(documents)],
    ['plate_data.ndjson.gz', gzipSync(documents)],
    ['plate_data.json', `\uFEFF${documents.replaceAll('\n', '\r\n\r\n')}\r\n`],
  ])('%s is read', async (name, content) => {
    const { observations, problems } = await readFiles({ [name]: content });
    expect(problems).toEqual([]);
    expect(observations.map(({ sequence }) => sequence)).toEqual([0, 1]);
  });

  test('targets is another name for full_targets', async () => {
    const { observations } = await readFiles({ 'targets.json': lines(targetDocument(0)) });
    expect(observations).toHaveLength(1);
  });

  test('shuffled and repeated documents come in order, repeats with the same number', async () => {
    const late = plateDocument(100);
    late.date_time = { $date: new Date(START + 900).toISOString() };
    const { observations } = await readFiles({
      'plate_data.json': lines(plateDocument(400), late, plateDocument(0), plateDocument(400)),
      'full_targets.json': lines(targetDocument(0)),
    });
    const seen = observations.map((at) => [at.source, at.sequence, at.receivedAtMs - START]);
    expect(seen).toEqual([
      ['plates/1', 0, 10],
      ['plates/1', 2, 410],
      ['plates/1', 2, 410],
      ['plates/1', 1, 900],
      ['tracks', 0, 2300],
    ]);
  });

  test('a recording can be read twice', async () => {
    const { recording, observations } = await readFiles({ 'plate_data.json': documents });
    const again: Observation[] = [];
    for await (const observation of recording.observations(() => undefined)) again.push(observation);
    expect(again).toEqual(observations);
    expect(recording.span).toEqual({ startsAtMs: START + 10, endsAtMs: START + 210 });
  });
});
