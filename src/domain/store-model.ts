import type { Catalogue } from './catalogue.ts';
import type { Point3 } from './geometry.ts';
import type { GateId } from './ids.ts';
import type { StoreLayout } from './layout.ts';
import type { Planogram } from './planogram.ts';

/** Where people come in or go out; a shop may have none that say so. */
export interface Gate {
  readonly gateId: GateId;
  /** The middle of the passage, on the floor. */
  readonly placeInStore: Point3;
  readonly widthM: number;
}

/** What is known of a store before the first observation: its furniture, its products, and where they should lie. */
export interface StoreModel {
  readonly layout: StoreLayout;
  readonly catalogue: Catalogue;
  readonly planogram: Planogram;
  readonly gates: readonly Gate[];
}
