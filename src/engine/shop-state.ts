/** The memory of the loop, and the two doors through which its parts reach fusion. */
import type {
  DeviceHealth,
  DeviceId,
  Interaction,
  ObservationKind,
  PlateReport,
  StoreKnowledge,
  StoreModel,
  Visit,
  VisitId,
} from '../domain/index.ts';
import { DECISION_POLICY, NO_KNOWLEDGE } from '../decision/index.ts';
import type { DecisionKnowledge, DecisionPolicy } from '../decision/index.ts';
import { createFusion, fold, knowledgeOf, takeNotices, withKnowledge } from '../fusion/index.ts';
import type { FusionInput, FusionState } from '../fusion/index.ts';
import { createPlateSensing, plateNoiseOf, SENSING_SETTINGS, withPlateNoise } from '../sensing/index.ts';
import type { PlateSensing, SensingSink } from '../sensing/index.ts';
import { createBlindReaches, notePlateReport, noteWeighed, takeUnweighedReaches } from './blind-reaches.ts';
import type { BlindReaches } from './blind-reaches.ts';
import { createDoor } from './door.ts';
import type { Door } from './door.ts';
import { createGateWatch } from './gates.ts';
import type { GateWatch } from './gates.ts';
import type { ShopEvent } from './shop-event.ts';

export interface ShopSettings {
  /** A body that no camera has seen for this long has left. */
  readonly absenceMs: number;
  /** A leaving visit waits at most this long for shelves in contact. */
  readonly settleMsMax: number;
  /** A fixture that sends nothing for this long is silent. */
  readonly silenceMs: number;
  /** What the operator decides about deciding. */
  readonly policy: DecisionPolicy;
  /**
   * Makes the names under which decisions keep visits differ from those of other runs with the same knowledge, for visits
   * are counted from 1 in every run. Events name them without it.
   */
  readonly visitPrefix?: string;
  /** The number of the last visit of the loop before this one: names are not given twice. */
  readonly visitsBefore?: number;
}

/** What a store has learnt, the part about deciding checked. */
export interface ShopKnowledge extends StoreKnowledge {
  readonly decision?: DecisionKnowledge;
}

export const SHOP_SETTINGS: ShopSettings = {
  absenceMs: 15_000,
  settleMsMax: 2000,
  silenceMs: 5000,
  policy: DECISION_POLICY,
};

export interface Shop {
  readonly store: StoreModel;
  readonly settings: ShopSettings;
  readonly door: Door;
  readonly sensing: PlateSensing;
  readonly blind: BlindReaches;
  readonly gates: GateWatch;
  fusion: FusionState;
  decisions: DecisionKnowledge;
  /** Open visits; settled ones are told and forgotten. */
  readonly visits: Map<VisitId, Visit>;
  /** Log position of the observation that is having its effect. */
  position: number;
  startedAtMs: number;
  /** Observations that passed the door, by kind. */
  readonly heardCounts: Record<ObservationKind, number>;
  /** What each device last said of itself, ≤ `DEVICES_MAX`. */
  readonly deviceStates: Map<DeviceId, DeviceHealth['state']>;
  /** Newest receive time, sensor time of the newest plate sample and of the newest frame, and when that came. */
  nowMs: number;
  plateTimeMs: number;
  trackTimeMs: number;
  trackReceivedAtMs: number;
  /** Receive time of the last look at horizons, visits and silence. */
  lookedAtMs: number;
  isBasketStale: boolean;
  /** Receive time before which changed baskets are not told. */
  basketsDueAtMs: number;
  /** What was last told of each open visit's basket. */
  readonly toldBaskets: Map<VisitId, string>;
  readonly events: ShopEvent[];
}

/** A shop that opens, with what it has learnt before where that is given. */
export function openShop(
  store: StoreModel,
  settings: ShopSettings = SHOP_SETTINGS,
  knowledge: ShopKnowledge | null = null,
): Shop {
  const fusion = createFusion(store);
  fusion.bodies.bodyCount = settings.visitsBefore ?? 0;
  return {
    store,
    settings,
    door: createDoor(store),
    sensing: withPlateNoise(createPlateSensing(store.layout, SENSING_SETTINGS), knowledge?.plateNoise ?? []),
    blind: createBlindReaches(),
    gates: createGateWatch(store.gates),
    fusion: knowledge ? withKnowledge(fusion, knowledge) : fusion,
    decisions: knowledge?.decision ?? NO_KNOWLEDGE,
    visits: new Map(),
    position: 0,
    heardCounts: { plates: 0, tracks: 0, gate: 0, tags: 0, cart: 0, health: 0 },
    deviceStates: new Map(),
    startedAtMs: NaN,
    nowMs: 0,
    plateTimeMs: -Infinity,
    trackTimeMs: -Infinity,
    trackReceivedAtMs: -Infinity,
    lookedAtMs: -Infinity,
    isBasketStale: false,
    basketsDueAtMs: -Infinity,
    toldBaskets: new Map(),
    events: [],
  };
}

/** Everything that the shop has learnt so far. */
export function learntBy(shop: Shop): ShopKnowledge {
  return { ...knowledgeOf(shop.fusion), plateNoise: plateNoiseOf(shop.sensing), decision: shop.decisions };
}

/** A shop has some hundred devices; one that babbles names must not fill the memory. */
const DEVICES_MAX = 4096;

/** Keeps what a device says of itself, and tells it where that is new. */
export function noteHealth(shop: Shop, health: DeviceHealth): void {
  const { deviceId, state } = health;
  if (shop.deviceStates.get(deviceId) === state) return;
  shop.deviceStates.delete(deviceId);
  shop.deviceStates.set(deviceId, state);
  const [oldest] = shop.deviceStates.keys();
  if (shop.deviceStates.size > DEVICES_MAX && oldest !== undefined) shop.deviceStates.delete(oldest);
  shop.events.push({ kind: 'device-reported', health });
}

/** Feeds fusion and tells what it committed. */
export function foldIn(shop: Shop, input: FusionInput): void {
  shop.fusion = fold(shop.fusion, input);
  for (const attribution of shop.fusion.committed)
    shop.events.push({ kind: 'interaction-attributed', attribution });
  for (const notice of takeNotices(shop.fusion.learnt)) shop.events.push({ kind: 'weight-noticed', notice });
  const { committed, pending, tentative } = shop.fusion;
  if (committed.length > 0 || (pending.size > 0 && tentative === null)) shop.isBasketStale = true;
}

/** Hands over plates that do not work, as far as they can be judged by now. */
export function foldUnweighed(shop: Shop): void {
  for (const reach of takeUnweighedReaches(shop.blind)) foldIn(shop, { kind: 'unweighed-reach', reach });
}

/** What sensing finds goes to fusion at once, and is told. */
export function sinkOf(shop: Shop): SensingSink {
  return {
    interaction: (interaction: Interaction) => {
      shop.events.push({ kind: 'interaction-told', interaction });
      noteWeighed(shop.blind, interaction);
      foldIn(shop, { kind: 'interaction', interaction });
      shop.isBasketStale = true;
      shop.lookedAtMs = -Infinity;
    },
    plateReport: (report: PlateReport) => {
      shop.events.push({ kind: 'plate-reported', report });
      notePlateReport(shop.blind, report, { store: shop.store, bodies: shop.fusion.bodies });
    },
  };
}
