/**
 * What the plates of one fixture are and where they stand: struct of arrays, an entry per column. What rings is a
 * damped oscillator per plate, y[n] = a₁·y[n−1] + a₂·y[n−2] + drive[n] with a₁ = 2ρ·cos ω, a₂ = −ρ²; a drive of
 * sin ω makes a first peak near 1.
 */
import { exactExp, exactSineCosine } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { Fixture, Plate } from '../../domain/index.ts';
import { spreadOver, within } from './draw.ts';
import type { PlateSettings } from './settings.ts';

/** Places beside a plate that may feel its load, as steps along the shelf. */
export const NEIGHBOUR_STEPS = [-2, -1, 1, 2] as const;

export interface PlateColumns {
  readonly offsetGrams: Float64Array;
  readonly gain: Float64Array;
  readonly whiteGrams: Float64Array;
  /** Tones, as parts of the fixture's cosine and sine. */
  readonly humCosine: Float64Array;
  readonly humSine: Float64Array;
  readonly swayCosine: Float64Array;
  readonly swaySine: Float64Array;
  readonly wanderGrams: Float64Array;
  readonly ringingA1: Float64Array;
  readonly ringingA2: Float64Array;
  readonly ringingDrive: Float64Array;
  /** Drive per sample of what never rests, standard deviation. */
  readonly tremorDrive: Float64Array;
  readonly footstepGrams: Float64Array;
  readonly burstShare: Float64Array;
  /** `(plates, 4)`: what the neighbour at each of `NEIGHBOUR_STEPS` shows of this plate's load; 0 where none is. */
  readonly crossTalk: Float64Array;
  /** From here on: state. Goods on the plate, and what it shows of its neighbours' since the start. */
  readonly loadGrams: Float64Array;
  readonly wanderNow: Float64Array;
  readonly driftGrams: Float64Array;
  readonly driftPerBatch: Float64Array;
  readonly ringing1: Float64Array;
  readonly ringing2: Float64Array;
}

function emptyColumns(count: number): PlateColumns {
  const column = (): Float64Array => new Float64Array(count);
  return {
    offsetGrams: column(),
    gain: column(),
    whiteGrams: column(),
    humCosine: column(),
    humSine: column(),
    swayCosine: column(),
    swaySine: column(),
    wanderGrams: column(),
    ringingA1: column(),
    ringingA2: column(),
    ringingDrive: column(),
    tremorDrive: column(),
    footstepGrams: column(),
    burstShare: column(),
    crossTalk: new Float64Array(count * NEIGHBOUR_STEPS.length),
    loadGrams: column(),
    wanderNow: column(),
    driftGrams: column(),
    driftPerBatch: column(),
    ringing1: column(),
    ringing2: column(),
  };
}

/** What the plates of one shelf have in common. */
interface ShelfNature {
  readonly ringingHz: number;
  readonly footstepGrams: number;
  readonly humPhaseRad: number;
}

const TURN_RAD = 6.283185307179586;

interface Build {
  readonly columns: PlateColumns;
  readonly settings: PlateSettings;
  readonly random: Random;
}

function setNoise(build: Build, column: number, shelf: ShelfNature): void {
  const { columns, settings, random } = build;
  const isNoisy = random.uniform() < settings.noisyShare;
  columns.whiteGrams[column] = isNoisy
    ? within(random, settings.noisyGrams)
    : spreadOver(random, settings.whiteGrams);
  const humGrams = spreadOver(random, settings.humGrams);
  const hum = exactSineCosine(shelf.humPhaseRad + random.normal() * 0.4);
  columns.humCosine[column] = humGrams * hum.cosine;
  columns.humSine[column] = humGrams * hum.sine;
  const swayGrams = spreadOver(random, settings.swayGrams);
  const sway = exactSineCosine(random.uniform() * TURN_RAD);
  columns.swayCosine[column] = swayGrams * sway.cosine;
  columns.swaySine[column] = swayGrams * sway.sine;
  columns.wanderGrams[column] = spreadOver(random, settings.wanderGrams);
  columns.wanderNow[column] = columns.wanderGrams[column]! * random.normal();
  columns.driftPerBatch[column] = driftPerBatch(settings, random.normal(), 0);
}

/** A new rate of drift: drawn, and pulled back by what has drifted. */
export function driftPerBatch(settings: PlateSettings, normal: number, driftedGrams: number): number {
  const batchS = settings.samplesPerBatch / settings.rateHz;
  const gramsPerS = (settings.driftGramsPerHour * normal) / 3600 - driftedGrams / settings.driftReturnS;
  return gramsPerS * batchS;
}

function setRinging(build: Build, column: number, shelf: ShelfNature): void {
  const { columns, settings, random } = build;
  // Below the half rate, whatever is drawn.
  const hz = Math.min(
    settings.rateHz * 0.45,
    shelf.ringingHz * (1 + settings.plateHzSpread * random.normal()),
  );
  const keep = exactExp(-1 / (settings.rateHz * within(random, settings.ringingS)));
  const { sine, cosine } = exactSineCosine((TURN_RAD * hz) / settings.rateHz);
  columns.ringingA1[column] = 2 * keep * cosine;
  columns.ringingA2[column] = -keep * keep;
  columns.ringingDrive[column] = sine;
  columns.footstepGrams[column] = shelf.footstepGrams * spreadOver(random, settings.footstepPlateSpread);
  columns.tremorDrive[column] = settings.tremorShare * columns.footstepGrams[column]! * sine;
  columns.burstShare[column] = within(random, settings.burstPlateShare);
}

function setCrossTalk(build: Build, plates: readonly Plate[], position: number): void {
  const { columns, settings, random } = build;
  NEIGHBOUR_STEPS.forEach((step, slot) => {
    const chance = settings.crossTalkChance[Math.abs(step) - 1]!;
    const isFelt = random.uniform() < chance;
    const share = within(random, settings.crossTalk);
    const index = plates[position]!.columnIndex * NEIGHBOUR_STEPS.length + slot;
    if (isFelt && plates[position + step]) columns.crossTalk[index] = share;
  });
}

/** The plates of `fixture`, each with its own nature; `loadGrams` by `plateIndex`. */
export function plateColumns(options: {
  readonly fixture: Fixture;
  readonly settings: PlateSettings;
  readonly random: Random;
  readonly loadGrams: Float64Array | undefined;
}): PlateColumns {
  const { fixture, settings, random } = options;
  const build: Build = { columns: emptyColumns(fixture.plates.length), settings, random };
  for (const { plates } of fixture.shelves) {
    const shelf: ShelfNature = {
      ringingHz: within(random, settings.shelfHz),
      footstepGrams: spreadOver(random, settings.footstepGrams),
      humPhaseRad: random.uniform() * TURN_RAD,
    };
    plates.forEach((plate, position) => {
      const column = plate.columnIndex;
      build.columns.offsetGrams[column] = within(random, settings.offsetGrams);
      build.columns.gain[column] = 1 + settings.gainSpread * random.normal();
      build.columns.loadGrams[column] = options.loadGrams?.[plate.plateIndex] ?? 0;
      setNoise(build, column, shelf);
      setRinging(build, column, shelf);
      setCrossTalk(build, plates, position);
    });
  }
  return build.columns;
}
