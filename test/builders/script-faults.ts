/**
 * What goes wrong between a sensor and the store, as data. SIMULATED, a test builder. Faults of a plate change its
 * samples; faults of a source change how its messages arrive. Times are from the start of the recording.
 */
import type { FixtureId, Observation, PlateId, StoreModel } from '../../src/domain/index.ts';
import { epochMs } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';

interface Lasting {
  /** The whole recording where these are missing. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

type SourceName = FixtureId | 'tracks' | 'gates';

interface Delivered extends Lasting {
  /** Every source where it is missing. */
  readonly source?: SourceName;
  /** Share of messages that it hits. */
  readonly share: number;
}

export type ScriptFault =
  | (Lasting & { readonly kind: 'plate-dead' | 'plate-stuck' | 'plate-saturated'; readonly plateId: PlateId })
  | (Lasting & { readonly kind: 'source-silent'; readonly source: SourceName })
  | (Lasting & { readonly kind: 'nan-storm'; readonly fixtureId: FixtureId; readonly share: number })
  | (Delivered & { readonly kind: 'lost' })
  | (Delivered & { readonly kind: 'duplicated'; readonly copies?: number })
  /** Late by up to `delayMs`, and so out of order. */
  | (Delivered & { readonly kind: 'shuffled'; readonly delayMs: number })
  | {
      readonly kind: 'clock-step';
      readonly source: SourceName;
      readonly atMs: number;
      readonly stepMs: number;
    }
  | { readonly kind: 'sequence-restart'; readonly source: SourceName; readonly atMs: number };

export const SATURATED_GRAMS = 20_000;

function isDuring(fault: Lasting, ms: number): boolean {
  return ms >= (fault.fromMs ?? Number.NEGATIVE_INFINITY) && ms < (fault.toMs ?? Number.POSITIVE_INFINITY);
}

/** A message with the true time it was made, and the source as faults name it. */
export interface SentObservation {
  readonly sourceName: SourceName;
  readonly trueMs: number;
  readonly observation: Observation;
}

export interface FaultSetting {
  readonly shop: StoreModel;
  readonly faults: readonly ScriptFault[];
  readonly random: Random;
}

/** Applies the faults of plates to samples; a stuck plate keeps the value that it had first. */
export function plateFaults(setting: FaultSetting, fixture: FixtureId): PlateSpoiler {
  const stuckAtGrams = new Map<PlateId, number>();
  const { shop, random } = setting;
  const own = setting.faults.filter((fault) =>
    'plateId' in fault
      ? fault.plateId.startsWith(`${fixture}/`)
      : fault.kind === 'nan-storm' && fault.fixtureId === fixture,
  );
  const plateCount = shop.layout.fixtureById.get(fixture)?.plates.length ?? 0;
  return (samplesGrams, trueMs) => {
    for (const fault of own) {
      if (fault.kind === 'nan-storm' && isDuring(fault, trueMs)) {
        for (let index = 0; index < samplesGrams.length; index++) {
          if (random.uniform() < fault.share) samplesGrams[index] = Number.NaN;
        }
      }
      if (!('plateId' in fault) || !isDuring(fault, trueMs)) continue;
      const column = shop.layout.plateById.get(fault.plateId)?.columnIndex ?? 0;
      const stuckGrams = stuckAtGrams.get(fault.plateId) ?? samplesGrams[column] ?? 0;
      stuckAtGrams.set(fault.plateId, stuckGrams);
      const value = {
        'plate-dead': Number.NaN,
        'plate-stuck': stuckGrams,
        'plate-saturated': SATURATED_GRAMS,
      };
      for (let index = column; index < samplesGrams.length; index += plateCount)
        samplesGrams[index] = value[fault.kind];
    }
  };
}

export type PlateSpoiler = (samplesGrams: Float32Array, trueMs: number) => void;

/** The messages of one source as they arrive: none, one, or several for each that was sent. */
export function* deliver(sent: Iterable<SentObservation>, setting: FaultSetting): Generator<SentObservation> {
  let delayed: SentObservation[] = [];
  let sequenceBase = 0;
  for (const message of sent) {
    const onSource = setting.faults.filter(
      (fault) => !('source' in fault) || fault.source === undefined || fault.source === message.sourceName,
    );
    const restart = onSource.find((fault) => fault.kind === 'sequence-restart');
    if (restart && sequenceBase === 0 && message.trueMs >= restart.atMs)
      sequenceBase = message.observation.sequence;
    const restarted = renumbered(message, sequenceBase);
    const arriving = arrivals(withClockStep(restarted, onSource), onSource, setting.random);
    delayed = [...delayed, ...arriving].toSorted(byArrival);
    const dueMs = message.observation.receivedAtMs;
    while (delayed.length > 0 && delayed[0]!.observation.receivedAtMs <= dueMs) yield delayed.shift()!;
  }
  yield* delayed;
}

export function byArrival(a: SentObservation, b: SentObservation): number {
  return a.observation.receivedAtMs - b.observation.receivedAtMs;
}

function renumbered(message: SentObservation, base: number): SentObservation {
  if (base === 0) return message;
  const sequence = message.observation.sequence - base;
  return { ...message, observation: { ...message.observation, sequence } };
}

function withClockStep(message: SentObservation, faults: readonly ScriptFault[]): SentObservation {
  let stepMs = 0;
  for (const fault of faults)
    if (fault.kind === 'clock-step' && message.trueMs >= fault.atMs) stepMs += fault.stepMs;
  if (stepMs === 0) return message;
  const observedAtMs = epochMs(message.observation.observedAtMs + stepMs);
  return { ...message, observation: { ...message.observation, observedAtMs } };
}

function later(message: SentObservation, ms: number): SentObservation {
  const receivedAtMs = epochMs(message.observation.receivedAtMs + ms);
  return { ...message, observation: { ...message.observation, receivedAtMs } };
}

function arrivals(
  message: SentObservation,
  faults: readonly ScriptFault[],
  random: Random,
): SentObservation[] {
  let copies = [message];
  for (const fault of faults) {
    if (fault.kind === 'source-silent' && isDuring(fault, message.trueMs)) return [];
    if (fault.kind !== 'lost' && fault.kind !== 'duplicated' && fault.kind !== 'shuffled') continue;
    const isHit = random.uniform() < fault.share && isDuring(fault, message.trueMs);
    if (!isHit) continue;
    if (fault.kind === 'lost') return [];
    if (fault.kind === 'shuffled')
      copies = copies.map((copy) => later(copy, random.uniform() * fault.delayMs));
    else
      for (let extra = 0; extra < (fault.copies ?? 1); extra++)
        copies.push(later(message, 5 + random.uniform() * 400));
  }
  return copies;
}
