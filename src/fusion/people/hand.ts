/**
 * How well one arm, as it is seen at one moment, fits a hand in a space.
 *
 * Seen: L = (1 − ε) e^{−m²/2}, m² = (dₓ/σₓ)² + (d_y² + d_z²)/σ², d the way that the hand is short of where things are
 * grasped: along the shelf (x) the middle half of the space, in depth and height all of it. The hand is anywhere from the
 * wrist to the fingertips, on in the direction of the forearm.
 *
 * Hidden: L = h · e^{−a²/2} · Π (f + (1 − f) e^{−g²/2}), a how far the body is beyond an arm's length, g the misfits of where
 * the elbow points and of where the wrist was last seen or is seen next, each as far as it is known.
 */
import { boxCentre, distanceM, distanceToBoxM, floorDistanceM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { FusionSettings } from '../settings.ts';

/** When and where a wrist was seen that is hidden now. */
export interface WristSighting {
  readonly atMs: number;
  readonly wrist: Point3;
}

export interface Arm {
  readonly atMs: number;
  readonly head: Point3 | null;
  readonly shoulder: Point3 | null;
  readonly elbow: Point3 | null;
  readonly wrist: Point3 | null;
  /** Sightings around the moment; null where there are none. */
  readonly before: WristSighting | null;
  readonly after: WristSighting | null;
}

export interface HandScale {
  readonly settings: FusionSettings;
  /** σₓ: metres along the shelf. */
  readonly alongSigmaM: number;
}

/** Things stand in the middle of their plate, and so the hand does, give or take this share of the width. */
const GRASP_HALF_WIDTH_SHARE = 0.25;
/** Where from the wrist to the fingertips the grasp may be, as shares of the hand. */
const GRASP_SHARES = [0, 1 / 3, 2 / 3, 1];
/** Beyond this many standard deviations a hand is not in the space, whatever its direction. */
const FAR_SIGMAS = 5;

/** How far `point` is from where things in `space` are grasped: along the shelf, and in depth and height. */
interface Short {
  readonly alongM: number;
  readonly acrossM: number;
}

function shortOf(space: Box, point: Point3): Short {
  const { rotation: r, translation: t } = space.storeFromBox;
  const dx = point.x - t.x;
  const dy = point.y - t.y;
  const dz = point.z - t.z;
  const x = r[0]! * dx + r[3]! * dy + r[6]! * dz;
  const y = r[1]! * dx + r[4]! * dy + r[7]! * dz;
  const z = r[2]! * dx + r[5]! * dy + r[8]! * dz;
  const { sizeM } = space;
  const alongM = Math.max(Math.abs(x - sizeM.x / 2) - sizeM.x * GRASP_HALF_WIDTH_SHARE, 0);
  const beyondY = Math.max(-y, y - sizeM.y, 0);
  const beyondZ = Math.max(-z, z - sizeM.z, 0);
  return { alongM, acrossM: Math.sqrt(beyondY * beyondY + beyondZ * beyondZ) };
}

function onFrom(behind: Point3, through: Point3, beyondM: number): Point3 {
  const length = distanceM(behind, through);
  if (length === 0) return through;
  const scale = beyondM / length;
  return {
    x: through.x + (through.x - behind.x) * scale,
    y: through.y + (through.y - behind.y) * scale,
    z: through.z + (through.z - behind.z) * scale,
  };
}

/** The hand, wrist to fingertips, where it fits best. */
interface Grasp {
  readonly misfit: number;
  readonly alongM: number;
}

interface Hand {
  readonly wrist: Point3;
  /** What the hand reaches on from: the elbow, or the head. */
  readonly behind: Point3 | null;
  readonly alongSigmaM: number;
  readonly acrossSigmaM: number;
}

function bestGrasp(space: Box, hand: Hand, settings: FusionSettings): Grasp {
  const { wrist, behind, alongSigmaM, acrossSigmaM } = hand;
  let best: Grasp = { misfit: Infinity, alongM: Infinity };
  for (const share of GRASP_SHARES) {
    const point = behind && share > 0 ? onFrom(behind, wrist, share * settings.handBeyondWristM) : wrist;
    const { alongM, acrossM } = shortOf(space, point);
    const alongZ = alongM / alongSigmaM;
    const acrossZ = acrossM / acrossSigmaM;
    const misfit = alongZ * alongZ + acrossZ * acrossZ;
    if (misfit < best.misfit) best = { misfit, alongM };
  }
  return best;
}

/** P-like weight, 0 to 1, of this arm's hand in `space`, and 1 for a hand that is seen to be in it. */
export function handWeight(space: Box, arm: Arm, scale: HandScale): number {
  return arm.wrist ? seenWeight(space, arm, scale) : hiddenWeight(space, arm, scale);
}

function seenGrasp(space: Box, arm: Arm, scale: HandScale): Grasp | null {
  const { settings, alongSigmaM } = scale;
  const { wrist, elbow, head } = arm;
  if (!wrist) return null;
  const farM = settings.handBeyondWristM + FAR_SIGMAS * settings.wristSigmaM;
  if (distanceToBoxM(space, wrist) > farM) return null;
  const hand = { wrist, behind: elbow ?? head, alongSigmaM, acrossSigmaM: settings.wristSigmaM };
  return bestGrasp(space, hand, settings);
}

function seenWeight(space: Box, arm: Arm, scale: HandScale): number {
  const grasp = seenGrasp(space, arm, scale);
  return grasp ? (1 - scale.settings.wristOutlierShare) * Math.exp(-0.5 * grasp.misfit) : 0;
}

/** Metres along the shelf by which a seen hand misses the middle of `space`; null where it is hidden or elsewhere. */
export function missAlongM(space: Box, arm: Arm, scale: HandScale): number | null {
  return seenGrasp(space, arm, scale)?.alongM ?? null;
}

/** A hidden hand against one that is seen inside: it may be at many other plates. */
const HIDDEN_HAND_SHARE = 0.4;
/** What tells of a hidden hand only by guess is wrong this often. */
const GUESS_WRONG_SHARE = 0.3;
/** A forearm against its upper arm (rounded from anthropometric tables), and how far a bent arm is from a straight one. */
const FOREARM_SHARE = 0.9;
const STRAIGHT_ARM_SIGMA_M = 0.15;
/** Hands move at about this speed around a reach. */
const HAND_M_PER_S = 0.5;

function hiddenWeight(space: Box, arm: Arm, scale: HandScale): number {
  const { settings } = scale;
  const body = arm.head ?? arm.shoulder;
  if (!body) return 0;
  const away = floorDistanceM(body, boxCentre(space));
  const z = Math.max(away - settings.armReachM, 0) / settings.bodySigmaM;
  let weight = HIDDEN_HAND_SHARE * Math.exp(-0.5 * z * z);
  if (arm.shoulder && arm.elbow)
    weight *= guessed(elbowMisfit(space, straightWrist(arm.shoulder, arm.elbow), { arm, settings }));
  const nearest = nearestInTime(arm);
  if (nearest) weight *= guessed(carriedMisfit(space, nearest, { arm, settings }));
  return weight;
}

/** Where the wrist of a straight arm is. */
export function straightWrist(shoulder: Point3, elbow: Point3): Point3 {
  return onFrom(shoulder, elbow, FOREARM_SHARE * distanceM(shoulder, elbow));
}

interface GuessedArm {
  readonly arm: Arm;
  readonly settings: FusionSettings;
}

function guessed(misfit: number): number {
  return GUESS_WRONG_SHARE + (1 - GUESS_WRONG_SHARE) * Math.exp(-0.5 * misfit);
}

/** An arm that reaches is nearly straight: its wrist is on from the shoulder through the elbow. */
function elbowMisfit(space: Box, wrist: Point3, { arm, settings }: GuessedArm): number {
  const sigma = STRAIGHT_ARM_SIGMA_M;
  const hand = { wrist, behind: arm.elbow, alongSigmaM: sigma, acrossSigmaM: sigma };
  return bestGrasp(space, hand, settings).misfit;
}

/** A wrist that is lost in a shelf was last seen on its way in, and is seen again on its way out. */
function nearestInTime({ atMs, before, after }: Arm): WristSighting | null {
  if (!before || !after) return before ?? after;
  return atMs - before.atMs <= after.atMs - atMs ? before : after;
}

function carriedMisfit(space: Box, seen: WristSighting, { arm, settings }: GuessedArm): number {
  const sigma = settings.wristSigmaM + (HAND_M_PER_S * Math.abs(seen.atMs - arm.atMs)) / 1000;
  const z = distanceToBoxM(space, seen.wrist) / sigma;
  return z * z;
}
