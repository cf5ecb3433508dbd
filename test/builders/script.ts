/**
 * What people do in a scripted shop, written down as data. SIMULATED, a test builder. Everybody walks to where the
 * next action needs them, takes the time a person takes, and goes on; `atMs` (from the start of the recording) makes
 * them wait for a moment, so that two people can be brought to one shelf.
 */
import type { FixtureId, PlateId, ProductId, ShelfId } from '../../src/domain/index.ts';
import type { FloorPoint } from './scripted-layout.ts';

interface Timed {
  /** Not before this many milliseconds after the start; as soon as possible where it is missing. */
  readonly atMs?: number;
}

interface Handled extends Timed {
  readonly productId: ProductId;
  /** 1 where it is missing. */
  readonly count?: number;
  /** Units are spread over these in turn; the first plate of the product's first facing where they are missing. */
  readonly plateIds?: readonly PlateId[];
  /** The share of a unit's weight on its own plate; the rest lies on the next plate. 1 where it is missing. */
  readonly straddleShare?: number;
  /** The cameras do not see the arms during this action. */
  readonly isHandHidden?: boolean;
}

export type ScriptAction =
  | (Timed & { readonly kind: 'walk'; readonly to: FloorPoint })
  | (Handled & { readonly kind: 'pick' })
  | (Handled & { readonly kind: 'put-back' })
  /** Puts a held product on plates where it does not belong; `plateIds` is required in effect. */
  | (Handled & { readonly kind: 'misplace' })
  /** Takes, looks, and puts back within the same reach. */
  | (Handled & { readonly kind: 'pick-and-return' })
  | (Timed & {
      readonly kind: 'lean';
      readonly shelfId: ShelfId;
      readonly forceGrams: number;
      readonly durationMs: number;
    })
  | (Timed & { readonly kind: 'bump'; readonly fixtureId: FixtureId; readonly peakGrams?: number })
  /** The same body goes on under a new id. */
  | (Timed & { readonly kind: 'id-switch'; readonly hasEntered: boolean })
  | (Timed & { readonly kind: 'leave' });

export type HandlingAction = Extract<ScriptAction, Handled>;

export interface ScriptedPerson {
  readonly personName: string;
  readonly entersAtMs: number;
  /** True where it is missing: the tracker saw them come in. */
  readonly hasEntered?: boolean;
  /** Where they first are seen; the entrance where it is missing. */
  readonly startsAt?: FloorPoint;
  readonly actions: readonly ScriptAction[];
}

export interface Script {
  readonly people: readonly ScriptedPerson[];
  /** The recording lasts this long at least; else until everybody has been gone for a while. */
  readonly durationMs?: number;
}
