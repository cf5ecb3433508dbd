/**
 * The tracker's points and the store's geometry must share one frame, or every attribution is wrong by metres. Proven
 * on a real pick: of all signed permutations of axes and all likely units, only "same axes, inches" puts the right
 * hand at the plate and the body in front of the shelf. The hand alone rules out 140 of the 144; a mirror image and two
 * turns on their side keep it near the plate but put the body into the shelf or through the floor.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { METRES_PER_INCH, present } from '../../src/base/index.ts';
import { boxFootprint, distanceToBoxM, invertPose, transformPoint } from '../../src/domain/index.ts';
import type { Fixture, Point3, Shelf, StoreLayout, TrackedPerson } from '../../src/domain/index.ts';
import { directoryOf, GEOMETRY, lines, openDirectory, readAll, targetDocument } from './aifi-directory.ts';
import { isRealDataAbsent, REAL_RECORDING, REAL_STORE, REASON_DATA_ABSENT } from './shared-data.ts';

const PICK_AT = Date.parse('2020-04-22T05:06:49.1Z');
const PICK_WINDOW_MS = 300;

interface RealVisit {
  readonly layout: StoreLayout;
  readonly people: readonly TrackedPerson[];
  readonly atPick: readonly TrackedPerson[];
}

async function realVisit(): Promise<RealVisit> {
  const opened = await openAifiRecording({ directory: REAL_RECORDING, storeDirectory: REAL_STORE });
  if (!opened.ok) throw new Error(opened.problem.what);
  const { observations } = await readAll(opened.value);
  const frames = observations.filter((observation) => observation.kind === 'tracks');
  return {
    layout: opened.value.store.layout,
    people: frames.flatMap((frame) => frame.people),
    atPick: frames
      .filter((frame) => Math.abs(frame.observedAtMs - PICK_AT) <= PICK_WINDOW_MS)
      .flatMap((frame) => frame.people),
  };
}

interface Reading {
  readonly name: string;
  /** From where we take a point to be, to where this reading would take it to be. */
  readonly moved: (point: Point3) => Point3;
}

/** All 48 signed permutations of axes in three units; the points come in metres, read as inches. */
function readings(): Reading[] {
  const permutations = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const units = { inch: 1, cm: 0.01 / METRES_PER_INCH, m: 1 / METRES_PER_INCH };
  return permutations.flatMap((axes) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((signs) =>
      Object.entries(units).map(([unit, scale]) => ({
        name: `${axes.map((axis, at) => ((signs >> at) & 1 ? '-' : '+') + 'xyz'[axis]).join('')} ${unit}`,
        moved: ({ x, y, z }: Point3) => {
          const from = [x, y, z];
          const [mx, my, mz] = axes.map((axis, at) => from[axis]! * scale * ((signs >> at) & 1 ? -1 : 1));
          return { x: mx!, y: my!, z: mz! };
        },
      })),
    ),
  );
}

/** In front of the shelf's open side, at the height of a head. */
function standsBefore(shelf: Shelf, head: Point3): boolean {
  const headInShelf = transformPoint(invertPose(shelf.space.storeFromBox), head);
  return headInShelf.y < 0 && head.z > 1 && head.z < 2.2;
}

test('the right hand is at the plate at the pick, in inches and the same axes only', async ({ skip }) => {
  skip(isRealDataAbsent, REASON_DATA_ABSENT);
  const { layout, atPick } = await realVisit();
  const plate = present(
    layout.plates.find((candidate) => candidate.plateId === '1/5/11'),
    'PLATE_OF_THE_PICK',
  );
  const shelf = present(layout.shelves[plate.shelfIndex], 'SHELF_OF_THE_PICK');
  const wrists = atPick.map((person) => person.parts.rightWrist).filter((wrist) => wrist !== undefined);
  const heads = atPick.map((person) => person.parts.head).filter((head) => head !== undefined);
  expect(wrists.length).toBeGreaterThan(5);
  const measured = readings().map(({ name, moved }) => ({
    name,
    nearestM: Math.min(...wrists.map((wrist) => distanceToBoxM(plate.reach, moved(wrist)))),
    stands: heads.every((head) => standsBefore(shelf, moved(head))),
  }));
  expect(measured).toHaveLength(144);
  const ours = measured.find(({ name }) => name === '+x+y+z inch');
  expect(ours?.nearestM).toBeLessThan(0.15);
  expect(measured.filter(({ nearestM }) => nearestM <= 0.5)).toHaveLength(4);
  expect(
    measured.filter(({ nearestM, stands }) => nearestM <= 0.5 && stands).map(({ name }) => name),
  ).toEqual(['+x+y+z inch']);
});

test('the body never enters the shelves', async ({ skip }) => {
  skip(isRealDataAbsent, REASON_DATA_ABSENT);
  const { layout, people } = await realVisit();
  const body = people.flatMap(({ parts }) => [
    parts.head,
    parts.neck,
    parts.leftShoulder,
    parts.rightShoulder,
  ]);
  const points = body.filter((point) => point !== undefined);
  expect(points.length).toBeGreaterThan(1000);
  const nearestM = points.map((point) =>
    Math.min(...layout.shelves.map((at) => distanceToBoxM(at.space, point))),
  );
  expect(Math.min(...nearestM)).toBeGreaterThan(0.3);
});

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

function rectangleOf(points: readonly Point3[]): Rectangle {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), low: Math.min(...ys), high: Math.max(...ys) };
}

function overlaps({ a, b }: { readonly a: Rectangle; readonly b: Rectangle }): boolean {
  const slackM = 1e-3;
  return (
    a.left < b.right - slackM &&
    b.left < a.right - slackM &&
    a.low < b.high - slackM &&
    b.low < a.high - slackM
  );
}

