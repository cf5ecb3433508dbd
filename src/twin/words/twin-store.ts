/** A store as it truly is: what a model of it says, and what only the twin knows. */
import type { Point3, ProductId, StoreModel } from '../../domain/index.ts';

export interface FloorPoint {
  readonly x: number;
  readonly y: number;
}

/** Where feet can go. Free places keep a body's half width (0.2 m) from fixtures and walls. */
export interface Floor {
  readonly min: FloorPoint;
  readonly max: FloorPoint;
  isFree(point: FloorPoint): boolean;
  /** The nearest free place; the point itself where it is free. */
  nearestFree(point: FloorPoint): FloorPoint;
  /** Corners of a shortest free way, `to` (or the nearest free place to it) last; empty where there is no way. */
  route(from: FloorPoint, to: FloorPoint): readonly FloorPoint[];
}

/** What units of a product truly weigh; the catalogue may say otherwise. */
export interface Goods {
  readonly productId: ProductId;
  readonly meanGrams: number;
  /** Standard deviation from unit to unit. */
  readonly spreadGrams: number;
  /** Every unit wears an RFID tag. */
  readonly isTagged: boolean;
}

export interface TwinStore {
  /** What the system under test is told. */
  readonly model: StoreModel;
  readonly goods: ReadonlyMap<ProductId, Goods>;
  readonly floor: Floor;
  /** Where people appear and vanish, just outside the watched area; `x`, `y` are on free floor. */
  readonly entrance: FloorPoint;
  readonly exit: FloorPoint;
  /** Where RFID readers listen, if any: at the exit. */
  readonly readerPlace: Point3 | null;
}
