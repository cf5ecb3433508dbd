/**
 * What plate sensing takes for granted. Times in blocks of about 0.1 s. Values come from the noise of real plates
 * (white noise 0.5–1.8 g, worst 7 g; ringing of 4–18 g for seconds; neighbours moved by 0–2 % of a step; scales right
 * to 0.2 %, and where on the plate a thing stands as much again), not from any one recording's answer.
 */
export interface SensingSettings {
  /** Length of a block; a block is the smallest time that sensing tells apart. */
  readonly blockMs: number;
  /** A quiet plate's level follows drift over this many blocks. */
  readonly levelBlocks: number;
  /** A quiet plate's noise is learnt over this many blocks. */
  readonly noiseBlocks: number;
  /** Contact begins where a block's mean leaves the level by this many standard deviations … */
  readonly contactSigmas: number;
  /** … or its variance exceeds the learnt one by this factor. */
  readonly contactVarianceRatio: number;
  /** A level counts as a plateau once it has lasted this many blocks. */
  readonly plateauBlocks: number;
  /** Levels may ring by this much (standard deviation): in grams, or against the plate's quiet wander. */
  readonly ringingGramsMax: number;
  readonly ringingRatio: number;
  /** A shelf may close once every plate's level has lasted this many blocks and is calm. */
  readonly settleBlocks: number;
  /** Calm: smoothed restlessness below this multiple of the quiet noise. */
  readonly calmRatio: number;
  /** Changed noise is accepted as the plate's own once the level from before the contact has lasted this many blocks … */
  readonly adoptBlocks: number;
  /** … or another level this many: unrest on a changed level is a leaning body for as long as one can be. */
  readonly adoptChangedBlocks: number;
  /** A step is told where it exceeds this many of its standard deviations and `stepGramsMin`. */
  readonly stepSigmas: number;
  readonly stepGramsMin: number;
  /** Share of a plateau's variance that averaging cannot remove, because wander is correlated in time. */
  readonly wanderShare: number;
  /** Standard deviation of what a plate keeps of a push, as a share of the push (hysteresis). */
  readonly pushShare: number;
  /** Standard deviation of what a plate shows of a neighbour's step, as a share of that step, and the most it shows. */
  readonly crossTalkShare: number;
  readonly crossTalkShareMax: number;
  /** Standard deviation of a load cell's own scale, as a share of every change that it shows. */
  readonly gainShare: number;
  /** A level that nobody sees may drift by this (standard deviation). */
  readonly driftGramsPerHour: number;
  /** Beyond this reading, either sign, a load cell is at the end of its range. */
  readonly saturationGrams: number;
  /** A plate that sends nothing for this long is silent, one that repeats one value exactly is stuck. */
  readonly silentBlocks: number;
  readonly stuckBlocks: number;
}

export const SENSING_SETTINGS: SensingSettings = {
  blockMs: 100,
  levelBlocks: 30,
  noiseBlocks: 100,
  contactSigmas: 5,
  contactVarianceRatio: 12,
  plateauBlocks: 4,
  ringingGramsMax: 12,
  ringingRatio: 5,
  settleBlocks: 8,
  calmRatio: 6,
  adoptBlocks: 100,
  adoptChangedBlocks: 6000,
  stepSigmas: 4,
  stepGramsMin: 5,
  wanderShare: 0.2,
  pushShare: 0.025,
  crossTalkShare: 0.012,
  crossTalkShareMax: 0.04,
  gainShare: 0.0025,
  driftGramsPerHour: 60,
  saturationGrams: 20_000,
  silentBlocks: 30,
  stuckBlocks: 100,
};
