/**
 * What a hand's stay at a plate that does not work says:
 *
 *   P(took) = M · (1 − e^{−(D/T)³}),  D = Σ s(t) Δt over the frames of the stay that no step explains,
 *   s = w(plate) / (ε + Σ w(plates around)),  w = e^{−(x² + d²)/2σ²},
 *
 * D the dwell, x how far the hand is from the middle half of the plate along the shelf, d how far from its space
 * otherwise. Who takes something stays over it for a second or two; who passes by, or goes for the next plate, is over this
 * one briefly or at its edge; who took something that was weighed was there for that.
 *
 * A hand that disappears among goods is where it was last seen, for a while and less surely.
 *
 * Rejected: a fixed doubt for whoever was there, too little for who stayed and too much for who passed by; disturbances
 * of the plates beside, which feel footsteps and hands of others just as much.
 */
import { epochMs } from '../base/index.ts';
import { boxCentre, distanceM, invertPose, transformPoint } from '../domain/index.ts';
import type { Plate, Point3, StoreLayout, VisitId, WeightStep } from '../domain/index.ts';
import { FUSION_SETTINGS } from '../fusion/index.ts';
import type { Body, BodySample, UnweighedReach } from '../fusion/index.ts';

/** A body's hand near a plate that does not work. */
export interface Stay {
  readonly visitId: VisitId;
  readonly plate: Plate;
  readonly fromMs: number;
  untilMs: number;
}

/** M: of those who stay over one plate for long, some only look, compare or make up their mind. */
const TOOK_SHARE_MAX = 0.6;
/** T: so long a hand that grasps and lifts is over the very plate; to stay longer makes it hardly surer. */
const GRASP_MS = 350;
/** Below this a stay says nothing. */
const DWELL_MS_MIN = 100;
/** σ of a wrist, and ε: what a hand that is at no plate of the shelf weighs. */
const HAND_SIGMA_M = 0.06;
const ELSEWHERE_WEIGHT = 0.1;
/** Things stand in the middle of their plate: a grasp is within this share of its width from the centre. */
const GRASP_HALF_WIDTH_SHARE = 0.25;
/** A step is known to about this much in time, and clocks differ by as much. */
const STEP_MS = 400;
/** Around a step that it made, a hand that has not moved on by so far is still there for that. */
const MOVED_ON_M = 0.07;
const SAME_GRASP_MS = 4000;
/** Less than this may be what a stiff shelf passes on of something that was lifted beside, and explains no hand. */
const ITEM_GRAMS_MIN = 25;
/** So much more often do plates this near lose a little where something was taken than where nothing was. */
const FELT_RATIO = 5;
const FELT_PLATES = 2;
/** Plates whose centre is within this of the plate's: what is farther away competes for no hand here. */
const AROUND_M = 0.6;
/** A hand that is hidden stays where it was seen for so long, with this weight. */
const HIDDEN_MS = 1000;
const HIDDEN_WEIGHT = 0.7;
/** A frame speaks for no more time than this. */
const FRAME_MS_MAX = 150;

export interface StayScene {
  readonly body: Body;
  /** What was weighed lately, anywhere. */
  readonly steps: readonly WeightStep[];
  readonly layout: StoreLayout;
}

/** What a stay says. */
export interface ReadStay {
  /** Null where the hand was not over this plate long enough to think of a grasp. */
  readonly reach: UnweighedReach | null;
  /** How long the hand was near without a step that explains it. */
  readonly nearMs: number;
}

