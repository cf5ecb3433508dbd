/** The codes of `DataProblem` that the worlds report; docs/reference/errors.md lists them. */
export const WORLD_PROBLEM_CODES = {
  FIXTURES_OVERLAP: 'Two fixtures stand in the same place.',
  SHELVES_OVERLAP: 'Two shelves take up the same space.',
  PLATES_OVERLAP: 'Two plates of a shelf lie on each other.',
  PLATE_OUTSIDE_SHELF: 'A plate sticks out of its shelf.',
  PLATE_UNREACHABLE: 'Nobody can stand within reach of a plate’s front.',
  FACING_ON_SEVERAL_SHELVES: 'A facing names plates of more than one shelf.',
  ENTRANCE_NOT_FREE:
    'The entrance or exit of an imported store is not on free floor; the nearest free place is taken.',
  GOODS_WEIGHT_INVENTED: 'Nobody knows what a product weighs; the simulated one has a weight that was drawn.',
} as const;

export type WorldProblemCode = keyof typeof WORLD_PROBLEM_CODES;
