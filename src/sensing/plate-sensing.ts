/**
 * Plate sensing: batches of samples in, interactions and plate reports out. Streaming and bounded: each sample is
 * summed into its block in one pass over the fixture, each block updates the plates' quiet levels, and only shelves in
 * contact run the change-point detector. How samples are cut into batches changes nothing.
 */
import { addSamples, clearBlocks } from '../kernel/index.ts';
import { assert, present } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type { Fixture, Interaction, PlateBatch, PlateReport, Shelf, ShelfId } from '../domain/index.ts';
import { closeContact, followContact, interactionOf, isCalm, openContact, passHole } from './contact.ts';
import { followHealth } from './plate-health.ts';
import { SILENT, WORKING } from './plate-state.ts';
import type { FixtureClock, PlateSensing } from './plate-state.ts';
import { isDisturbed, learnQuiet } from './quiet.ts';
import { isTared } from './tare.ts';

/** Hears what sensing finds, in order. */
export interface SensingSink {
  interaction(found: Interaction): void;
  plateReport(found: PlateReport): void;
}

/** A hole in time of more than this many blocks breaks the open block off. */
const GAP_BLOCKS = 1.5;

/**
 * Senses one batch. The batch's fixture is in the layout and its samples have the shape `(sampleCount, plates)`: the
 * engine checks both at the door. Batches of a fixture come in the order of their sensor time.
 */
export function sensePlates(sensing: PlateSensing, batch: PlateBatch, sink: SensingSink): void {
  const fixture = present(sensing.layout.fixtureById.get(batch.fixtureId), 'SENSING_FIXTURE_UNKNOWN');
  const columns = fixture.plates.length;
  assert(batch.samplesGrams.length === batch.sampleCount * columns, 'SENSING_SHAPE', {
    fixtureId: batch.fixtureId,
  });
  if (columns === 0) return;
  const clock = sensing.clocks[fixture.fixtureIndex]!;
  const sampleMs = 1000 / batch.rateHz;
  const firstPlate = fixture.plates[0]!.plateIndex;
  prepareClock(sensing, fixture, batch);
  let row = 0;
  while (row < batch.sampleCount) {
    const rows = Math.min(clock.blockSamples - clock.fill, batch.sampleCount - row);
    addSamples(batch.samplesGrams, columns, row, row + rows, firstPlate, sensing.sums);
    row += rows;
    clock.fill += rows;
    clock.lastSampleAtMs = batch.observedAtMs - (batch.sampleCount - row) * sampleMs;
    if (clock.fill === clock.blockSamples) endBlock(sensing, fixture, sink);
  }
  clock.lastReceivedAtMs = batch.receivedAtMs;
  sensing.counters.samples += batch.samplesGrams.length;
}

function prepareClock(sensing: PlateSensing, fixture: Fixture, batch: PlateBatch): void {
  const clock = sensing.clocks[fixture.fixtureIndex]!;
  const { settings } = sensing;
  const blockSamples = Math.max(1, Math.round((settings.blockMs * batch.rateHz) / 1000));
  const firstSampleAtMs = batch.observedAtMs - ((batch.sampleCount - 1) * 1000) / batch.rateHz;
  const holeMs = firstSampleAtMs - clock.lastSampleAtMs;
  const isGap = holeMs > GAP_BLOCKS * settings.blockMs;
  if (blockSamples === clock.blockSamples && !isGap) return;
  if (isGap) skipHole(sensing, fixture, firstSampleAtMs);
  clock.blockSamples = blockSamples;
  clock.blockSpanMs = (blockSamples * 1000) / batch.rateHz;
  clock.fill = 0;
  const first = fixture.plates[0]!.plateIndex;
  clearBlocks(sensing.sums, first, first + fixture.plates.length);
}

/** Blocks are counted on through a hole, so that what was before it keeps its time. */
function skipHole(sensing: PlateSensing, fixture: Fixture, goesOnAtMs: number): void {
  const clock = sensing.clocks[fixture.fixtureIndex]!;
  sensing.counters.gaps++;
  const sampleMs = clock.blockSpanMs / clock.blockSamples;
  const lastBlockAtMs = clock.lastSampleAtMs - clock.fill * sampleMs;
  const missing = Math.max(0, Math.round((goesOnAtMs - sampleMs - lastBlockAtMs) / clock.blockSpanMs));
  if (missing === 0) return;
  clock.holeFirstBlock = clock.blockNumber + 1;
  clock.blockNumber += missing;
  clock.holeLastBlock = clock.blockNumber;
  for (const shelf of fixture.shelves) passHole(sensing, shelf, missing);
}

function endBlock(sensing: PlateSensing, fixture: Fixture, sink: SensingSink): void {
  const clock = sensing.clocks[fixture.fixtureIndex]!;
  clock.blockNumber++;
  clock.fill = 0;
  summariseBlock(sensing, fixture, clock);
  if (isTared(sensing, fixture, clock)) forgetLevels(sensing, fixture, sink);
  for (const shelf of fixture.shelves) senseShelf(sensing, shelf, sink);
  sensing.counters.blocks++;
}