/** O(samples · (plates around + steps)). */
export function readStay(stay: Stay, scene: StayScene): ReadStay {
  const { plate } = stay;
  const around = platesAround(plate, scene.layout);
  const frames = framesOf(stay, scene.body);
  const grasps = weighedGrasps(frames, stay, scene);
  let dwellMs = 0;
  let nearMs = 0;
  let weightedMs = 0;
  for (const { atMs, lastsMs, hands } of frames) {
    if (atMs < stay.fromMs - HIDDEN_MS || atMs > stay.untilMs + HIDDEN_MS) continue;
    let share = 0;
    for (const hand of hands)
      if (!isExplained(atMs, hand, grasps)) share = Math.max(share, shareOfPlate(hand, plate, around));
    dwellMs += share * lastsMs;
    weightedMs += share * lastsMs * (atMs - stay.fromMs);
    if (share > 0 && atMs >= stay.fromMs && atMs <= stay.untilMs) nearMs += lastsMs;
  }
  if (dwellMs < DWELL_MS_MIN) return { reach: null, nearMs };
  const reach = {
    plates: [{ plateId: plate.plateId, share: 1 }],
    atMs: epochMs(stay.fromMs + weightedMs / dwellMs),
    visitShares: [{ visitId: stay.visitId, share: 1 }],
    dwellMs,
    tookShare: tookShareOf(dwellMs, isFeltBeside(stay, scene)),
  };
  return { reach, nearMs };
}

/**
 * Stays of one hand over several plates at once are one reach: what it took it took from one of them, most probably from
 * where it was longest. Null for none.
 */
export function asOneReach(reaches: readonly UnweighedReach[]): UnweighedReach | null {
  const [first, ...others] = reaches.toSorted((a, b) => b.dwellMs - a.dwellMs);
  if (!first || others.length === 0) return first ?? null;
  const dwellMs = reaches.reduce((sum, reach) => sum + reach.dwellMs, 0);
  const plates = [first, ...others].flatMap((reach) =>
    reach.plates.map(({ plateId, share }) => ({ plateId, share: (share * reach.dwellMs) / dwellMs })),
  );
  const tookShare = Math.max(tookShareOf(dwellMs, false), ...reaches.map((reach) => reach.tookShare));
  return { ...first, plates, dwellMs, tookShare };
}

function tookShareOf(dwellMs: number, isFelt: boolean): number {
  const byStay = TOOK_SHARE_MAX * -Math.expm1(-((dwellMs / GRASP_MS) ** 3));
  const odds = (byStay / (1 - byStay)) * (isFelt ? FELT_RATIO : 1);
  return odds / (1 + odds);
}

/** True where plates beside lost a little meanwhile: as much as a stiff shelf passes on of something that was lifted. */
function isFeltBeside(stay: Stay, { steps, layout }: StayScene): boolean {
  const { plates } = layout.shelves[stay.plate.shelfIndex]!;
  const position = plates.indexOf(stay.plate);
  return steps.some((step) => {
    if (step.deltaGrams > 0 || -step.deltaGrams >= ITEM_GRAMS_MIN) return false;
    if (step.settledAtMs < stay.fromMs - STEP_MS || step.leftAtMs > stay.untilMs + STEP_MS) return false;
    const at = plates.findIndex(({ plateId }) => plateId === step.plateId);
    return at >= 0 && Math.abs(at - position) <= FELT_PLATES;
  });
}

function platesAround(plate: Plate, layout: StoreLayout): Plate[] {
  const centre = boxCentre(plate.reach);
  return layout.plates.filter((other) => distanceM(boxCentre(other.reach), centre) < AROUND_M);
}

interface Hand {
  /** From wrist to fingertips. */
  readonly points: readonly Point3[];
  readonly weight: number;
}

interface Frame {
  readonly atMs: number;
  readonly lastsMs: number;
  readonly hands: readonly Hand[];
}

interface Seen {
  readonly atMs: number;
  readonly points: readonly Point3[];
}

/** The hands at the frames of the stay, hidden ones where they were last seen. */
function framesOf(stay: Stay, body: Body): Frame[] {
  const frames: Frame[] = [];
  const last: { left: Seen | null; right: Seen | null } = { left: null, right: null };
  for (let index = 0; index < body.samples.size; index++) {
    const sample = body.samples.at(index)!;
    if (sample.atMs < stay.fromMs - SAME_GRASP_MS) continue;
    if (sample.atMs > stay.untilMs + SAME_GRASP_MS) break;
    const hands: Hand[] = [];
    for (const side of ['left', 'right'] as const) {
      const points = handPoints(sample, side);
      if (points) last[side] = { atMs: sample.atMs, points };
      const seen = last[side];
      if (!seen || sample.atMs - seen.atMs > HIDDEN_MS) continue;
      hands.push({ points: seen.points, weight: points ? 1 : HIDDEN_WEIGHT });
    }
    const nextMs = body.samples.at(index + 1)?.atMs ?? sample.atMs;
    frames.push({ atMs: sample.atMs, lastsMs: Math.min(nextMs - sample.atMs, FRAME_MS_MAX), hands });
  }
  return frames;
}

