/**
 * Holds the twin's weight plates against real ones: the same statistics of the only recording of such plates that is
 * known to us and of the twin on the same layout, acting out the same pick. Prints a table (markdown) and draws
 * `docs/images/signals-comparison.svg`. The recording does not belong to this repository; without it nothing is done.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { pictureOf } from './compare-signals/picture.ts';
import type { Side } from './compare-signals/side.ts';
import { openRecorded, recordedStretch, simulatedStretch } from './compare-signals/stretches.ts';
import { comparisonTable, measured } from './compare-signals/table.ts';
import type { Measured } from './compare-signals/table.ts';

const SEEDS = 40;
const IMAGES = 'docs/images';
const REAL_COLOR = '#0072B2';
const SIMULATED_COLOR = '#D55E00';

/** The loudest plates are tens of grams apart where neighbours are grams apart. */
const PEAK_WEIGHT = 0.2;
const AFTER_WEIGHT = 2;

function loudest({ plates }: Measured): number {
  return Math.max(...plates.map(({ peakGrams }) => peakGrams || 0));
}

/** How far a seed's moment is from the recorded one: beside the pick, on its shelf behind it, and at the loudest. */
function distance(real: Measured, simulated: Measured): number {
  const beside = real.pick.besideGrams.map((grams, index) => grams - simulated.pick.besideGrams[index]!);
  const after = AFTER_WEIGHT * (real.pick.shelfAfterGrams - simulated.pick.shelfAfterGrams);
  const peak = PEAK_WEIGHT * (loudest(real) - loudest(simulated));
  return [...beside, after, peak].reduce((sum, difference) => sum + Math.abs(difference), 0);
}

const recording = await openRecorded();
if (!recording) {
  console.error(
    'There is no recording to compare with: ../shared/data/aifi is missing. Nothing was measured or drawn.',
  );
  process.exitCode = 1;
} else {
  const recorded = await recordedStretch(recording);
  const stretches = Array.from({ length: SEEDS }, (_, index) =>
    simulatedStretch(recording.store.layout, index + 1),
  );
  const real = measured(recorded);
  const simulated = stretches.map(measured);
  console.log(comparisonTable(real, simulated));
  const distances = simulated.map((one) => distance(real, one));
  const shown = distances.indexOf(Math.min(...distances));
  const sides: Side[] = [
    {
      title: 'Real',
      subtitle: ['17 s of AiFi’s nano-store, 240 plates', 'one person, one pick'],
      color: REAL_COLOR,
      stretch: recorded,
      plates: real.plates,
    },
    {
      title: 'Simulated',
      subtitle: [
        `the same store and pick: statistics of ${SEEDS} seeds,`,
        `traces of the seed most alike (${shown + 1})`,
      ],
      color: SIMULATED_COLOR,
      stretch: stretches[shown]!,
      plates: simulated.flatMap(({ plates }) => plates),
    },
  ];
  mkdirSync(IMAGES, { recursive: true });
  writeFileSync(`${IMAGES}/signals-comparison.svg`, await pictureOf(sides));
  console.log(`\nDrawn: ${IMAGES}/signals-comparison.svg`);
}
