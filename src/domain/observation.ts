/**
 * What sensors say. One observation is one message of one source. `observedAtMs` is the sensor's clock,
 * `receivedAtMs` ours; `sequence` counts the messages of a source so that losses and repeats can be told. Late,
 * repeated and shuffled messages are normal: the engine orders and counts them.
 */
import type { EpochMs } from '../base/index.ts';
import type {
  CartId,
  DeviceId,
  FixtureId,
  GateId,
  ProductId,
  ReaderId,
  SourceId,
  TagId,
  TrackId,
} from './ids.ts';
import type { Point3 } from './geometry.ts';

interface Sent {
  readonly source: SourceId;
  readonly sequence: number;
  readonly observedAtMs: EpochMs;
  readonly receivedAtMs: EpochMs;
}

/**
 * Weights of one fixture. `samplesGrams` has the shape `(sampleCount, plates of the fixture)`, row by row, columns by
 * `columnIndex` of the layout; NaN where a plate sent nothing. `observedAtMs` is the time of the last sample;
 * absolute values mean nothing, changes do.
 */
export interface PlateBatch extends Sent {
  readonly kind: 'plates';
  readonly fixtureId: FixtureId;
  readonly rateHz: number;
  readonly sampleCount: number;
  readonly samplesGrams: Float32Array;
}

/** The parts of a body that trackers name; all optional. */
export const BODY_PARTS = [
  'head',
  'neck',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
] as const;

export type BodyPart = (typeof BODY_PARTS)[number];

export interface TrackedPoint extends Point3 {
  /** The tracker's own confidence, 0 to 1. */
  readonly confidence: number;
}

/** One anonymous body in one frame, metres in the store frame. */
export interface TrackedPerson {
  readonly trackId: TrackId;
  /** True where the tracker saw this body come in through a valid entrance. */
  readonly hasEntered: boolean;
  readonly parts: Readonly<Partial<Record<BodyPart, TrackedPoint>>>;
}

/** Everybody whom the tracker sees at one moment; empty when nobody is there. */
export interface TrackFrame extends Sent {
  readonly kind: 'tracks';
  readonly people: readonly TrackedPerson[];
}

/** Somebody went through a gate: a light barrier, a turnstile or a door contact that knows which way. */
export interface GateCrossing extends Sent {
  readonly kind: 'gate';
  readonly gateId: GateId;
  readonly direction: 'in' | 'out';
}

/** One RFID tag as an antenna heard it. */
export interface TagRead {
  readonly tagId: TagId;
  /** The product that the tag's code names; null where the code names none. */
  readonly productId: ProductId | null;
  /** Received signal strength, about −30 (on the antenna) to −80 dBm. */
  readonly rssiDbm: number;
}

/** Tags that one reader heard in one round. Tags go unheard behind bodies and metal, and leak through walls. */
export interface TagReads extends Sent {
  readonly kind: 'tags';
  readonly readerId: ReaderId;
  readonly reads: readonly TagRead[];
}

/** What the scale of a smart cart shows; `isStable` as the scale itself says. */
export interface CartWeight extends Sent {
  readonly kind: 'cart';
  readonly cartId: CartId;
  readonly weightGrams: number;
  readonly isStable: boolean;
}

/** What a device says of itself. */
export interface DeviceHealth extends Sent {
  readonly kind: 'health';
  readonly deviceId: DeviceId;
  readonly state: 'online' | 'degraded' | 'offline';
  /** For a person; empty where there is nothing to say. */
  readonly note: string;
}

export type Observation = PlateBatch | TrackFrame | GateCrossing | TagReads | CartWeight | DeviceHealth;

export type ObservationKind = Observation['kind'];

/** Each kind with its observation, for tables that are total by kind. */
export type ObservationByKind = { readonly [Each in Observation as Each['kind']]: Each };