/** The fixture began anew: what was in contact ends with what was known, and all levels are learnt again. */
function forgetLevels(sensing: PlateSensing, fixture: Fixture, sink: SensingSink): void {
  sensing.counters.tares++;
  for (const shelf of fixture.shelves) endContactNow(sensing, shelf, sink);
  for (const plate of fixture.plates) sensing.plates.quietBlocks[plate.plateIndex] = 0;
}

/** Turns the sums of the fixture's block into means and variances, and empties them. */
function summariseBlock(sensing: PlateSensing, fixture: Fixture, clock: FixtureClock): void {
  const { sums, plates, counters } = sensing;
  const first = fixture.plates[0]!.plateIndex;
  const end = first + fixture.plates.length;
  for (let plate = first; plate < end; plate++) {
    const n = sums.count[plate]!;
    const mean = n > 0 ? sums.sum[plate]! / n : NaN;
    plates.blockMean[plate] = sums.ref[plate]! + mean;
    const variance = n > 1 ? (sums.sumSquares[plate]! - sums.sum[plate]! * mean) / (n - 1) : 0;
    plates.blockVariance[plate] = variance > 0 ? variance : 0;
    counters.missingSamples += clock.blockSamples - n;
  }
  clearBlocks(sums, first, end);
}

function senseShelf(sensing: PlateSensing, shelf: Shelf, sink: SensingSink): void {
  const clock = sensing.clocks[shelf.fixtureIndex]!;
  const contact = sensing.contacts[shelf.shelfIndex]!;
  let isTouched = false;
  for (const plate of shelf.plates) {
    const report = followHealth(sensing, plate, clock);
    if (report) sink.plateReport(report);
    if (sensing.plates.condition[plate.plateIndex] !== WORKING) continue;
    if (!contact.isOpen && isDisturbed(sensing, plate.plateIndex)) isTouched = true;
  }
  if (isTouched) openContact(sensing, shelf, clock);
  if (!contact.isOpen) {
    learnShelf(sensing, shelf);
    return;
  }
  followContact(sensing, shelf, clock);
  if (isCalm(sensing, shelf)) endContact(sensing, shelf, sink);
  else if (contact.hasNewPlateau) tellProvisional(sensing, shelf, sink);
}

function learnShelf(sensing: PlateSensing, shelf: Shelf): void {
  const { plates } = sensing;
  for (const plate of shelf.plates) {
    const at = plate.plateIndex;
    if (plates.condition[at] === WORKING && plates.blockMean[at] === plates.blockMean[at])
      learnQuiet(sensing, at);
  }
}

function tellProvisional(sensing: PlateSensing, shelf: Shelf, sink: SensingSink): void {
  const contact = sensing.contacts[shelf.shelfIndex]!;
  contact.hasNewPlateau = false;
  const found = interactionOf(sensing, shelf, 'provisional');
  if (found.steps.length === contact.toldSteps) return;
  contact.wasTold = true;
  contact.toldSteps = found.steps.length;
  sink.interaction(found);
}

function endContact(sensing: PlateSensing, shelf: Shelf, sink: SensingSink): void {
  const contact = sensing.contacts[shelf.shelfIndex]!;
  const found = interactionOf(sensing, shelf, 'final');
  closeContact(sensing, shelf);
  if (found.steps.length === 0 && !contact.wasTold) {
    sensing.counters.emptyContacts++;
    return;
  }
  sensing.counters.interactions++;
  sink.interaction(found);
}

/** Shelves in contact now. */
export function openContacts(sensing: PlateSensing): ShelfId[] {
  return sensing.layout.shelves
    .filter((shelf) => sensing.contacts[shelf.shelfIndex]!.isOpen)
    .map((shelf) => shelf.shelfId);
}

/**
 * Ends the contact of `shelf` now, calm or not: a visit that leaves waits for a shelf only so long, and a recording
 * ends when it ends. The final interaction carries the spread of what was seen until then.
 */
export function endContactNow(sensing: PlateSensing, shelf: Shelf, sink: SensingSink): void {
  if (sensing.contacts[shelf.shelfIndex]!.isOpen) endContact(sensing, shelf, sink);
}

/** Reports every plate of a fixture silent that has sent no batch since `sinceMs` (receive time). */
export function reportSilentFixtures(
  sensing: PlateSensing,
  sinceMs: EpochMs,
  sink: Pick<SensingSink, 'plateReport'>,
): void {
  for (const fixture of sensing.layout.fixtures) {
    if (sensing.clocks[fixture.fixtureIndex]!.lastReceivedAtMs > sinceMs) continue;
    for (const plate of fixture.plates) {
      if (sensing.plates.condition[plate.plateIndex] === SILENT) continue;
      // Its level stays known: what it is when it comes back tells what happened meanwhile.
      sensing.plates.condition[plate.plateIndex] = SILENT;
      sink.plateReport({ plateId: plate.plateId, condition: 'silent', atMs: sinceMs });
    }
  }
}
