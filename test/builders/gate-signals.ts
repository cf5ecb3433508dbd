/** The gates of a scripted shop: one message whenever somebody comes in or goes out through them. SIMULATED. */
import { floorDistanceM } from '../../src/domain/index.ts';
import type { GateCrossing, GateId, StoreModel } from '../../src/domain/index.ts';
import type { FloorPoint } from './scripted-layout.ts';
import type { PersonStory } from './story.ts';

export interface RawCrossing {
  readonly trueMs: number;
  readonly gateId: GateId;
  readonly direction: GateCrossing['direction'];
}

/** All crossings in order of time; a place that no gate is at is passed without a word. */
export function gateSignals(shop: StoreModel, people: readonly PersonStory[]): RawCrossing[] {
  const crossings: RawCrossing[] = [];
  const cross = (place: FloorPoint | undefined, told: Omit<RawCrossing, 'gateId'>): void => {
    const gate = shop.gates.find(
      ({ placeInStore, widthM }) => place && floorDistanceM(placeInStore, { ...place, z: 0 }) <= widthM,
    );
    if (gate) crossings.push({ ...told, gateId: gate.gateId });
  };
  for (const { knots, enteredAtMs, leftAtMs } of people) {
    cross(knots[0], { trueMs: enteredAtMs, direction: 'in' });
    if (Number.isFinite(leftAtMs)) cross(knots.at(-1), { trueMs: leftAtMs, direction: 'out' });
  }
  return crossings.toSorted((a, b) => a.trueMs - b.trueMs);
}
