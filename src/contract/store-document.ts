/**
 * A store in one document, so that a recording is complete by itself: furniture with every pose in the store frame,
 * catalogue, planogram. `formatVersion` goes up when a reader of the old version would misunderstand the new.
 *
 * Poses are stored as the layout holds them and put back as they are. Storing them relative to their parents would
 * cost a rounding on each way, and the same visit would then not give the same result to the last bit.
 */
import { z } from 'zod';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import {
  buildCatalogue,
  buildLayout,
  buildPlanogram,
  CURRENCY_EXPONENT,
  gateId,
  isIdText,
  money,
  productId,
  storeId,
} from '../domain/index.ts';
import type {
  Box,
  Currency,
  DataProblem,
  FacingRow,
  Gate,
  GateId,
  LayoutBuild,
  PlateId,
  Point3,
  ShelfSpec,
  StoreLayout,
  StoreModel,
} from '../domain/index.ts';
import { exactJsonText } from './json-text.ts';

export const STORE_FORMAT_VERSION = 1;

const idSchema = z.string().refine(isIdText, 'must have 1 to 128 printable characters');
const pointSchema = z.object({ x: z.number(), y: z.number(), z: z.number() });
const boxSchema = z.object({
  storeFromBox: z.object({ rotation: z.array(z.number()).length(9), translation: pointSchema }),
  sizeM: pointSchema,
});
const currencies = Object.keys(CURRENCY_EXPONENT) as Currency[];

export const storeDocumentSchema = z.object({
  formatVersion: z.literal(STORE_FORMAT_VERSION),
  storeId: idSchema,
  fixtures: z.array(
    z.object({
      fixtureId: idSchema,
      body: boxSchema,
      shelves: z.array(
        z.object({
          shelfNumber: z.int(),
          space: boxSchema,
          plates: z.array(z.object({ plateNumber: z.int(), reach: boxSchema })),
        }),
      ),
    }),
  ),
  products: z.array(
    z.object({
      productId: idSchema,
      name: z.string(),
      weightGrams: z.number().nullable(),
      price: z.object({ minor: z.int(), currency: z.enum(currencies) }).nullable(),
      imageUrl: z.string().nullable(),
    }),
  ),
  facings: z.array(z.object({ productId: idSchema, plateIds: z.array(idSchema) })),
  gates: z
    .array(z.object({ gateId: idSchema, placeInStore: pointSchema, widthM: z.number().positive() }))
    .optional()
    .describe(
      'Absent where no gate says who comes in or goes out; a reader that does not know gates passes over it.',
    ),
});

export type StoreDocument = z.infer<typeof storeDocumentSchema>;

export interface StoreRead {
  readonly store: StoreModel;
  readonly problems: readonly DataProblem[];
}

function boxOf(box: Box): StoreDocument['fixtures'][number]['body'] {
  const { rotation, translation } = box.storeFromBox;
  return {
    storeFromBox: { rotation: [...rotation], translation: { ...translation } },
    sizeM: { ...box.sizeM },
  };
}

function gateOf({ gateId: gate, placeInStore, widthM }: Gate): {
  gateId: string;
  placeInStore: Point3;
  widthM: number;
} {
  return { gateId: gate, placeInStore: { ...placeInStore }, widthM };
}

export function storeDocumentText(store: StoreModel): string {
  const document: StoreDocument = {
    formatVersion: STORE_FORMAT_VERSION,
    storeId: store.layout.storeId,
    fixtures: store.layout.fixtures.map((fixture) => ({
      fixtureId: fixture.fixtureId,
      body: boxOf(fixture.body),
      shelves: fixture.shelves.map((shelf) => ({
        shelfNumber: shelf.shelfNumber,
        space: boxOf(shelf.space),
        plates: shelf.plates.map((plate) => ({ plateNumber: plate.plateNumber, reach: boxOf(plate.reach) })),
      })),
    })),
    products: store.catalogue.products.map((product) => ({ ...product })),
    facings: store.planogram.facings.map((facing) => ({
      productId: facing.productId,
      plateIds: [...facing.plateIds],
    })),
    ...(store.gates.length === 0 ? {} : { gates: store.gates.map(gateOf) }),
  };
  return exactJsonText(document);
}

