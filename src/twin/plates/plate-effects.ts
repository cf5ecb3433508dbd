/**
 * What disturbances do to single plates, as forces and kicks with a beginning and an end. A force adds grams to the
 * load for as long as it lasts; a kick sets the oscillators of some plates going at one sample.
 */
import { assertNever, exactSineCosine } from '../../base/index.ts';
import type { PlateColumns } from './plate-columns.ts';

interface ForceSpan {
  readonly columnIndex: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly grams: number;
}

export type PlateEffect =
  /** Rises evenly to `grams`, which then lie on the plate for good. */
  | (ForceSpan & { readonly kind: 'step' })
  /** Swells with the square of time until `stepsAtMs`, drops to `afterShare` and fades. */
  | (ForceSpan & { readonly kind: 'hand'; readonly stepsAtMs: number; readonly afterShare: number })
  /** Comes and goes within `edgeMs` and sways by `swayShare`. */
  | (ForceSpan & {
      readonly kind: 'press';
      readonly edgeMs: number;
      readonly swayShare: number;
      readonly swayRadPerMs: number;
    });

/** Columns `fromColumn` to before `toColumn` begin to ring with a first peak of `grams` times their share. */
export interface Kick {
  readonly startsAtMs: number;
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly grams: number;
  readonly by: 'itself' | 'footstep' | 'burst';
}

function handGrams(hand: Extract<PlateEffect, { kind: 'hand' }>, ms: number): number {
  if (ms < hand.stepsAtMs) {
    const through = (ms - hand.startsAtMs) / (hand.stepsAtMs - hand.startsAtMs);
    return hand.grams * through * through;
  }
  return (hand.grams * hand.afterShare * (hand.endsAtMs - ms)) / (hand.endsAtMs - hand.stepsAtMs);
}

function pressGrams(press: Extract<PlateEffect, { kind: 'press' }>, ms: number): number {
  const sinceMs = ms - press.startsAtMs;
  const edge = Math.min(1, sinceMs / press.edgeMs, (press.endsAtMs - ms) / press.edgeMs);
  const { sine } = exactSineCosine(press.swayRadPerMs * sinceMs);
  // 3u² − 2u³: bodies come and go softly.
  return press.grams * edge * edge * (3 - 2 * edge) * (1 + press.swayShare * sine);
}

/** Grams of `effect` at a moment between its start and its end. */
export function effectGrams(effect: PlateEffect, ms: number): number {
  switch (effect.kind) {
    case 'step':
      return (effect.grams * (ms - effect.startsAtMs)) / (effect.endsAtMs - effect.startsAtMs);
    case 'hand':
      return handGrams(effect, ms);
    case 'press':
      return pressGrams(effect, ms);
    default:
      return assertNever(effect);
  }
}

/** Share of a kick's grams that `column` takes. */
export function kickShare(kick: Kick, columns: PlateColumns, column: number): number {
  if (kick.by === 'itself') return 1;
  return kick.by === 'footstep' ? columns.footstepGrams[column]! : columns.burstShare[column]!;
}

/**
 * Inserts by start. What starts at once is kept in the order of columns and grams, so that sums do not depend on the
 * order in which disturbances were told.
 */
export function insertByStart<Item extends Kick | PlateEffect>(queue: Item[], item: Item): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startsAfter(queue[middle]!, item)) high = middle;
    else low = middle + 1;
  }
  queue.splice(low, 0, item);
}

function columnOf(item: Kick | PlateEffect): number {
  return 'columnIndex' in item ? item.columnIndex : item.fromColumn;
}

function endOf(item: Kick | PlateEffect): number {
  return 'endsAtMs' in item ? item.endsAtMs : item.startsAtMs;
}

function startsAfter(a: Kick | PlateEffect, b: Kick | PlateEffect): boolean {
  if (a.startsAtMs !== b.startsAtMs) return a.startsAtMs > b.startsAtMs;
  if (columnOf(a) !== columnOf(b)) return columnOf(a) > columnOf(b);
  return a.grams === b.grams ? endOf(a) > endOf(b) : a.grams > b.grams;
}
