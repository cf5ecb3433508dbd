/**
 * Contact of a shelf: it opens when any of its plates is disturbed and closes when all of them are calm, however
 * long that takes. While it is open every plate of the shelf runs the change-point detector; what it told before the
 * end is provisional. A shopper who leans on a shelf for minutes is contact, not an event, until the lean ends.
 */
import { epochMs } from '../base/index.ts';
import { ageRuns, runVariance, startRuns, updateRuns } from '../kernel/index.ts';
import { interactionId } from '../domain/index.ts';
import type { Interaction, Shelf } from '../domain/index.ts';
import { learnNoise } from './quiet.ts';
import { WORKING } from './plate-state.ts';
import type { FixtureClock, PlateSensing } from './plate-state.ts';
import { notePlateau, startPlateaus } from './plateaus.ts';
import { shelfChanges, shelfSteps } from './steps.ts';

/** Smoothing of unrest: about the last half second. */
const UNREST_RATE = 0.25;
/** However hard a push, it counts as this much: one blow must not hold contact for seconds. */
const UNREST_MAX = 40;
/** Noise below this is the sensor's grain, grams²; calm is judged against at least this. */
const GRAIN = 0.3 * 0.3;
/** A new level's blocks may ring: prior standard deviation against the quiet one, and at least this many grams. */
const RINGING_RATIO = 1.5;
const RINGING_GRAMS_MIN = 0.4;
/** Past blocks that stand for the quiet level in the detector: more would make it slow to doubt. */
const QUIET_OBSERVATIONS_MAX = 20;

export function openContact(sensing: PlateSensing, shelf: Shelf, clock: FixtureClock): void {
  const contact = sensing.contacts[shelf.shelfIndex]!;
  contact.isOpen = true;
  contact.startedAtMs = clock.lastSampleAtMs - clock.blockSpanMs;
  contact.contactCount++;
  contact.wasTold = false;
  contact.toldSteps = 0;
  contact.hasNewPlateau = false;
  for (const plate of shelf.plates) startDetector(sensing, plate.plateIndex, clock.blockNumber - 1);
}

function startDetector(sensing: PlateSensing, plate: number, blockNumber: number): void {
  const { plates, runs } = sensing;
  if (plates.quietBlocks[plate] === 0) takeFirstLevel(sensing, plate);
  const level = plates.level[plate]!;
  const wander = plates.wander[plate]!;
  const ringing = Math.max(RINGING_RATIO * Math.sqrt(wander), RINGING_GRAMS_MIN);
  const observations = Math.max(1, Math.min(plates.quietBlocks[plate]!, QUIET_OBSERVATIONS_MAX));
  startRuns(runs, plate, observations, level, wander, ringing * ringing);
  startPlateaus(sensing, plate, blockNumber);
  plates.previousMean[plate] = level;
  plates.unrest[plate] = 0;
  plates.lowest[plate] = level;
  plates.highest[plate] = level;
}

/** A plate that has no quiet level yet, or lost it, starts from what it reads now. */
function takeFirstLevel(sensing: PlateSensing, plate: number): void {
  const mean = sensing.plates.blockMean[plate]!;
  if (Number.isNaN(mean)) return;
  sensing.plates.level[plate] = mean;
  sensing.plates.quietBlocks[plate] = 1;
}

/** Feeds the present block of every working plate of the shelf to its detector. */
export function followContact(sensing: PlateSensing, shelf: Shelf, clock: FixtureClock): void {
  const contact = sensing.contacts[shelf.shelfIndex]!;
  for (const plate of shelf.plates) {
    const at = plate.plateIndex;
    if (sensing.plates.condition[at] !== WORKING) continue;
    const mean = sensing.plates.blockMean[at]!;
    if (Number.isNaN(mean)) {
      ageRuns(sensing.runs, at, 1);
      continue;
    }
    if (sensing.plates.quietBlocks[at] === 0) {
      startDetector(sensing, at, clock.blockNumber);
      continue;
    }
    updateRuns(sensing.runs, at, mean);
    if (notePlateau(sensing, at, clock.blockNumber)) contact.hasNewPlateau = true;
    followUnrest(sensing, at, mean);
    if (mayAdopt(sensing, at)) adoptNoise(sensing, at, mean);
  }
}