/** The floor a fixture covers: its own box and its shelves, which stand out from it. */
const floorOf = (fixture: Fixture): Rectangle =>
  rectangleOf([fixture.body, ...fixture.shelves.map((shelf) => shelf.space)].flatMap(boxFootprint));

/** What is wrong with a fixture that stands where it does. */
function faults(fixture: Fixture, visit: RealVisit, world: Rectangle): string[] {
  const floor = floorOf(fixture);
  const others = visit.layout.fixtures.filter((other) => other.fixtureId !== fixture.fixtureId);
  const { sizeM, storeFromBox } = present(fixture.shelves[0], 'A_SHELF').space;
  const front = transformPoint(storeFromBox, { x: sizeM.x / 2, y: 0, z: 0 });
  const before = transformPoint(storeFromBox, { x: sizeM.x / 2, y: -1, z: 0 });
  const heads = visit.people.map(({ parts }) => parts.head).filter((head) => head !== undefined);
  const facing = heads.filter(
    (head) => (head.x - front.x) * (before.x - front.x) + (head.y - front.y) * (before.y - front.y) > 0,
  );
  return [
    ...(others.some((other) => overlaps({ a: floor, b: floorOf(other) }))
      ? ['overlaps another fixture']
      : []),
    ...(floor.left < world.left ||
    floor.right > world.right ||
    floor.low < world.low ||
    floor.high > world.high
      ? ['leaves the cameras’ world']
      : []),
    ...(facing.length < heads.length ? ['turns its back to the shopper'] : []),
  ];
}

test('the turned fixture stands where it can, and in no other turn', async ({ skip }) => {
  skip(isRealDataAbsent, REASON_DATA_ABSENT);
  const visit = await realVisit();
  const calibration = JSON.parse(readFileSync(join(REAL_STORE, 'calibration.json'), 'utf8')) as {
    readonly world_ltrb: readonly [number, number, number, number];
  };
  const [left, low, right, high] = calibration.world_ltrb.map((inches) => inches * METRES_PER_INCH);
  const world = { left: left!, low: low!, right: right!, high: high! };
  const gondolas = JSON.parse(readFileSync(join(REAL_STORE, 'Gondolas.json'), 'utf8')) as {
    readonly gondolas: {
      readonly id: { readonly id: number };
      readonly coordinates: { readonly transform: { readonly rotation: { z: number } } };
    }[];
  };
  const turned = async (turn: number): Promise<string[]> => {
    const five = present(
      gondolas.gondolas.find(({ id }) => id.id === 5),
      'FIXTURE_5',
    );
    const stated = five.coordinates.transform.rotation.z;
    five.coordinates.transform.rotation.z = turn;
    const storeDirectory = directoryOf({
      'Gondolas.json': JSON.stringify(gondolas),
      'Shelves.json': readFileSync(join(REAL_STORE, 'Shelves.json')),
      'Plates.json': readFileSync(join(REAL_STORE, 'Plates.json')),
    });
    five.coordinates.transform.rotation.z = stated;
    const opened = await openAifiRecording({ directory: REAL_RECORDING, storeDirectory });
    if (!opened.ok) throw new Error(opened.problem.what);
    const { layout } = opened.value.store;
    const fixture = present(
      layout.fixtures.find((candidate) => candidate.fixtureId === '5'),
      'FIXTURE_5',
    );
    return faults(fixture, { ...visit, layout }, world);
  };
  expect(await turned(-Math.PI / 2)).toEqual([]);
  expect(await turned(0)).toContain('leaves the cameras’ world');
  expect(await turned(Math.PI / 2)).toContain('turns its back to the shopper');
  expect(await turned(Math.PI)).toContain('overlaps another fixture');
});

describe('on a store of our own', () => {
  test('a plate of a turned fixture is where turning by hand puts it', async () => {
    const recording = await openDirectory(
      directoryOf({ ...GEOMETRY, 'targets.json': lines(targetDocument(0)) }),
    );
    const plate = present(
      recording.store.layout.plates.find((candidate) => candidate.plateId === '2/1/2'),
      'TURNED_PLATE',
    );
    // Fixture at (3, 1), turned by −90°: its x runs along −y of the store, its −y along −x.
    const corner = plate.reach.storeFromBox.translation;
    expect([corner.x, corner.y, corner.z].map((value) => value.toFixed(9))).toEqual(
      [3 - 0.4, 1 - 0.3, 0.5].map((value) => value.toFixed(9)),
    );
    expect(distanceToBoxM(plate.reach, { x: 2.7, y: 0.6, z: 0.6 })).toBe(0);
    expect(distanceToBoxM(plate.reach, { x: 2.4, y: 0.6, z: 0.6 })).toBeCloseTo(0.2, 9);
  });

  test('a hand above that plate, told in inches, is above it', async () => {
    const plateCentre = { x: 2.8, y: 0.55, z: 0.7 };
    const inches = {
      x: plateCentre.x / METRES_PER_INCH,
      y: plateCentre.y / METRES_PER_INCH,
      z: plateCentre.z / METRES_PER_INCH,
    };
    const target = { target_id: { id: '1' }, r_wrist: { point: inches, score: 1 } };
    const directory = directoryOf({ ...GEOMETRY, 'targets.json': lines(targetDocument(0, [target])) });
    const recording = await openDirectory(directory);
    const { observations } = await readAll(recording);
    const wrist = observations
      .flatMap((observation) => (observation.kind === 'tracks' ? observation.people : []))
      .map(({ parts }) => parts.rightWrist)
      .find((found) => found !== undefined);
    const near = recording.store.layout.plates.filter(
      (plate) => distanceToBoxM(plate.reach, present(wrist, 'WRIST')) === 0,
    );
    expect(near.map((plate) => plate.plateId)).toEqual(['2/1/2']);
  });
});
