import { assert } from './assert.ts';

/**
 * The last `capacity` items, oldest first. Pushing on a full ring drops the oldest item and counts it in
 * `droppedCount`: the named overflow policy of every bounded history in the house.
 */
export class RingBuffer<Item> {
  readonly capacity: number;
  private readonly slots: (Item | undefined)[];
  private start = 0;
  private count = 0;
  private dropped = 0;

  constructor(capacity: number) {
    assert(Number.isInteger(capacity) && capacity > 0, 'RING_CAPACITY', { capacity });
    this.capacity = capacity;
    this.slots = new Array<Item | undefined>(capacity);
  }

  get size(): number {
    return this.count;
  }

  get droppedCount(): number {
    return this.dropped;
  }

  push(item: Item): void {
    if (this.count === this.capacity) {
      this.slots[this.start] = item;
      this.start = (this.start + 1) % this.capacity;
      this.dropped++;
      return;
    }
    this.slots[(this.start + this.count) % this.capacity] = item;
    this.count++;
  }

  /** The item at `index`, 0 the oldest; undefined outside. */
  at(index: number): Item | undefined {
    if (index < 0 || index >= this.count) return undefined;
    return this.slots[(this.start + index) % this.capacity];
  }

  newest(): Item | undefined {
    return this.at(this.count - 1);
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (let index = 0; index < this.count; index++) {
      yield this.slots[(this.start + index) % this.capacity] as Item;
    }
  }
}
