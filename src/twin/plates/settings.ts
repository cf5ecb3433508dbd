/**
 * How the weight plates of the twin behave. Measured where it says so, on the only recording of such plates that is
 * known to us: 17 s of AiFi's nano-store, 240 live plates (`scripts/compare-signals.ts` measures both sides again).
 * The rest is an estimate and says so too.
 */
/** A spread of plates: `median` · e^(`logSpread` · z) with z standard normal, never above `max`. */
export interface PlateSpread {
  readonly median: number;
  readonly logSpread: number;
  readonly max: number;
}

/** From `least` to `most`, uniform. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

export interface PlateSettings {
  readonly rateHz: number;
  readonly samplesPerBatch: number;
  readonly quantumGrams: number;
  readonly rangeGrams: number;
  readonly offsetGrams: Span;
  /** A load cell shows 1 ± this of a load (standard deviation over plates). */
  readonly gainSpread: number;
  /** White noise, standard deviation. */
  readonly whiteGrams: PlateSpread;
  readonly noisyShare: number;
  readonly noisyGrams: Span;
  /** A steady tone, in step along a shelf; peak. */
  readonly humHz: Span;
  readonly humGrams: PlateSpread;
  /** A slow tone, every plate in its own phase; peak. */
  readonly swayHz: Span;
  readonly swayGrams: PlateSpread;
  /** Random turn of both tones' phases per batch, standard deviation. */
  readonly tonePhaseRad: number;
  /** Wander that forgets itself within seconds (Ornstein-Uhlenbeck); standard deviation. */
  readonly wanderGrams: PlateSpread;
  readonly wanderS: number;
  /** Drift over hours: a rate drawn anew from time to time, pulled back towards zero. */
  readonly driftGramsPerHour: number;
  readonly driftRedrawS: number;
  readonly driftReturnS: number;
  /** In so many batches of a plate every third sample repeats the one before it. */
  readonly repeatingShare: number;
  /** What rings: own frequency of a shelf, how far its plates are from it, how long they ring (to 1/e). */
  readonly shelfHz: Span;
  readonly plateHzSpread: number;
  readonly ringingS: Span;
  /** A footstep beside a fixture rings a plate with this peak: by shelf, and by plate. */
  readonly footstepGrams: PlateSpread;
  readonly footstepPlateSpread: PlateSpread;
  /** Shelves that feel steps are never quite still: this share of a step's kick, at random, with every sample. */
  readonly tremorShare: number;
  readonly footstepEveryS: Span;
  /** At this distance a fixture feels half of a footstep. */
  readonly footstepReachM: number;
  /** Somebody walks past a fixture so often … */
  readonly walksPerFixtureHour: number;
  readonly walkSteps: Span;
  /** … or away from it, after a transfer. */
  readonly walkAwayShare: number;
  readonly walkAwayAfterS: Span;
  /** Feet beside the shelf are felt so much more than those that pass. */
  readonly walkAwayStrength: number;
  /** The lasting step takes this long, and rings the plate and its neighbours with this peak. */
  readonly stepRampMs: Span;
  readonly stepRingingGrams: Span;
  readonly neighbourRingingGrams: Span;
  /** A hand's force falls to this share at the step and fades until it leaves. */
  readonly handAfterShare: number;
  /** A plate shows so much of a load one or two plates away, and only some pairs do; fixed for each pair. */
  readonly crossTalk: Span;
  readonly crossTalkChance: readonly [next: number, second: number];
  /** A hand shakes the whole shelf, so often and so much. */
  readonly burstShare: number;
  readonly burstGrams: Span;
  /** How much of a bump or burst a plate takes. */
  readonly burstPlateShare: Span;
  readonly pressEdgeMs: number;
  readonly pressSwayShare: number;
  readonly pressSwayHz: Span;
}