function shelfSpec(shelf: StoreDocument['fixtures'][number]['shelves'][number]): ShelfSpec {
  return {
    shelfNumber: shelf.shelfNumber,
    fixtureFromShelf: shelf.space.storeFromBox,
    sizeM: shelf.space.sizeM,
    plates: shelf.plates.map(({ plateNumber, reach }) => ({
      plateNumber,
      shelfFromPlate: reach.storeFromBox,
      sizeM: reach.sizeM,
    })),
  };
}

/** The checked constructor numbers and names; its boxes, made from places it takes as relative, are replaced. */
function layoutFrom(document: StoreDocument, where: string): LayoutBuild {
  const build = buildLayout(
    storeId(document.storeId),
    document.fixtures.map((fixture) => ({
      fixtureName: fixture.fixtureId,
      storeFromFixture: fixture.body.storeFromBox,
      sizeM: fixture.body.sizeM,
      shelves: fixture.shelves.map(shelfSpec),
      where,
    })),
  );
  const { layout } = build;
  const boxes = new Map<string, Box>();
  for (const fixture of document.fixtures) {
    for (const shelf of fixture.shelves) {
      const shelfName = `${fixture.fixtureId}/${shelf.shelfNumber}`;
      boxes.set(shelfName, shelf.space);
      for (const plate of shelf.plates) boxes.set(`${shelfName}/${plate.plateNumber}`, plate.reach);
    }
  }
  const plates = layout.plates.map((plate) => ({ ...plate, reach: boxes.get(plate.plateId) ?? plate.reach }));
  const shelves = layout.shelves.map((shelf) => ({
    ...shelf,
    space: boxes.get(shelf.shelfId) ?? shelf.space,
    plates: shelf.plates.map((plate) => plates[plate.plateIndex]!),
  }));
  const fixtures = layout.fixtures.map((fixture) => ({
    ...fixture,
    shelves: fixture.shelves.map((shelf) => shelves[shelf.shelfIndex]!),
    plates: fixture.plates.map((plate) => plates[plate.plateIndex]!),
  }));
  const fixtureById = new Map(fixtures.map((fixture) => [fixture.fixtureId, fixture]));
  const plateById = new Map(plates.map((plate) => [plate.plateId, plate]));
  return {
    layout: { ...layout, fixtures, shelves, plates, fixtureById, plateById },
    problems: build.problems,
  };
}

function facingRows(document: StoreDocument, layout: StoreLayout, where: string): FacingRow[] {
  const known = new Map<string, PlateId>(layout.plates.map((plate) => [plate.plateId, plate.plateId]));
  return document.facings.map((facing) => ({
    productId: productId(facing.productId),
    plateIds: facing.plateIds.map((plate) => known.get(plate)).filter((plate) => plate !== undefined),
    where,
  }));
}

interface GatesBuild {
  readonly gates: readonly Gate[];
  readonly problems: readonly DataProblem[];
}

function gatesFrom(document: StoreDocument, where: string): GatesBuild {
  const gates = new Map<GateId, Gate>();
  const problems: DataProblem[] = [];
  for (const { gateId: name, placeInStore, widthM } of document.gates ?? []) {
    const id = gateId(name);
    if (!gates.has(id)) gates.set(id, { gateId: id, placeInStore, widthM });
    else {
      const what = `two gates are called ${name}`;
      problems.push({ code: 'GATE_TWICE', where, what, remedy: 'Give each gate an id of its own.' });
    }
  }
  return { gates: [...gates.values()], problems };
}

/** The store that `text` describes; where it describes none, what is wrong with it. */
export function parseStoreDocument(text: string, where: string): Result<StoreRead, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('the document is not JSON');
  }
  const parsed = storeDocumentSchema.safeParse(value);
  if (!parsed.success) return refused(z.prettifyError(parsed.error));
  const { layout, problems: layoutProblems } = layoutFrom(parsed.data, where);
  const { catalogue, problems: catalogueProblems } = buildCatalogue(
    parsed.data.products.map((product) => ({
      code: product.productId,
      name: product.name,
      weightGrams: product.weightGrams,
      price: product.price && money(product.price.minor, product.price.currency),
      imageUrl: product.imageUrl,
      where,
    })),
  );
  const rows = facingRows(parsed.data, layout, where);
  const { planogram, problems: planogramProblems } = buildPlanogram(rows, { layout, catalogue });
  const { gates, problems: gateProblems } = gatesFrom(parsed.data, where);
  return ok({
    store: { layout, catalogue, planogram, gates },
    problems: [...layoutProblems, ...catalogueProblems, ...planogramProblems, ...gateProblems],
  });
}
