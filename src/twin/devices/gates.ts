/** Gates that count who goes through and which way: quick, and nearly always right. */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { sourceId } from '../../domain/index.ts';
import { drawBetweenMs, ownRandom } from '../words/index.ts';
import type { GatePassage, ReadingOf } from '../words/index.ts';

/** Assumed for light barriers: nobody publishes figures for a single kind of them. */
export interface GateSettings {
  readonly missedShare: number;
  /** A trailing arm or bag breaks the beam once more, within this time. */
  readonly doubledShare: number;
  readonly doubledMs: { readonly fromMs: number; readonly untilMs: number };
  /** From the middle of the passage until the gate is sure. */
  readonly delayMs: { readonly fromMs: number; readonly untilMs: number };
}

export const GATE_SETTINGS: GateSettings = {
  missedShare: 0.005,
  doubledShare: 0.005,
  doubledMs: { fromMs: 200, untilMs: 700 },
  delayMs: { fromMs: 30, untilMs: 150 },
};

export interface Gates {
  readonly settings: GateSettings;
  readonly random: Random;
  /** What the gates are about to tell, in order of time: those who went through within a second. */
  readonly untold: ReadingOf<'gate'>[];
  readTrueMs: number;
}

export function createGates(options: { readonly seed: number; readonly settings?: GateSettings }): Gates {
  const { seed, settings = GATE_SETTINGS } = options;
  return { settings, random: ownRandom(seed, 'gates'), untold: [], readTrueMs: 0 };
}

/** Somebody goes through a gate; passages come in order of time, none before what was read. */
export function passGate(gates: Gates, passage: GatePassage): void {
  const { settings, random, readTrueMs } = gates;
  const { atTrueMs, gateId, direction } = passage;
  assert(atTrueMs >= readTrueMs, 'PASSAGE_TOLD_LATE', { gateId, atTrueMs, readTrueMs });
  const isMissed = random.uniform() < settings.missedShare;
  const isDoubled = random.uniform() < settings.doubledShare;
  const delayMs = drawBetweenMs(random, settings.delayMs);
  const againMs = drawBetweenMs(random, settings.doubledMs);
  const tell = (trueMs: number): void => {
    const reading = { kind: 'gate', source: sourceId(`gates/${gateId}`), gateId, direction, trueMs } as const;
    const index = gates.untold.findIndex((other) => other.trueMs > trueMs);
    gates.untold.splice(index < 0 ? gates.untold.length : index, 0, reading);
  };
  if (!isMissed) tell(atTrueMs + delayMs);
  if (!isMissed && isDoubled) tell(atTrueMs + delayMs + againMs);
}

/** What gates tell up to and with `untilTrueMs`, in order of time. */
export function readGates(
  gates: Gates,
  untilTrueMs: number,
  emit: (reading: ReadingOf<'gate'>) => void,
): void {
  while (gates.untold.length > 0 && gates.untold[0]!.trueMs <= untilTrueMs) emit(gates.untold.shift()!);
  gates.readTrueMs = untilTrueMs;
}