export const PLATE_SETTINGS: PlateSettings = {
  // Measured: 60 Hz, 12 samples a message, values in steps of 0.241 g; 20 kg by the makers' notes.
  rateHz: 60,
  samplesPerBatch: 12,
  quantumGrams: 0.241,
  rangeGrams: 20_000,
  // Measured: levels −5,600 to 9,500 g with goods on them; 97 % of plates between these.
  offsetGrams: { least: -500, most: 9000 },
  // Measured: −623.0 g for 621.67 g, on one plate.
  gainSpread: 0.002,
  // Measured between the tones, 9–22 Hz, nobody near: by fixture, median 0.3–0.5 g, nine tenths below 0.4–1.1 g. Tuned
  // below that, because the tremor of what never rests adds to it; together they fit the noise of a calm second.
  whiteGrams: { median: 0.27, logSpread: 0.5, max: 2 },
  // Measured: the worst plate has 6–7 g. How many there are is an estimate.
  noisyShare: 0.01,
  noisyGrams: { least: 3, most: 7 },
  // Measured: 24.4 Hz on every fixture, in phase along a shelf; median 0.35 g, nine tenths below 1.1 g.
  humHz: { least: 24.35, most: 24.5 },
  humGrams: { median: 0.32, logSpread: 0.9, max: 5 },
  // Measured: 1.34–1.74 Hz, phases without order; median 0.3 g, nine tenths below 1.3 g, one of 7 g.
  swayHz: { least: 1.4, most: 1.65 },
  swayGrams: { median: 0.3, logSpread: 1, max: 7 },
  tonePhaseRad: 0.05,
  // Measured: means of 1 s differ over 17 s by 0.15–0.35 g (median), nine tenths below 1.1 g.
  wanderGrams: { median: 0.14, logSpread: 1.1, max: 3 },
  wanderS: 6,
  // Estimate, after the makers' note that values drift over hours and days.
  driftGramsPerHour: 12,
  driftRedrawS: 600,
  driftReturnS: 7200,
  // Measured: 5–8 % of samples repeat where the signal is lively enough to tell, most of them three apart. Tuned until
  // the repeats of all plates agree, those by rounding included.
  repeatingShare: 0.16,
  // Measured: strongest frequency while somebody walks, by fixture, 8–20, 13–20 and 18–25 Hz.
  shelfHz: { least: 7, most: 22 },
  plateHzSpread: 0.12,
  // Measured: the autocorrelation of a walk falls to 1/e in 0.1–0.5 s. Tuned below that, as a foot jolts for a while.
  ringingS: { least: 0.05, most: 0.4 },
  // Tuned until busy seconds agree. Measured: while somebody walks 0.8–2 g on most shelves, 4–13 g on six of 23.
  footstepGrams: { median: 3.5, logSpread: 1, max: 25 },
  footstepPlateSpread: { median: 1, logSpread: 0.45, max: 3 },
  // Measured: 0.55–0.65 s from step to step, felt by all fixtures of a store 4 m across.
  // Tuned. Measured: in calm seconds the six loudest shelves keep 1–2 g, a sixth to a half of what a walk makes of it.
  tremorShare: 0.035,
  footstepEveryS: { least: 0.55, most: 0.65 },
  footstepReachM: 3,
  // Estimate: nobody knows; the recording has two walks of 4 s in 17 s, with one person in a tiny store.
  walksPerFixtureHour: 30,
  walkSteps: { least: 5, most: 9 },
  // Measured once: quiet for 1.1 s after the pick, then steps to the end of the recording, twice those before it.
  walkAwayShare: 0.75,
  walkAwayAfterS: { least: 0.6, most: 1.6 },
  walkAwayStrength: 2.5,
  // Measured once: 1,797 to 1,185 g within 5 samples. How much the step itself rings is an estimate: the one that was
  // seen rang by hardly more than its noise, its shelf by 4–18 g under the steps that followed.
  stepRampMs: { least: 60, most: 150 },
  stepRingingGrams: { least: 4, most: 18 },
  neighbourRingingGrams: { least: 1, most: 6 },
  // Measured once: the force swells to +50 g until the step and is gone two samples behind it.
  handAfterShare: 0.15,
  // Measured once, beside a step of −623 g: 0 and −6 g one plate away, −9 to −12 g two away on one side.
  crossTalk: { least: 0.005, most: 0.016 },
  crossTalkChance: [0.6, 0.4],
  // Measured: up to ±123 g on a plate that nobody takes from. How often a hand does it is an estimate.
  burstShare: 0.3,
  burstGrams: { least: 10, most: 100 },
  burstPlateShare: { least: 0.2, most: 1 },
  // By the words of the story: a press comes and goes within 0.3 s and sways.
  pressEdgeMs: 300,
  pressSwayShare: 0.05,
  pressSwayHz: { least: 0.3, most: 0.8 },
};
