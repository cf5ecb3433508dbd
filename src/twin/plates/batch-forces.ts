/** Lays what is due in one batch of a fixture into the scratch; behind the batch, forgets what is over. */
import { sampleAfter } from './batch-times.ts';
import type { BatchTimes } from './batch-times.ts';
import { effectGrams, kickShare } from './plate-effects.ts';
import type { PlateEffect } from './plate-effects.ts';
import type { BatchScratch, FixtureState } from './fixture-state.ts';

/** How many of the queue have begun by the last sample of the batch. */
function dueCount(queue: readonly { readonly startsAtMs: number }[], times: BatchTimes): number {
  let count = 0;
  while (count < queue.length && sampleAfter(times, queue[count]!.startsAtMs) < times.samples) count++;
  return count;
}

function layForces(state: FixtureState, scratch: BatchScratch, times: BatchTimes): void {
  const due = dueCount(state.forces, times);
  if (due > 0) state.activeForces.push(...state.forces.splice(0, due));
  for (const effect of state.activeForces) {
    const row = effect.columnIndex * times.samples;
    const from = Math.max(0, sampleAfter(times, effect.startsAtMs));
    const over = sampleAfter(times, effect.endsAtMs);
    const to = Math.min(times.samples, over);
    for (let sample = from; sample < to; sample++)
      scratch.forceGrams[row + sample]! += effectGrams(effect, times.firstMs + sample * times.sampleMs);
    if (effect.kind === 'step')
      for (let sample = Math.max(from, over); sample < times.samples; sample++)
        scratch.forceGrams[row + sample]! += effect.grams;
  }
}

function layKicks(state: FixtureState, scratch: BatchScratch, times: BatchTimes): void {
  const due = dueCount(state.kicks, times);
  const { columns } = state;
  for (let index = 0; index < due; index++) {
    const kick = state.kicks[index]!;
    const sample = Math.max(0, sampleAfter(times, kick.startsAtMs));
    for (let column = kick.fromColumn; column < kick.toColumn; column++) {
      const peakGrams = kick.grams * kickShare(kick, columns, column);
      scratch.drive[column * times.samples + sample]! += peakGrams * columns.ringingDrive[column]!;
    }
  }
  state.kicks.splice(0, due);
}

/** True where anything was laid: the scratch must be cleared behind the batch. */
export function layBatch(state: FixtureState, scratch: BatchScratch, times: BatchTimes): boolean {
  if (state.forces.length + state.activeForces.length + state.kicks.length === 0) return false;
  layForces(state, scratch, times);
  layKicks(state, scratch, times);
  return true;
}

/** Behind a batch that was laid: clears the scratch; goods that were moved by its end belong to the load from now on. */
export function foldBatch(state: FixtureState, scratch: BatchScratch, times: BatchTimes): void {
  scratch.forceGrams.fill(0);
  scratch.drive.fill(0);
  const { loadGrams } = state.columns;
  const goesOn = (effect: PlateEffect): boolean => sampleAfter(times, effect.endsAtMs) > times.samples;
  for (const effect of state.activeForces)
    if (effect.kind === 'step' && !goesOn(effect)) loadGrams[effect.columnIndex]! += effect.grams;
  state.activeForces = state.activeForces.filter(goesOn);
}
