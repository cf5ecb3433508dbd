/** Messages under way, earliest arrival first, those that were sent first before others: a binary heap. */
import type { Observation } from '../../domain/index.ts';

export interface Arrival {
  readonly arrivesTrueMs: number;
  /** Counts up; breaks ties. */
  readonly order: number;
  readonly observation: Observation;
}

function isBefore(a: Arrival, b: Arrival): boolean {
  return a.arrivesTrueMs === b.arrivesTrueMs ? a.order < b.order : a.arrivesTrueMs < b.arrivesTrueMs;
}

export function addArrival(heap: Arrival[], arrival: Arrival): void {
  let index = heap.length;
  heap.push(arrival);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(arrival, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = arrival;
}

/** Takes the first one out; undefined where nothing is under way. */
export function takeArrival(heap: Arrival[]): Arrival | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return first;
}
