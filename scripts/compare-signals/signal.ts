/** A stretch of plate samples, whether recorded or simulated: what both sides of the comparison are measured on. */
export interface PlateSignal {
  readonly plateId: string;
  readonly shelfId: string;
  readonly plateNumber: number;
  readonly grams: Float64Array;
}

export interface FixtureSignal {
  readonly fixtureId: string;
  readonly rateHz: number;
  /** Plates that sent every sample. */
  readonly plates: readonly PlateSignal[];
}

/** The pick that both sides show: when it began in the signal of its fixture, and on which plate. */
export interface PickMoment {
  readonly fixtureId: string;
  readonly shelfId: string;
  readonly plateNumber: number;
  readonly atSample: number;
}

export interface Stretch {
  readonly fixtures: readonly FixtureSignal[];
  readonly pick: PickMoment;
}

export function plateOfPick(stretch: Stretch, plateNumber: number): PlateSignal | undefined {
  const { fixtureId, shelfId } = stretch.pick;
  const fixture = stretch.fixtures.find((candidate) => candidate.fixtureId === fixtureId);
  return fixture?.plates.find((plate) => plate.shelfId === shelfId && plate.plateNumber === plateNumber);
}
