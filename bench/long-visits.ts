/**
 * Visits to go with endless noise: every few minutes somebody comes in, takes one thing and leaves. Their hand bumps the
 * plate and its neighbours, the plate rings, and a tracker sees head and wrist. SIMULATED on top of the noise.
 */
import { seededRandom } from '../src/base/index.ts';
import type { Random } from '../src/base/index.ts';
import { trackId, transformPoint } from '../src/domain/index.ts';
import type { Plate, PlateId, Point3, StoreModel, TrackedPerson } from '../src/domain/index.ts';

export interface TruePick {
  readonly plateId: PlateId;
  /** From the start of the recording. */
  readonly atMs: number;
  readonly deltaGrams: number;
}

interface Visit {
  readonly number: number;
  readonly startsAtMs: number;
  readonly pick: TruePick;
  readonly plate: Plate;
  readonly wave: { readonly peakGrams: number; readonly hz: number; readonly decayMs: number };
}

const WALK_MS = 8000;
const REACH_MS = 1200;
const BURST_MS = 3000;
const BEFORE_MS = 400;

export class LongVisits {
  readonly picks: TruePick[] = [];
  private readonly store: StoreModel;
  private readonly everyMs: number;
  private readonly random: Random;
  private readonly plates: readonly Plate[];
  private visit: Visit;

  constructor(store: StoreModel, options: { readonly everyMs: number; readonly seed: number }) {
    this.store = store;
    this.everyMs = options.everyMs;
    this.random = seededRandom(options.seed);
    const { facingsByPlate } = store.planogram;
    this.plates = store.layout.plates.filter((plate) => facingsByPlate.get(plate.plateId)?.length === 1);
    this.visit = this.next(1, 20_000);
  }

  private next(number: number, startsAtMs: number): Visit {
    const { random, plates, store } = this;
    const plate = plates[random.below(plates.length)]!;
    const [facing] = store.planogram.facingsByPlate.get(plate.plateId)!;
    const weightGrams = store.catalogue.byId.get(facing!.productId)?.weightGrams ?? 300;
    const deltaGrams = -weightGrams * (1 + 0.01 * random.normal());
    const pick = { plateId: plate.plateId, atMs: startsAtMs + WALK_MS + REACH_MS / 2, deltaGrams };
    const wave = {
      peakGrams: 4 + 14 * random.uniform(),
      hz: 2.5 + 5 * random.uniform(),
      decayMs: 250 + 350 * random.uniform(),
    };
    return { number, startsAtMs, pick, plate, wave };
  }

  /** The plate from which something is being taken now, and its neighbours; null while nobody is at a shelf. */
  touchedBy(fromMs: number, toMs: number): readonly Plate[] | null {
    const { pick, plate } = this.visit;
    if (toMs < pick.atMs - BEFORE_MS || fromMs > pick.atMs + BURST_MS) return null;
    const shelf = this.store.layout.shelves[plate.shelfIndex]!;
    const at = shelf.plates.indexOf(plate);
    return shelf.plates.slice(Math.max(0, at - 1), at + 2);
  }

  /** Grams that the hand and the ringing put on `plate` at `ms`, the lasting step apart. */
  burst(plate: Plate, ms: number): number {
    const { pick, wave } = this.visit;
    const isOwn = plate === this.visit.plate;
    const sinceMs = ms - pick.atMs;
    const hand =
      Math.abs(sinceMs) < BEFORE_MS && isOwn ? 60 * Math.cos((Math.PI * sinceMs) / BEFORE_MS / 2) : 0;
    if (sinceMs < 0) return hand;
    const ring =
      wave.peakGrams * Math.exp(-sinceMs / wave.decayMs) * Math.cos((2 * Math.PI * wave.hz * sinceMs) / 1000);
    return hand + (isOwn ? ring : 0.3 * ring);
  }

  /** The lasting change of `plate` at `ms`: the goods for the plate, 1 % of them for its neighbours. */
  stepGrams(plate: Plate): number {
    return this.visit.pick.deltaGrams * (plate === this.visit.plate ? 1 : 0.01);
  }

  get stepAtMs(): number {
    return this.visit.pick.atMs;
  }

  /** Moves on to the next visit once everything of the present one is over. */
  moveOn(ms: number): void {
    const { startsAtMs, pick, number } = this.visit;
    if (ms < startsAtMs + 2 * WALK_MS + REACH_MS + BURST_MS) return;
    this.picks.push(pick);
    this.visit = this.next(number + 1, startsAtMs + this.everyMs * (0.8 + 0.4 * this.random.uniform()));
  }

  /** Who is in the shop at `ms`. */
  peopleAt(ms: number): TrackedPerson[] {
    const { startsAtMs, plate, number } = this.visit;
    const sinceMs = ms - startsAtMs;
    if (sinceMs < 0 || sinceMs > 2 * WALK_MS + REACH_MS) return [];
    const place = (out: number): Point3 =>
      transformPoint(plate.reach.storeFromBox, { x: plate.reach.sizeM.x / 2, y: -out, z: 0.1 });
    const walked = sinceMs < WALK_MS ? WALK_MS - sinceMs : Math.max(0, sinceMs - WALK_MS - REACH_MS);
    const awayM = 0.45 + (walked / 1000) * 1.1;
    const isReaching = Math.abs(sinceMs - WALK_MS - REACH_MS / 2) < REACH_MS / 2;
    const head = { ...place(awayM), z: 1.65, confidence: 0.9 };
    const wrist = isReaching ? place(0.08) : { ...place(awayM - 0.1), z: 1 };
    const parts = { head, neck: { ...head, z: 1.5 }, rightWrist: { ...wrist, confidence: 0.9 } };
    return [{ trackId: trackId(`day-${number}`), hasEntered: true, parts }];
  }
}
