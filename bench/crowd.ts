/** A scripted shop of any size with people who keep taking things. SIMULATED: from the test builders, by a seed. */
import { seededRandom } from '../src/base/index.ts';
import type { Random } from '../src/base/index.ts';
import { transformPoint } from '../src/domain/index.ts';
import type { Facing, Observation, PlateBatch, StoreModel } from '../src/domain/index.ts';
import { plainFacings, scriptedShop, scriptRecording } from '../test/builders/index.ts';
import type { Script, ScriptAction, ScriptedPerson } from '../test/builders/index.ts';

export interface CrowdOptions {
  readonly fixtures: number;
  readonly platesPerShelf: number;
  readonly people: number;
  readonly seconds: number;
  /** From one thing taken to the next, per person; 0 is as fast as hands can. */
  readonly secondsPerPick: number;
  readonly seed: number;
  /** Every shelf is leaned on all the time: the dearest thing that can happen. */
  readonly isLeanedOn?: boolean;
}

export interface Crowd {
  readonly name: string;
  readonly store: StoreModel;
  /** All observations in order of arrival, made beforehand. */
  readonly observations: readonly Observation[];
  readonly batches: readonly PlateBatch[];
}

const SHELVES = 6;
const PICK_MS_MIN = 2000;

interface Own {
  readonly name: string;
  readonly facings: readonly Facing[];
  readonly options: CrowdOptions;
}

/** Somebody who stands before one fixture and takes things from it; a pick lasts some two seconds. */
function shopper(store: StoreModel, random: Random, own: Own): ScriptedPerson {
  const { seconds, secondsPerPick } = own.options;
  const paceMs = Math.max(PICK_MS_MIN, secondsPerPick * 1000);
  const firstMs = 1000 + random.uniform() * paceMs;
  const picks = Math.max(1, Math.ceil((seconds * 1000 - firstMs) / paceMs));
  const actions: ScriptAction[] = Array.from({ length: picks }, (_, index) => {
    const facing = own.facings[random.below(own.facings.length)]!;
    return { kind: 'pick', productId: facing.productId, atMs: firstMs + index * paceMs };
  });
  const plate = store.layout.plateById.get(own.facings[0]!.plateIds[0]!)!;
  const startsAt = transformPoint(plate.reach.storeFromBox, { x: 0, y: -0.45, z: 0 });
  return { personName: own.name, entersAtMs: 0, startsAt, actions };
}

function crowdScript(store: StoreModel, options: CrowdOptions): Script {
  const random = seededRandom(options.seed);
  const byFixture = Map.groupBy(plainFacings(store), (facing) => facing.plateIds[0]!.split('/')[0]!);
  const fixtures = [...byFixture.values()];
  const people = Array.from({ length: options.people }, (_, index) => {
    const facings = fixtures[random.below(fixtures.length)]!;
    return shopper(store, random, { name: `shopper${index + 1}`, facings, options });
  });
  return {
    people: options.isLeanedOn ? leaners(store, options) : people,
    durationMs: options.seconds * 1000,
  };
}

function leaners(store: StoreModel, options: CrowdOptions): ScriptedPerson[] {
  return store.layout.shelves.map((shelf) => ({
    personName: `leaner${shelf.shelfIndex}`,
    entersAtMs: 0,
    startsAt: transformPoint(shelf.space.storeFromBox, { x: 0.2, y: -0.45, z: 0 }),
    actions: [
      {
        kind: 'lean',
        shelfId: shelf.shelfId,
        forceGrams: 2000,
        durationMs: options.seconds * 1000,
        atMs: 1000,
      },
    ],
  }));
}

/** What the people do, in words. */
function whoIn({ people, secondsPerPick }: CrowdOptions): string {
  const pace = secondsPerPick > 0 ? `a pick every ${secondsPerPick} s each` : 'picking without a pause';
  return `${people} people, ${pace}`;
}

export function makeCrowd(options: CrowdOptions): Crowd {
  const { fixtures, platesPerShelf, seed, seconds } = options;
  const store = scriptedShop({ fixtures, shelvesPerFixture: SHELVES, platesPerShelf, seed });
  const recording = scriptRecording(store, crowdScript(store, options), { seed });
  const observations: Observation[] = [];
  for (const observation of recording.observations()) {
    if (observation.receivedAtMs > recording.startsAtMs + seconds * 1000) break;
    observations.push(observation);
  }
  const batches = observations.filter((each): each is PlateBatch => each.kind === 'plates');
  const who = options.isLeanedOn ? 'every shelf leaned on' : whoIn(options);
  const name = `${store.layout.plates.length} plates, ${who}, ${seconds} s`;
  return { name, store, observations, batches };
}
