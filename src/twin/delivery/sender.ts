/** One source: its numbers, its clock and its way to the shop. */
import type { Random } from '../../base/index.ts';
import { isInForce, ownRandom } from '../words/index.ts';
import type { DeliveryFault, Reading } from '../words/index.ts';
import type { DeliverySettings } from './settings.ts';

export interface Sender {
  nextSequence: number;
  /** When its last message arrives that nothing held up: later ones do not overtake it. */
  lastArrivesTrueMs: number;
  readonly offsetMs: number;
  readonly network: Random;
  /** By the fault's place in the list: what each fault does to this source. */
  readonly struck: readonly StruckSender[];
}

export interface StruckSender {
  readonly fault: DeliveryFault;
  readonly random: Random;
  /** Stays as it is through the fault: −1 to 1. */
  readonly clockOffsetShare: number;
  readonly clockPpmShare: number;
  /** Among the share that a clock step or an outage hits. */
  readonly isHit: boolean;
}

/** What a share of sources is counted by: fixtures are known before their first message. */
export function senderName(reading: Reading): string {
  return reading.kind === 'plates' ? fixtureSender(reading.fixtureId) : reading.source;
}

export function fixtureSender(fixtureId: string): string {
  return `fixture ${fixtureId}`;
}

/** A seeded share of the names; at least one where the share is above 0. */
export function chosenShare(names: readonly string[], share: number, random: Random): ReadonlySet<string> {
  const left = [...names];
  const count = share > 0 ? Math.max(1, Math.round(share * names.length)) : 0;
  const chosen = new Set<string>();
  while (chosen.size < count && left.length > 0) {
    const index = random.below(left.length);
    chosen.add(left[index]!);
    left[index] = left.at(-1)!;
    left.pop();
  }
  return chosen;
}

export interface NewSender {
  readonly seed: number;
  readonly settings: DeliverySettings;
  readonly faults: readonly DeliveryFault[];
  /** By the fault's place in the list: the names it hits. */
  readonly hitByFault: readonly ReadonlySet<string>[];
  /** Names that the shares were taken of. */
  readonly known: ReadonlySet<string>;
}

export function createSender(reading: Reading, given: NewSender): Sender {
  const { seed, settings, faults, known } = given;
  const name = senderName(reading);
  const clock = ownRandom(seed, `clock of ${reading.source}`);
  const struck = faults.map((fault, index): StruckSender => {
    const random = ownRandom(seed, `fault ${index} at ${reading.source}`);
    const clockOffsetShare = 2 * random.uniform() - 1;
    const clockPpmShare = 2 * random.uniform() - 1;
    const draw = random.uniform();
    // A source that nobody knew of beforehand is hit with the chance that the share says.
    const isStranger = !known.has(name) && fault.kind === 'clock-step';
    const isHit = isStranger ? draw < fault.share : given.hitByFault[index]!.has(name);
    return { fault, random, clockOffsetShare, clockPpmShare, isHit };
  });
  return {
    nextSequence: 0,
    lastArrivesTrueMs: -Infinity,
    offsetMs: (2 * clock.uniform() - 1) * settings.clockOffsetMsMaxByKind[reading.kind],
    network: ownRandom(seed, `network of ${reading.source}`),
    struck,
  };
}

/** How far a fault puts the source's clock off at this moment; 0 where it does not. */
export function clockErrorMs(struck: StruckSender, trueMs: number): number {
  const { fault } = struck;
  if (!isInForce(fault, trueMs)) return 0;
  if (fault.kind === 'clock-step') return struck.isHit ? fault.stepMs : 0;
  if (fault.kind !== 'clock-skew') return 0;
  const runningMs = trueMs - fault.fromS * 1000;
  return struck.clockOffsetShare * fault.offsetMsMax + struck.clockPpmShare * fault.ppmMax * 1e-6 * runningMs;
}

/** When a message sent now would arrive if nothing held it up: behind those that were sent before. */
export function arrivalOf(sender: Sender, reading: Reading, settings: DeliverySettings): number {
  const { fromMs, untilMs, tailShare, tailMsMax } = settings.latencyByKind[reading.kind];
  const { network } = sender;
  const usualMs = fromMs + (untilMs - fromMs) * network.uniform();
  const isInTail = network.uniform() < tailShare;
  const tailMs = network.uniform() * tailMsMax;
  const arrivesTrueMs = reading.trueMs + usualMs + (isInTail ? tailMs : 0);
  sender.lastArrivesTrueMs = Math.max(sender.lastArrivesTrueMs, arrivesTrueMs);
  return sender.lastArrivesTrueMs;
}
