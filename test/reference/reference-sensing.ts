/**
 * Plate sensing written for the eye: the mathematics of src/sensing with lists and objects, one plate after the other
 * and one block after the other. Slow and obvious; the streaming implementation must find the same.
 *
 * What may differ, and why. The streaming posterior drops runs that fall e⁻¹⁶ behind the best one and keeps at most 24;
 * the reference keeps (nearly) all. A run that was dropped can no longer come back, so where two segmentations are
 * equally good for long (a slow ramp, ringing at the edge of the noise) the boundary between two plateaus may move by
 * a block or a level by a fraction of its spread. Streaming pools the two most alike of more than 16 plateaus; the
 * reference keeps all. Times are reckoned back from the newest sample there and looked up here, which differs by the
 * jitter of the stamps. Only final interactions with steps are compared; what is told in between is not worked out.
 */
import type { Fixture, PlateBatch, Shelf, ShelfId } from '../../src/domain/index.ts';
import { blocksOf } from './fixture-blocks.ts';
import type { FixtureBlock, PlateBlock } from './fixture-blocks.ts';
import {
  beginContact,
  endContact,
  follow,
  followCondition,
  isSettled,
  isTouched,
  learnQuietly,
  newPlate,
} from './reference-plate.ts';
import type { ReferencePlate } from './reference-plate.ts';
import { aged } from './run-posterior.ts';
import { stepsOf } from './reference-steps.ts';
import type { ReferenceStep } from './reference-steps.ts';

export interface ReferenceInteraction {
  readonly shelfId: ShelfId;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly steps: readonly ReferenceStep[];
}

class ReferenceShelf {
  readonly found: ReferenceInteraction[] = [];
  private readonly shelf: Shelf;
  private readonly blocks: readonly FixtureBlock[];
  private readonly plates: readonly ReferencePlate[];
  private startedAtMs: number | null = null;

  constructor(shelf: Shelf, blocks: readonly FixtureBlock[]) {
    this.shelf = shelf;
    this.blocks = blocks;
    this.plates = shelf.plates.map(newPlate);
  }

  senseAll(): ReferenceInteraction[] {
    this.blocks.forEach((_, number) => this.sense(number));
    if (this.startedAtMs !== null) this.end(this.blocks.length - 1);
    return this.found.filter(({ steps }) => steps.length > 0);
  }

  private sense(number: number): void {
    const block = this.blocks[number]!;
    if (block.plates.length === 0) {
      for (const it of this.plates) it.posterior = aged(it.posterior, 1);
      return;
    }
    const seen = (it: ReferencePlate): PlateBlock | null => block.plates[it.plate.columnIndex] ?? null;
    for (const it of this.plates) followCondition(it, seen(it));
    if (this.startedAtMs === null && this.plates.some((it) => isTouched(it, seen(it)))) {
      this.startedAtMs = block.endedAtMs - block.spanMs;
      for (const it of this.plates) beginContact(it, seen(it), number - 1);
    }
    if (this.startedAtMs === null) {
      for (const it of this.plates) this.learn(it, seen(it));
      return;
    }
    for (const it of this.plates) follow(it, seen(it), number);
    if (this.plates.every((it) => isSettled(it, seen(it)))) this.end(number);
  }

  private learn(it: ReferencePlate, block: PlateBlock | null): void {
    if (it.condition === 'working' && block) learnQuietly(it, block);
  }

  private end(number: number): void {
    const { shelfId } = this.shelf;
    const steps = stepsOf(this.plates, this.blocks, number);
    const endedAtMs = this.blocks[number]!.endedAtMs;
    this.found.push({ shelfId, startedAtMs: this.startedAtMs!, endedAtMs, steps });
    for (const it of this.plates) endContact(it);
    this.startedAtMs = null;
  }
}

/** Every contact of `fixture` that left a step, shelf by shelf; the last one ends where the batches end. */
export function senseByReference(fixture: Fixture, batches: readonly PlateBatch[]): ReferenceInteraction[] {
  const blocks = blocksOf(batches);
  return fixture.shelves.flatMap((shelf) => new ReferenceShelf(shelf, blocks).senseAll());
}
