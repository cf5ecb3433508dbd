/** Sensing in plate-samples per second on one core, through the whole of `accept`; the baselines beside it. */
import type { Observation, PlateBatch, StoreModel } from '../src/domain/index.ts';
import { accept, closeShop, openShop } from '../src/engine/index.ts';
import type { Shop } from '../src/engine/index.ts';
import { runBaseline } from './baselines.ts';
import type { BaselineKind } from './baselines.ts';
import { LongRecording } from './long-recording.ts';
import type { NoiseBank } from './noise-bank.ts';
import { memoryNow, timeRounds } from './rounds.ts';
import type { Timing } from './rounds.ts';
import { Outcome, outcomeOf } from './shop-run.ts';
import { megabytes, millions } from './table.ts';
import type { BenchRow } from './table.ts';

export interface Content {
  readonly name: string;
  readonly store: StoreModel;
  /** Plates only: fusion hears of interactions and knows nobody. */
  readonly batches: readonly PlateBatch[];
  /** Plays before the clock starts: a shop that has just been opened does not know its plates' noise yet. */
  readonly warmUpMs: number;
}

function sampleCount(batches: readonly PlateBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.samplesGrams.length, 0);
}

interface Timed {
  readonly name: string;
  readonly content: Content;
  readonly samples: number;
  readonly timing: Timing;
}

function rateRow({ name, content, samples, timing }: Timed): BenchRow {
  const perSecond = (ms: number): string => millions(samples / (ms / 1000));
  return {
    name,
    content: content.name,
    figure: perSecond(timing.medianMs),
    spread: `${perSecond(timing.slowestMs)} … ${perSecond(timing.fastestMs)}`,
    note: '',
    hash: timing.hash,
  };
}

function coreShare(content: Content, samples: number, timing: Timing): string {
  const plates = content.store.layout.plates.length;
  const busy = (plates * 60) / (samples / (timing.medianMs / 1000));
  return `${(100 * busy).toFixed(busy < 0.01 ? 2 : 1)} % of a core at 60 Hz`;
}

interface Warm {
  readonly shop: Shop;
  readonly outcome: Outcome;
}

function isWarmUp(content: Content, batch: PlateBatch): boolean {
  return batch.receivedAtMs < content.batches[0]!.receivedAtMs + content.warmUpMs;
}

/** A shop that has learnt its plates' noise. */
function warmShop(content: Content, batches: readonly PlateBatch[]): Warm {
  const shop = openShop(content.store);
  const outcome = new Outcome();
  for (const batch of batches) outcome.hear(accept(shop, batch));
  return { shop, outcome };
}

function runOn({ shop, outcome }: Warm, batches: readonly PlateBatch[]): Outcome {
  for (const batch of batches) outcome.hear(accept(shop, batch));
  outcome.hear(closeShop(shop));
  return outcome;
}

async function sensingRow(content: Content, rounds: number): Promise<BenchRow> {
  const warmUp = content.batches.filter((batch) => isWarmUp(content, batch));
  const timed = content.batches.slice(warmUp.length);
  const before = memoryNow();
  const warm = warmShop(content, warmUp);
  const contactsBefore = contactCount(warm.shop);
  runOn(warm, timed);
  const heldBytes = memoryNow().heldBytes - before.heldBytes;
  const contacts = contactCount(warm.shop) - contactsBefore;
  const timing = await timeRounds(rounds, () => {
    const again = warmShop(content, warmUp);
    return () => outcomeOf(runOn(again, timed));
  });
  const samples = sampleCount(timed);
  const note = `${coreShare(content, samples, timing)}; ${contacts} contacts; shop holds ${megabytes(heldBytes)}`;
  return { ...rateRow({ name: 'sensing', content, samples, timing }), note };
}

function contactCount({ sensing }: Shop): number {
  return sensing.counters.interactions + sensing.counters.emptyContacts;
}

/** The naive window is slow: it gets the first tenth. */
const BASELINE_SHARE: Readonly<Record<BaselineKind, number>> = { running: 1, naive: 0.1 };

async function baselineRow(kind: BaselineKind, content: Content, rounds: number): Promise<BenchRow> {
  const batches = content.batches.slice(0, Math.ceil(content.batches.length * BASELINE_SHARE[kind]));
  let events = 0;
  const timing = await timeRounds(
    rounds,
    () => () => (events = runBaseline(kind, content.store.layout, batches)),
  );
  const row = rateRow({ name: `baseline, ${kind} window`, content, samples: sampleCount(batches), timing });
  return { ...row, note: `${events} events; no steps, no spreads` };
}

/** Sensing and both baselines on the same samples. */
export async function sensingRows(content: Content, rounds: number): Promise<BenchRow[]> {
  return [
    await sensingRow(content, rounds),
    await baselineRow('running', content, rounds),
    await baselineRow('naive', content, rounds),
  ];
}

/** Sensing alone, for contents that the baselines would not show in another light. */
export async function sensingOnly(content: Content, rounds: number): Promise<BenchRow[]> {
  return [await sensingRow(content, rounds)];
}

/** Noise of the bank, repeated and varied, with a pick every 20 s. */
export function noiseContent(bank: NoiseBank, size: { seconds: number; warmUpMs: number }): Content {
  const { seconds, warmUpMs } = size;
  const recording = new LongRecording(bank, { durationMs: seconds * 1000, visitEveryMs: 20_000, seed: 1 });
  const batches = [...recording.observations()].filter((each: Observation) => each.kind === 'plates');
  const plates = bank.store.layout.plates.length;
  return {
    name: `${plates} plates, ${seconds} s, ${bank.origin} noise, a pick every 20 s`,
    store: bank.store,
    batches,
    warmUpMs,
  };
}
