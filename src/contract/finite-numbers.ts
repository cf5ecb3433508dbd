/** Which numbers of an observation JSON must be able to hold; samples of plates are bytes and may be anything. */
import type { Observation, ObservationByKind, ObservationKind } from '../domain/index.ts';

const NUMBERS_OF: {
  readonly [Kind in ObservationKind]: (observation: ObservationByKind[Kind]) => readonly number[];
} = {
  plates: (batch) => [batch.rateHz],
  tracks: (frame) =>
    frame.people.flatMap((person) =>
      Object.values(person.parts).flatMap((point) => [point.x, point.y, point.z, point.confidence]),
    ),
  gate: () => [],
  tags: (told) => told.reads.map((read) => read.rssiDbm),
  cart: (told) => [told.weightGrams],
  health: () => [],
};

function numbersOf<Kind extends ObservationKind>(
  kind: Kind,
  observation: ObservationByKind[Kind],
): readonly number[] {
  return NUMBERS_OF[kind](observation);
}

/** True where `observationText` can write it. */
export function isWritable(observation: Observation): boolean {
  return numbersOf(observation.kind, observation).every(Number.isFinite);
}
