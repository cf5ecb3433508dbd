/**
 * What fusion takes for granted before it has seen the shop: priors and bounds. Every probability here is a prior that
 * evidence moves; none was fitted to a particular recording.
 */
export interface FusionSettings {
  /** Seconds of body positions kept per body, as samples. */
  readonly historySamplesMax: number;
  /** The hand that grasps is within this distance of the wrist, on in the direction of the forearm. */
  readonly handBeyondWristM: number;
  /** Spread of the hand's position against the plate's space, metres. */
  readonly wristSigmaM: number;
  /** Share of wrist samples that are simply wrong. */
  readonly wristOutlierShare: number;
  /** From the head, over the floor, to the middle of what the arm reaches for, where no wrist is seen. */
  readonly armReachM: number;
  readonly bodySigmaM: number;
  /** Independent samples that the hands and the chest of one reach are worth; frames are correlated. */
  readonly reachSamples: number;
  readonly facingSamples: number;
  /** Clocks of plates and cameras may differ by about this much (standard deviation). */
  readonly clockSigmaMs: number;
  readonly clockOffsetMsMax: number;
  /** ln-likelihood of a reach by somebody whom no camera sees, or by nobody. */
  readonly unseenLogLikelihood: number;

  /** Standard deviation of one unit's weight, as a share of its mean, before anything is learnt. */
  readonly unitSpreadShare: number;
  /** Standard deviation of the catalogue's mean weight, as a share, and the share of weights that are just wrong. */
  readonly catalogueSpreadShare: number;
  readonly catalogueWrongShare: number;
  readonly countMax: number;
  /** Two units in one grasp against one. */
  readonly furtherUnitShare: number;
  /** Two different things in one grasp. */
  readonly mixedGraspShare: number;
  /** A second hand that is at the same plates takes something in the very same moment. */
  readonly twoHandsShare: number;
  /** Something that is not in the catalogue. */
  readonly unknownItemShare: number;
  /** A lasting step that nobody caused by taking or putting: residue of a push, ±`residueGrams`. */
  readonly residueShare: number;
  readonly residueGrams: number;
  /** A large step that means nothing at all. */
  readonly faultShare: number;
  /** A level within a contact that was only a hand pressing: chance by how long it stood, and its size. */
  readonly briefMs: number;
  readonly briefPushShare: number;
  readonly longPushShare: number;
  readonly pushGrams: number;
  /** A hand that takes hold lifts a little before it takes. */
  readonly liftGrams: number;
  /** Of the pushes this share are leans: bodies, not hands, and of any size. */
  readonly leanShare: number;
  /** Things moved along the shelf. */
  readonly shiftShare: number;

  /** Where a product lies, by the planogram: on its own plates, on a neighbouring plate, elsewhere on the fixture. */
  readonly ownPlaceShare: number;
  readonly neighbourPlaceShare: number;
  /** What is put back goes home with this probability, else onto one of `otherPlatesCount` plates near by. */
  readonly putBackHomeShare: number;
  readonly otherPlatesCount: number;
  /** Of what somebody holds, the thing taken last comes back with this probability, of the others the last again. */
  readonly lastTakenShare: number;
  /** What somebody who works here brings lies in its own place afterwards with this probability. */
  readonly restockHomeShare: number;

  /** Of the meetings of hands that are told, so many would be hand-offs if all looked alike: in company, of strangers. */
  readonly handOffShare: number;
  readonly strangersHandOffShare: number;

  /** Bounds of the joint stories of people who may have swapped things. */
  readonly storiesMax: number;
  readonly outcomesMax: number;
  readonly eventsMax: number;
  /** A body less probable than this for a reach does not join the group. */
  readonly candidateShareMin: number;
  /** A line at least this probable is shown as sure. */
  readonly sureProbability: number;
}

export const FUSION_SETTINGS: FusionSettings = {
  historySamplesMax: 1800,
  handBeyondWristM: 0.18,
  wristSigmaM: 0.1,
  wristOutlierShare: 0.01,
  armReachM: 0.75,
  bodySigmaM: 0.25,
  reachSamples: 3,
  facingSamples: 2,
  clockSigmaMs: 200,
  clockOffsetMsMax: 500,
  unseenLogLikelihood: -6,

  unitSpreadShare: 0.015,
  catalogueSpreadShare: 0.01,
  catalogueWrongShare: 0.02,
  countMax: 6,
  furtherUnitShare: 0.15,
  mixedGraspShare: 0.03,
  twoHandsShare: 0.01,
  unknownItemShare: 0.005,
  residueShare: 0.3,
  residueGrams: 8,
  faultShare: 0.0005,
  briefMs: 1000,
  briefPushShare: 0.5,
  longPushShare: 0.1,
  pushGrams: 80,
  liftGrams: 40,
  leanShare: 0.2,
  shiftShare: 0.05,

  ownPlaceShare: 0.98,
  neighbourPlaceShare: 0.015,
  putBackHomeShare: 0.7,
  otherPlatesCount: 12,
  lastTakenShare: 0.5,
  restockHomeShare: 0.9,

  handOffShare: 0.03,
  strangersHandOffShare: 0.0005,

  storiesMax: 256,
  outcomesMax: 24,
  eventsMax: 32,
  candidateShareMin: 1e-3,
  sureProbability: 0.95,
};
