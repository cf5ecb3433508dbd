/**
 * What a message must hold to have any effect, by its kind. What is no message of this store is refused; a part that is
 * no number is left out and the rest goes on.
 */
import type {
  GateId,
  Observation,
  ObservationByKind,
  ObservationKind,
  Point3,
  StoreModel,
  TrackFrame,
} from '../domain/index.ts';
import type { EngineProblemCode } from './problem-codes.ts';

/** Slower than this a batch would reach back before any clock, and no hand could be told from drift. */
const RATE_HZ_MIN = 0.1;
const RATE_HZ_MAX = 10_000;

export type DoorStore = Pick<StoreModel, 'layout' | 'gates'>;

export interface ContentScene {
  readonly store: DoorStore;
  readonly gateIds: ReadonlySet<GateId>;
  readonly tell: (code: EngineProblemCode, observation: Observation) => void;
}

type Check<Observed extends Observation> = (scene: ContentScene, observation: Observed) => Observed | null;

const CHECKS: { readonly [Kind in ObservationKind]: Check<ObservationByKind[Kind]> } = {
  plates: (scene, batch) => {
    const code = misfitOfBatch(scene, batch);
    if (code === null) return batch;
    scene.tell(code, batch);
    return null;
  },
  tracks: (scene, frame) => checkPoints(scene, frame),
  gate: (scene, crossing) => {
    if (scene.gateIds.has(crossing.gateId)) return crossing;
    scene.tell('GATE_UNKNOWN', crossing);
    return null;
  },
  tags: (scene, told) => {
    const reads = told.reads.filter((read) => Number.isFinite(read.rssiDbm));
    if (reads.length === told.reads.length) return told;
    scene.tell('TAG_SIGNAL', told);
    return { ...told, reads };
  },
  cart: (scene, told) => {
    if (Number.isFinite(told.weightGrams)) return told;
    scene.tell('CART_WEIGHT', told);
    return null;
  },
  health: (_, told) => told,
};

/** The observation with what can be used of it; null where that is nothing. */
export function checkContent<Kind extends ObservationKind>(
  scene: ContentScene,
  kind: Kind,
  observation: ObservationByKind[Kind],
): ObservationByKind[Kind] | null {
  return CHECKS[kind](scene, observation);
}

function misfitOfBatch(scene: ContentScene, batch: ObservationByKind['plates']): EngineProblemCode | null {
  const fixture = scene.store.layout.fixtureById.get(batch.fixtureId);
  if (!fixture) return 'FIXTURE_UNKNOWN';
  if (!(batch.rateHz >= RATE_HZ_MIN && batch.rateHz <= RATE_HZ_MAX)) return 'BATCH_RATE';
  const { sampleCount, samplesGrams } = batch;
  const isWhole = Number.isInteger(sampleCount) && sampleCount > 0;
  return isWhole && samplesGrams.length === sampleCount * fixture.plates.length ? null : 'BATCH_SHAPE';
}

function checkPoints(scene: ContentScene, frame: TrackFrame): TrackFrame {
  if (frame.people.every((person) => Object.values(person.parts).every(isFinitePoint))) return frame;
  scene.tell('TRACK_POINT', frame);
  const people = frame.people.map((person) => ({
    ...person,
    parts: Object.fromEntries(Object.entries(person.parts).filter(([, point]) => isFinitePoint(point))),
  }));
  return { ...frame, people };
}

function isFinitePoint(point: Point3): boolean {
  return Number.isFinite(point.x) && Number.isFinite(point.y) && Number.isFinite(point.z);
}
