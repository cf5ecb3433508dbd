/** What is wrong with a store before anybody has walked through it: furniture, ways, planogram. */
import type { DataProblem, StoreModel } from '../../domain/index.ts';
import type { Floor } from '../words/index.ts';
import { checkFurniture } from './check-furniture.ts';
import { buildFloor } from './floor.ts';
import { REACH_M_MAX, reachPlace, wishedPlace } from './stand-place.ts';

/** The floor of a model that nobody told its walls: the part of it that most plates can be reached from. */
export function floorOfModel(model: StoreModel): Floor {
  return buildFloor(model.layout, { anchors: model.layout.plates.map(wishedPlace) });
}

function checkReach({ layout }: StoreModel, where: string, floor: Floor): DataProblem[] {
  return layout.plates.flatMap((plate) => {
    if (reachPlace(floor, plate) !== null) return [];
    return [
      {
        code: 'PLATE_UNREACHABLE',
        where: `${where}: plate ${plate.plateId}`,
        what: `nobody who came in can stand within ${REACH_M_MAX} m of the front of plate ${plate.plateId}`,
        remedy:
          'Turn the fixture so that its front (the −y side) looks at an aisle, or move what blocks the way.',
      },
    ];
  });
}

function checkFacings({ layout, catalogue, planogram }: StoreModel, where: string): DataProblem[] {
  const problems: DataProblem[] = [];
  for (const { productId, plateIds } of planogram.facings) {
    const at = `${where}: facing of ${productId} on plate ${plateIds.join(', ')}`;
    if (!catalogue.byId.has(productId)) {
      problems.push({
        code: 'FACING_PRODUCT_UNKNOWN',
        where: at,
        what: `the facing names product ${productId}, which the catalogue lacks`,
        remedy: 'Add the product to the catalogue; until then it is sold without weight and price.',
      });
    }
    const shelves = new Set<number>();
    for (const plateId of plateIds) {
      const plate = layout.plateById.get(plateId);
      if (plate) shelves.add(plate.shelfIndex);
    }
    if (shelves.size < 2) continue;
    const names = [...shelves].map((shelfIndex) => layout.shelves[shelfIndex]!.shelfId);
    problems.push({
      code: 'FACING_ON_SEVERAL_SHELVES',
      where: at,
      what: `the facing of product ${productId} lies on shelves ${names.join(' and ')} at once`,
      remedy: 'Make it one facing for each shelf.',
    });
  }
  return problems;
}

/**
 * Everything that cannot be so, each with what to do about it; `where` names the source. `floor` is the walkable floor
 * where the walls are known; else 1.5 m around the furniture count as floor.
 */
export function checkWorld(
  model: StoreModel,
  where: string,
  floor: Floor = floorOfModel(model),
): DataProblem[] {
  return [
    ...checkFurniture(model.layout, where),
    ...checkReach(model, where, floor),
    ...checkFacings(model, where),
  ];
}
