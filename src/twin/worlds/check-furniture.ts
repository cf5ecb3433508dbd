/** Furniture that cannot stand as it is described. Measured data is off by millimetres; what is told is beyond that. */
import { composePoses, invertPose, transformPoint } from '../../domain/index.ts';
import type { Box, DataProblem, Fixture, Plate, Shelf, StoreLayout } from '../../domain/index.ts';
import { overlapDepthM } from './box-overlap.ts';
import { fixtureBoxes } from './footprints.ts';

/** Less is a slip of the tape measure. */
const OVERLAP_M_MAX = 0.01;
const OUTSIDE_M_MAX = 0.05;
const PLATE_HEIGHT_M = 0.02;

const centimetres = (metres: number): string => `${(metres * 100).toFixed(1)} cm`;

/** All pairs, the later ones behind the earlier. O(n²): a supermarket has 1,700 shelves. */
function pairsOf<Item>(items: readonly Item[], visit: (a: Item, b: Item) => void): void {
  for (let first = 0; first < items.length; first++)
    for (let second = first + 1; second < items.length; second++) visit(items[first]!, items[second]!);
}

function fixtureProblems(fixtures: readonly Fixture[], where: string): DataProblem[] {
  const problems: DataProblem[] = [];
  pairsOf(fixtures, (a, b) => {
    // Shelves against shelves are told by themselves, by name.
    const depthM = Math.max(
      ...fixtureBoxes(b).map((box) => overlapDepthM(a.body, box)),
      ...a.shelves.map((shelf) => overlapDepthM(shelf.space, b.body)),
    );
    if (depthM <= OVERLAP_M_MAX) return;
    problems.push({
      code: 'FIXTURES_OVERLAP',
      where: `${where}: fixtures ${a.fixtureId} and ${b.fixtureId}`,
      what: `fixture ${a.fixtureId} and fixture ${b.fixtureId} stand ${centimetres(depthM)} in each other`,
      remedy: `Correct the place or the size of fixture ${a.fixtureId} or ${b.fixtureId}.`,
    });
  });
  return problems;
}

function shelfProblems(shelves: readonly Shelf[], where: string): DataProblem[] {
  const problems: DataProblem[] = [];
  pairsOf(shelves, (a, b) => {
    const depthM = overlapDepthM(a.space, b.space);
    if (depthM <= OVERLAP_M_MAX) return;
    problems.push({
      code: 'SHELVES_OVERLAP',
      where: `${where}: shelves ${a.shelfId} and ${b.shelfId}`,
      what: `the spaces of shelf ${a.shelfId} and shelf ${b.shelfId} overlap by ${centimetres(depthM)}`,
      remedy: `Correct the place or the size (height too) of shelf ${a.shelfId} or ${b.shelfId}.`,
    });
  });
  return problems;
}

/** The plate as a slab: how high one can reach above it is no collision. */
function slab(plate: Plate, heightM: number): Box {
  return { ...plate.reach, sizeM: { ...plate.reach.sizeM, z: heightM } };
}

/** Steps of a tiered shelf are not in each other; plates on one level are, by their overlap along it. */
function plateOverlapM(a: Plate, b: Plate): number {
  if (overlapDepthM(slab(a, PLATE_HEIGHT_M), slab(b, PLATE_HEIGHT_M)) <= OVERLAP_M_MAX) return 0;
  return overlapDepthM(slab(a, 1), slab(b, 1));
}

function plateOverlaps(shelf: Shelf, where: string): DataProblem[] {
  const problems: DataProblem[] = [];
  pairsOf(shelf.plates, (a, b) => {
    const depthM = plateOverlapM(a, b);
    if (depthM <= OVERLAP_M_MAX) return;
    problems.push({
      code: 'PLATES_OVERLAP',
      where: `${where}: plates ${a.plateId} and ${b.plateId}`,
      what: `plate ${a.plateId} and plate ${b.plateId} overlap by ${centimetres(depthM)}`,
      remedy: `Correct the place or the size of plate ${a.plateId} or ${b.plateId}.`,
    });
  });
  return problems;
}

/** How far the plate's corners are outside the shelf, metres; 0 inside. */
function outsideM(shelf: Shelf, plate: Plate): number {
  const { x: width, y: depth, z: height } = shelf.space.sizeM;
  const shelfFromPlate = composePoses(invertPose(shelf.space.storeFromBox), plate.reach.storeFromBox);
  let farthest = 0;
  for (const x of [0, plate.reach.sizeM.x]) {
    for (const y of [0, plate.reach.sizeM.y]) {
      const at = transformPoint(shelfFromPlate, { x, y, z: 0 });
      farthest = Math.max(farthest, -at.x, at.x - width, -at.y, at.y - depth, -at.z, at.z - height);
    }
  }
  return farthest;
}

function plateOutsides(shelf: Shelf, where: string): DataProblem[] {
  return shelf.plates.flatMap((plate) => {
    const byM = outsideM(shelf, plate);
    if (byM <= OUTSIDE_M_MAX) return [];
    return [
      {
        code: 'PLATE_OUTSIDE_SHELF',
        where: `${where}: plate ${plate.plateId}`,
        what: `plate ${plate.plateId} sticks ${centimetres(byM)} out of shelf ${shelf.shelfId}`,
        remedy: `Correct the place of plate ${plate.plateId} or the size of shelf ${shelf.shelfId}.`,
      },
    ];
  });
}

export function checkFurniture(layout: StoreLayout, where: string): DataProblem[] {
  return [
    ...fixtureProblems(layout.fixtures, where),
    ...shelfProblems(layout.shelves, where),
    ...layout.shelves.flatMap((shelf) => [...plateOverlaps(shelf, where), ...plateOutsides(shelf, where)]),
  ];
}
