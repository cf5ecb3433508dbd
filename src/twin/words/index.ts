export { FAULT_WORDS, isInForce } from './fault.ts';
export type {
  DeliveryFault,
  FaultKind,
  PlateFault,
  PlateTargets,
  ShopFault,
  TrackerFault,
  TwinFault,
} from './fault.ts';
export { drawBetweenMs, shuffled } from './draw.ts';
export { ownRandom } from './own-random.ts';
export type { Reading, ReadingOf } from './reading.ts';
export { isPassage } from './story.ts';
export type {
  Crowd,
  Deed,
  DeedKind,
  Disturbance,
  GatePassage,
  HandAtPlates,
  Passage,
  PersonMoment,
  PlateForce,
  Skeleton,
  TrueEvent,
} from './story.ts';
export type { Floor, FloorPoint, Goods, TwinStore } from './twin-store.ts';
