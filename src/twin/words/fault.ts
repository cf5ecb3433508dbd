/**
 * What goes wrong, each by its name and switched per run. Times are seconds from the start of the run. Where a fault
 * strikes a share of things, the seed of the run says which.
 */
interface During {
  readonly fromS: number;
  /** To the end of the run where it is missing. */
  readonly untilS?: number;
}

/** Which plates: these, or a share of all, at least one. */
export interface PlateTargets {
  readonly plateIds?: readonly string[];
  readonly share?: number;
}

export type PlateFault = During &
  PlateTargets &
  (
    | { readonly kind: 'plate-dead' }
    | { readonly kind: 'plate-stuck' }
    | { readonly kind: 'plate-drifting'; readonly gramsPerHour: number }
    /** Shows every change times this. */
    | { readonly kind: 'plate-miscalibrated'; readonly factor: number }
  );

export type TrackerFault = During &
  (
    | { readonly kind: 'camera-dark' }
    /** The same body goes on under a new id, this often per minute inside. */
    | { readonly kind: 'track-ids-renewed'; readonly perMinute: number }
    /** Two bodies within this distance of each other take each other's id, with this chance per meeting. */
    | { readonly kind: 'track-ids-swapped'; readonly withinM: number; readonly share: number }
  );

export type DeliveryFault = During &
  (
    | { readonly kind: 'fixture-offline'; readonly fixtureIds?: readonly string[]; readonly share?: number }
    | { readonly kind: 'batches-late'; readonly share: number; readonly lateMsMax: number }
    | { readonly kind: 'batches-lost'; readonly share: number }
    | { readonly kind: 'batches-duplicated'; readonly share: number }
    /** Messages overtake each other within this time. */
    | { readonly kind: 'batches-shuffled'; readonly withinMs: number }
    /** Every source's clock is off by up to ± this, and runs fast or slow by up to ± this. */
    | { readonly kind: 'clock-skew'; readonly offsetMsMax: number; readonly ppmMax: number }
    /** A share of the sources' clocks jumps at `fromS`. */
    | { readonly kind: 'clock-step'; readonly stepMs: number; readonly share: number }
    /** Nothing arrives between `fromS` and `untilS`, and what was sent then is gone. */
    | { readonly kind: 'broker-restart' }
  );

/** The shop's own process is killed at `fromS` and is back, without memory, at `untilS`: told to whoever runs it. */
export interface ShopFault extends During {
  readonly kind: 'process-killed';
}

export type TwinFault = PlateFault | TrackerFault | DeliveryFault | ShopFault;
export type FaultKind = TwinFault['kind'];

/** Whether a fault is on at this moment: from `fromS` until just before `untilS`. */
export function isInForce(fault: During, trueMs: number): boolean {
  return fault.fromS * 1000 <= trueMs && trueMs < (fault.untilS ?? Infinity) * 1000;
}

/** Every fault in a sentence. */
export const FAULT_WORDS: Readonly<Record<FaultKind, string>> = {
  'plate-dead': 'plates send nothing (NaN)',
  'plate-stuck': 'plates repeat their last value',
  'plate-drifting': 'plates wander off steadily',
  'plate-miscalibrated': 'plates show every change too large or too small',
  'fixture-offline': 'whole fixtures send nothing',
  'batches-late': 'messages are held up',
  'batches-lost': 'messages are lost',
  'batches-duplicated': 'messages come twice',
  'batches-shuffled': 'messages overtake each other',
  'clock-skew': 'sensor clocks are off and run fast or slow',
  'clock-step': 'sensor clocks jump',
  'camera-dark': 'the cameras see nobody',
  'track-ids-renewed': 'bodies go on under new ids',
  'track-ids-swapped': 'two people who meet take over each other’s id',
  'broker-restart': 'the broker restarts, and what was sent meanwhile is gone',
  'process-killed': 'the shop’s process is killed and comes back without memory',
};