/** Wrist, middle of the hand and fingertips, on in the direction of the forearm; null where no wrist is seen. */
function handPoints(sample: BodySample, side: 'left' | 'right'): Point3[] | null {
  const wrist = side === 'left' ? sample.leftWrist : sample.rightWrist;
  if (!wrist) return null;
  const elbow = side === 'left' ? sample.leftElbow : sample.rightElbow;
  // Into a shelf a forearm reaches level: where no elbow is seen, the head's place on the floor tells which way.
  const behind = elbow ?? (sample.head && { ...sample.head, z: wrist.z });
  const lengthM = behind ? distanceM(wrist, behind) : 0;
  if (!behind || lengthM === 0) return [wrist];
  return [0, 0.5, 1].map((share) => {
    const scale = (share * FUSION_SETTINGS.handBeyondWristM) / lengthM;
    return {
      x: wrist.x + (wrist.x - behind.x) * scale,
      y: wrist.y + (wrist.y - behind.y) * scale,
      z: wrist.z + (wrist.z - behind.z) * scale,
    };
  });
}

function shareOfPlate(hand: Hand, plate: Plate, around: readonly Plate[]): number {
  const own = hand.weight * weightAt(hand, plate);
  if (own === 0) return 0;
  let all = ELSEWHERE_WEIGHT;
  for (const each of around) all += weightAt(hand, each);
  return own / all;
}

/** e^{−(x² + d²)/2σ²} of the hand's point that is nearest to where things on the plate are grasped. */
function weightAt({ points }: Hand, plate: Plate): number {
  const { sizeM, storeFromBox } = plate.reach;
  const boxFromStore = invertPose(storeFromBox);
  let nearest = Infinity;
  for (const point of points) {
    const { x, y, z } = transformPoint(boxFromStore, point);
    const alongM = Math.max(Math.abs(x - sizeM.x / 2) - sizeM.x * GRASP_HALF_WIDTH_SHARE, 0);
    const deepM = Math.max(-y, y - sizeM.y, 0);
    const highM = Math.max(-z, z - sizeM.z, 0);
    nearest = Math.min(nearest, alongM ** 2 + deepM ** 2 + highM ** 2);
  }
  return Math.exp(-nearest / (2 * HAND_SIGMA_M ** 2));
}

/** Weights below this are of a hand that is not at the plate. */
const AT_PLATE_WEIGHT = 0.1;

/** Where a hand was when it made a step that was weighed. */
interface Grasp {
  readonly atMs: number;
  readonly point: Point3;
}

function weighedGrasps(frames: readonly Frame[], stay: Stay, { steps, layout }: StayScene): Grasp[] {
  return steps.flatMap((step) => {
    if (Math.abs(step.deltaGrams) < ITEM_GRAMS_MIN) return [];
    const fromMs = step.leftAtMs - STEP_MS;
    const untilMs = step.settledAtMs + STEP_MS;
    const plate = layout.plateById.get(step.plateId);
    if (!plate || fromMs > stay.untilMs + SAME_GRASP_MS || untilMs < stay.fromMs - SAME_GRASP_MS) return [];
    return frames
      .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
      .flatMap(({ atMs, hands }) =>
        hands
          .filter((hand) => weightAt(hand, plate) > AT_PLATE_WEIGHT)
          .map(({ points }) => ({ atMs, point: points[0]! })),
      );
  });
}

/** True where the hand is where it was when it made a step that was weighed, or is about to make it. */
function isExplained(atMs: number, { points }: Hand, grasps: readonly Grasp[]): boolean {
  return grasps.some(
    (grasp) => Math.abs(grasp.atMs - atMs) < SAME_GRASP_MS && distanceM(grasp.point, points[0]!) < MOVED_ON_M,
  );
}