/** `missing` blocks of the fixture never came: what is in contact grows older by them. */
export function passHole(sensing: PlateSensing, shelf: Shelf, missing: number): void {
  if (!sensing.contacts[shelf.shelfIndex]!.isOpen) return;
  for (const plate of shelf.plates) ageRuns(sensing.runs, plate.plateIndex, missing);
}

function followUnrest(sensing: PlateSensing, plate: number, mean: number): void {
  const { plates } = sensing;
  const move = mean - plates.previousMean[plate]!;
  // A slow sway moves little from block to block, but leaves its own level by much.
  const off = mean - sensing.runs.mean[sensing.runs.best[plate]!]!;
  const moved = Math.max(0.5 * move * move, off * off) / Math.max(plates.wander[plate]!, GRAIN);
  const shaken = plates.blockVariance[plate]! / Math.max(plates.noise[plate]!, GRAIN);
  const now = Math.min(Math.max(moved, shaken), UNREST_MAX);
  plates.unrest[plate]! += UNREST_RATE * (now - plates.unrest[plate]!);
  plates.previousMean[plate] = mean;
  if (mean < plates.lowest[plate]!) plates.lowest[plate] = mean;
  if (mean > plates.highest[plate]!) plates.highest[plate] = mean;
}

/**
 * A level that stands for long is how the plate is now: a compressor that starts must not hold contact for ever. It
 * leaves the level where it was, though; who leans does not, and must stay contact however long they sway.
 */
function mayAdopt(sensing: PlateSensing, plate: number): boolean {
  const { runs, settings, plates } = sensing;
  const best = runs.best[plate]!;
  const age = runs.age[best]!;
  if (age < settings.adoptBlocks) return false;
  const off = runs.mean[best]! - plates.level[plate]!;
  const spread = settings.stepSigmas ** 2 * settings.wanderShare * runVariance(runs, best);
  const isUnmoved = off * off <= Math.max(settings.stepGramsMin ** 2, spread);
  return isUnmoved || age >= settings.adoptChangedBlocks;
}

function adoptNoise(sensing: PlateSensing, plate: number, mean: number): void {
  const off = mean - sensing.runs.mean[sensing.runs.best[plate]!]!;
  learnNoise(sensing, plate, off * off);
}

/** True where every working plate of the shelf holds a settled, calm level. */
export function isCalm(sensing: PlateSensing, shelf: Shelf): boolean {
  const { plates, settings } = sensing;
  for (const plate of shelf.plates) {
    const at = plate.plateIndex;
    if (plates.condition[at] !== WORKING) continue;
    if (plates.unrest[at]! > settings.calmRatio) return false;
    if (sensing.runs.count[sensing.runs.best[at]!]! < settings.settleBlocks) return false;
  }
  return true;
}

/** Ends the contact: the plates go on quietly from the levels that they hold now. */
export function closeContact(sensing: PlateSensing, shelf: Shelf): void {
  const { plates, runs } = sensing;
  sensing.contacts[shelf.shelfIndex]!.isOpen = false;
  for (const plate of shelf.plates) {
    const at = plate.plateIndex;
    if (!isUsable(sensing, at)) continue;
    const best = runs.best[at]!;
    plates.level[at] = runs.mean[best]!;
    plates.quietBlocks[at] = Math.min(runs.count[best]!, sensing.settings.levelBlocks);
  }
}

function isUsable(sensing: PlateSensing, plate: number): boolean {
  return sensing.plates.condition[plate] === WORKING && sensing.plates.quietBlocks[plate]! > 0;
}

/** What the contact has come to by now. */
export function interactionOf(sensing: PlateSensing, shelf: Shelf, phase: Interaction['phase']): Interaction {
  const contact = sensing.contacts[shelf.shelfIndex]!;
  const working = shelf.plates.filter((plate) => isUsable(sensing, plate.plateIndex));
  return {
    interactionId: interactionId(`${shelf.shelfId}#${contact.contactCount}`),
    phase,
    shelfId: shelf.shelfId,
    startedAtMs: epochMs(contact.startedAtMs),
    endedAtMs: epochMs(sensing.clocks[shelf.fixtureIndex]!.lastSampleAtMs),
    steps: shelfSteps(sensing, working),
    changes: shelfChanges(sensing, working),
  };
}
