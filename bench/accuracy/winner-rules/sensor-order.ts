/**
 * Observations as a database would give them back, by sensor time and each once: the winner read finished recordings,
 * so lateness and repeats are not held against its rules. Between sources the order stays that of arrival.
 */
import type { Observation, SourceId } from '../../../src/domain/index.ts';

/** What comes later than this counts as lost. */
const HOLD_MS = 5000;
const SEQUENCES_MAX = 4096;

interface SourceQueue {
  /** By `observedAtMs`. */
  readonly waiting: Observation[];
  readonly seen: Set<string>;
}

export interface SensorOrder {
  push(observation: Observation): Observation[];
  rest(): Observation[];
}

export function createSensorOrder(): SensorOrder {
  const queues = new Map<SourceId, SourceQueue>();
  return {
    push(observation) {
      const queue = queueOf(queues, observation.source);
      if (isNew(queue, observation)) insert(queue.waiting, observation);
      return release(queue, observation.receivedAtMs - HOLD_MS);
    },
    rest() {
      const all = [...queues.values()].flatMap((queue) => release(queue, Infinity));
      return all.sort((a, b) => a.observedAtMs - b.observedAtMs);
    },
  };
}

function queueOf(queues: Map<SourceId, SourceQueue>, source: SourceId): SourceQueue {
  const known = queues.get(source);
  if (known) return known;
  const made: SourceQueue = { waiting: [], seen: new Set() };
  queues.set(source, made);
  return made;
}

function isNew({ seen }: SourceQueue, { sequence, observedAtMs }: Observation): boolean {
  // The time is part of the name because a device that starts again counts from 0.
  const name = `${sequence}@${observedAtMs}`;
  if (seen.has(name)) return false;
  seen.add(name);
  if (seen.size > SEQUENCES_MAX) for (const oldest of seen) return seen.delete(oldest);
  return true;
}

function insert(waiting: Observation[], observation: Observation): void {
  let place = waiting.length;
  while (place > 0 && waiting[place - 1]!.observedAtMs > observation.observedAtMs) place--;
  waiting.splice(place, 0, observation);
}

function release({ waiting }: SourceQueue, receivedByMs: number): Observation[] {
  let count = 0;
  while (count < waiting.length && waiting[count]!.receivedAtMs <= receivedByMs) count++;
  return waiting.splice(0, count);
}
