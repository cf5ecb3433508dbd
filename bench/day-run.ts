/**
 * A day in the shop: does memory stay where it was, are the picks found, how fast is it. The recording is made while it
 * is streamed through `accept`, so the speed shown holds the making too; sensing by itself is measured by run.ts.
 */
import type { Interaction } from '../src/domain/index.ts';
import { accept, closeShop, openShop } from '../src/engine/index.ts';
import type { ShopEvent } from '../src/engine/index.ts';
import { LONG_STARTS_AT_MS, LongRecording } from './long-recording.ts';
import type { TruePick } from './long-visits.ts';
import type { NoiseBank } from './noise-bank.ts';
import { memoryNow } from './rounds.ts';
import type { Memory } from './rounds.ts';

export interface DayOptions {
  readonly bank: NoiseBank;
  readonly hours: number;
  /** A look at the memory every so often. */
  readonly lookEveryMs: number;
  readonly visitEveryMs: number;
  readonly seed: number;
  readonly look?: (look: DayLook) => void;
}

export interface DayLook {
  readonly hours: number;
  readonly memory: Memory;
  readonly plateSamples: number;
  readonly steps: number;
}

export interface DayResult {
  readonly plateSamples: number;
  readonly picks: number;
  /** Picks that no step tells of. */
  readonly missed: readonly TruePick[];
  /** Final interactions with a step that belongs to no pick. */
  readonly strays: number;
  readonly receipts: number;
  /** Held memory at most above that of the first look; 0 where it never grew. */
  readonly growthBytes: number;
  readonly rssGrowthBytes: number;
  readonly wallMs: number;
}

/** Keeps of every interaction only what the count needs. */
class Counting {
  receipts = 0;
  readonly steps: { plateId: string; atMs: number; deltaGrams: number; sigmaGrams: number }[] = [];

  hear(events: readonly ShopEvent[]): void {
    for (const event of events) {
      if (event.kind === 'receipt-issued') this.receipts++;
      else if (event.kind === 'interaction-told' && event.interaction.phase === 'final')
        this.note(event.interaction);
    }
  }

  private note(interaction: Interaction): void {
    for (const { plateId, settledAtMs, deltaGrams, sigmaGrams } of interaction.steps)
      this.steps.push({ plateId, atMs: settledAtMs - LONG_STARTS_AT_MS, deltaGrams, sigmaGrams });
  }

  /** A pick is found where the steps of its plate around its moment sum up to its weight. */
  isFound(pick: TruePick): boolean {
    const own = this.steps.filter((step) => this.belongs(step, pick));
    const deltaGrams = own.reduce((sum, step) => sum + step.deltaGrams, 0);
    const sigmaGrams = Math.hypot(...own.map((step) => step.sigmaGrams));
    return own.length > 0 && Math.abs(deltaGrams - pick.deltaGrams) < Math.max(5, 3 * sigmaGrams);
  }

  strayCount(picks: readonly TruePick[]): number {
    return this.steps.filter((step) => !picks.some((pick) => this.belongs(step, pick))).length;
  }

  private belongs(step: { plateId: string; atMs: number }, pick: TruePick): boolean {
    return step.plateId === pick.plateId && Math.abs(step.atMs - pick.atMs) < 4000;
  }
}

export function runDay(options: DayOptions): DayResult {
  const { bank, hours, visitEveryMs, seed, lookEveryMs } = options;
  const durationMs = hours * 3_600_000;
  const recording = new LongRecording(bank, { durationMs, visitEveryMs, seed });
  const shop = openShop(bank.store);
  const counting = new Counting();
  const looks: Memory[] = [];
  const startMs = performance.now();
  let nextLookMs = lookEveryMs;
  for (const observation of recording.observations()) {
    const ms = observation.observedAtMs - LONG_STARTS_AT_MS;
    if (ms >= nextLookMs) {
      nextLookMs += lookEveryMs;
      looks.push(memoryNow());
      const { samples } = shop.sensing.counters;
      options.look?.({
        hours: ms / 3_600_000,
        memory: looks.at(-1)!,
        plateSamples: samples,
        steps: counting.steps.length,
      });
    }
    counting.hear(accept(shop, observation));
  }
  counting.hear(closeShop(shop));
  looks.push(memoryNow());
  const wallMs = performance.now() - startMs;
  const { picks } = recording;
  return {
    plateSamples: shop.sensing.counters.samples,
    picks: picks.length,
    missed: picks.filter((pick) => !counting.isFound(pick)),
    strays: counting.strayCount(picks),
    receipts: counting.receipts,
    growthBytes: Math.max(...looks.map((look) => look.heldBytes)) - looks[0]!.heldBytes,
    rssGrowthBytes: Math.max(...looks.map((look) => look.rssBytes)) - looks[0]!.rssBytes,
    wallMs,
  };
}
