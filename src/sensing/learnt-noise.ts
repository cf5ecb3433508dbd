/** How much every plate was found to tremble: learnt while nobody is there, and worth keeping over a restart. */
import type { PlateNoise } from '../domain/index.ts';
import type { PlateSensing } from './plate-state.ts';

/** Noise of the plates whose level stands on as many quiet blocks as it may: the others say nothing of theirs. */
export function plateNoiseOf({ layout, plates, settings }: PlateSensing): PlateNoise[] {
  return layout.plates.flatMap(({ plateId }, index) =>
    plates.quietBlocks[index]! >= settings.levelBlocks
      ? [
          {
            plateId,
            noiseGrams: Math.sqrt(plates.noise[index]!),
            wanderGrams: Math.sqrt(plates.wander[index]!),
          },
        ]
      : [],
  );
}

/** Begins with noise that was learnt before; plates that the layout no longer has are passed over. */
export function withPlateNoise(sensing: PlateSensing, known: readonly PlateNoise[]): PlateSensing {
  const byPlate = new Map(known.map((noise): [string, PlateNoise] => [noise.plateId, noise]));
  sensing.layout.plates.forEach(({ plateId }, index) => {
    const noise = byPlate.get(plateId);
    if (!noise) return;
    sensing.plates.noise[index] = noise.noiseGrams * noise.noiseGrams;
    sensing.plates.wander[index] = noise.wanderGrams * noise.wanderGrams;
  });
  return sensing;
}
