/**
 * The memory of plate sensing: struct of arrays over all plates of the store, by `plateIndex`. Its size is fixed by
 * the layout and never grows, however long the shop is open.
 */
import { createBlockSums, createRunLengths } from '../kernel/index.ts';
import type { BlockSums, RunLengths } from '../kernel/index.ts';
import type { StoreLayout } from '../domain/index.ts';
import type { SensingSettings } from './settings.ts';

/** ≤ 16 levels within one contact; the two most alike are merged when a longer one has more. */
export const PLATEAUS_MAX = 16;

export const WORKING = 0;
export const SILENT = 1;
export const STUCK = 2;
export const SATURATED = 3;

/** Levels a plate has held since its shelf's contact began; plate p owns the slots [p · PLATEAUS_MAX, …). */
export interface Plateaus {
  readonly count: Int32Array;
  /** Block numbers of the fixture: first and last block of the level. */
  readonly firstBlock: Float64Array;
  readonly lastBlock: Float64Array;
  /** Observations behind the level, mean (grams) and variance of one observation (grams²). */
  readonly observations: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface FixtureClock {
  /** Samples in the open block, and how many make it full at the present rate. */
  fill: number;
  blockSamples: number;
  /** How long a full block is; the rate need not divide `blockMs`. */
  blockSpanMs: number;
  /** Sensor time of the newest sample; NaN before the first. */
  lastSampleAtMs: number;
  /** Blocks completed so far, and those that fell into holes. */
  blockNumber: number;
  /** First and last block of the newest hole in the data; NaN before there was one. */
  holeFirstBlock: number;
  holeLastBlock: number;
  /** Receive time of the newest batch, for silence of a whole fixture. */
  lastReceivedAtMs: number;
}

export interface ShelfContact {
  isOpen: boolean;
  startedAtMs: number;
  /** Contacts so far; names the interaction. */
  contactCount: number;
  /** Whether anything has been told of this contact, and the steps in what was told last. */
  wasTold: boolean;
  toldSteps: number;
  hasNewPlateau: boolean;
}

export interface PlateArrays {
  /** Quiet level in grams and how many blocks stand behind it. */
  readonly level: Float64Array;
  readonly quietBlocks: Float64Array;
  /** Learnt variance of block means around the level, and of samples within a block (grams²). */
  readonly wander: Float64Array;
  readonly noise: Float64Array;
  /** The present block: mean and variance; NaN where the plate sent nothing. */
  readonly blockMean: Float64Array;
  readonly blockVariance: Float64Array;
  readonly previousMean: Float64Array;
  /** Smoothed ratio of present unrest to quiet noise, while in contact. */
  readonly unrest: Float64Array;
  /** Lowest and highest block mean since the contact began. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Health: blocks without data, blocks that repeat one value, blocks at the end of the range. */
  readonly missingBlocks: Float64Array;
  readonly constantBlocks: Float64Array;
  readonly saturatedBlocks: Float64Array;
  readonly constantValue: Float64Array;
  readonly condition: Uint8Array;
}

export interface SensingCounters {
  blocks: number;
  samples: number;
  /** Samples that were not numbers. */
  missingSamples: number;
  /** Contacts that ended without a step. */
  emptyContacts: number;
  interactions: number;
  /** Batches whose samples could not follow the ones before: a hole in time of more than a block. */
  gaps: number;
  /** Fixtures that came back with their scales set to zero. */
  tares: number;
}

export interface PlateSensing {
  readonly layout: StoreLayout;
  readonly settings: SensingSettings;
  readonly sums: BlockSums;
  readonly runs: RunLengths;
  readonly plates: PlateArrays;
  readonly plateaus: Plateaus;
  readonly clocks: readonly FixtureClock[];
  readonly contacts: readonly ShelfContact[];
  readonly counters: SensingCounters;
}

/** Before anything is learnt: noise of a usual plate, grams² of one sample and of a block mean. */
const NOISE_PRIOR = 1.5 * 1.5;
const WANDER_PRIOR = 0.8 * 0.8;

function createPlateArrays(plateCount: number): PlateArrays {
  const floats = (): Float64Array => new Float64Array(plateCount);
  return {
    level: floats(),
    quietBlocks: floats(),
    wander: floats().fill(WANDER_PRIOR),
    noise: floats().fill(NOISE_PRIOR),
    blockMean: floats().fill(NaN),
    blockVariance: floats(),
    previousMean: floats(),
    unrest: floats(),
    lowest: floats(),
    highest: floats(),
    missingBlocks: floats(),
    constantBlocks: floats(),
    saturatedBlocks: floats(),
    constantValue: floats().fill(NaN),
    condition: new Uint8Array(plateCount),
  };
}

function createPlateaus(plateCount: number): Plateaus {
  const slots = plateCount * PLATEAUS_MAX;
  return {
    count: new Int32Array(plateCount),
    firstBlock: new Float64Array(slots),
    lastBlock: new Float64Array(slots),
    observations: new Float64Array(slots),
    mean: new Float64Array(slots),
    variance: new Float64Array(slots),
  };
}

export function createPlateSensing(layout: StoreLayout, settings: SensingSettings): PlateSensing {
  const plateCount = layout.plates.length;
  return {
    layout,
    settings,
    sums: createBlockSums(plateCount),
    runs: createRunLengths(plateCount),
    plates: createPlateArrays(plateCount),
    plateaus: createPlateaus(plateCount),
    clocks: layout.fixtures.map(() => ({
      fill: 0,
      blockSamples: 0,
      blockSpanMs: settings.blockMs,
      lastSampleAtMs: NaN,
      blockNumber: 0,
      holeFirstBlock: NaN,
      holeLastBlock: NaN,
      lastReceivedAtMs: NaN,
    })),
    contacts: layout.shelves.map(() => ({
      isOpen: false,
      startedAtMs: 0,
      contactCount: 0,
      wasTold: false,
      toldSteps: 0,
      hasNewPlateau: false,
    })),
    counters: {
      blocks: 0,
      samples: 0,
      missingSamples: 0,
      emptyContacts: 0,
      interactions: 0,
      gaps: 0,
      tares: 0,
    },
  };
}

/** The clock of the fixture that the plate stands on. */
export function clockOf({ layout, clocks }: PlateSensing, plate: number): FixtureClock {
  return clocks[layout.shelves[layout.plates[plate]!.shelfIndex]!.fixtureIndex]!;
}
