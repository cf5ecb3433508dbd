/**
 * Places in the store. Metres, right-handed, z up. A pose `aFromB` turns a point in frame b into the same point in
 * frame a, so that products read correctly: `storeFromShelf = storeFromFixture · fixtureFromShelf`.
 */
import { exactSineCosine } from '../base/index.ts';

export interface Point3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A rigid motion: `rotation` is a 3 × 3 matrix row by row (9 numbers), then `translation` in metres. */
export interface Pose {
  readonly rotation: readonly number[];
  readonly translation: Point3;
}

/** An upright or turned cuboid whose corner is the origin of its own frame. */
export interface Box {
  readonly storeFromBox: Pose;
  /** Edge lengths in metres along the box's own x, y and z. */
  readonly sizeM: Point3;
}

export const ORIGIN: Point3 = { x: 0, y: 0, z: 0 };
const SMALL_ANGLE_RAD = 1e-12;

/** Not `Math.hypot`, whose last bit is the engine's: what is simulated by places is the same on every machine. */
function lengthM(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}

/**
 * The rotation whose axis is `rotationVector` and whose angle is its length in radians (Rodrigues' formula:
 * R = I + sin θ K + (1 − cos θ) K², K the cross-product matrix of the unit axis).
 */
export function poseFromRodrigues(translation: Point3, rotationVector: Point3): Pose {
  const angle = lengthM(rotationVector.x, rotationVector.y, rotationVector.z);
  if (angle < SMALL_ANGLE_RAD) return { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation };
  const kx = rotationVector.x / angle;
  const ky = rotationVector.y / angle;
  const kz = rotationVector.z / angle;
  const { sine: s, cosine: c } = exactSineCosine(angle);
  const v = 1 - c;
  return {
    rotation: [
      c + kx * kx * v,
      kx * ky * v - kz * s,
      kx * kz * v + ky * s,
      ky * kx * v + kz * s,
      c + ky * ky * v,
      ky * kz * v - kx * s,
      kz * kx * v - ky * s,
      kz * ky * v + kx * s,
      c + kz * kz * v,
    ],
    translation,
  };
}

function rotate(r: readonly number[], p: Point3): Point3 {
  return {
    x: r[0]! * p.x + r[1]! * p.y + r[2]! * p.z,
    y: r[3]! * p.x + r[4]! * p.y + r[5]! * p.z,
    z: r[6]! * p.x + r[7]! * p.y + r[8]! * p.z,
  };
}

/** The point of frame b, seen in frame a. */
export function transformPoint(aFromB: Pose, pointInB: Point3): Point3 {
  const turned = rotate(aFromB.rotation, pointInB);
  const t = aFromB.translation;
  return { x: turned.x + t.x, y: turned.y + t.y, z: turned.z + t.z };
}

/** `aFromC = aFromB · bFromC`. */
export function composePoses(aFromB: Pose, bFromC: Pose): Pose {
  const rotation: number[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += aFromB.rotation[row * 3 + k]! * bFromC.rotation[k * 3 + column]!;
      rotation.push(sum);
    }
  }
  return { rotation, translation: transformPoint(aFromB, bFromC.translation) };
}

/** `bFromA`: the transpose of the rotation undoes it. */
export function invertPose(aFromB: Pose): Pose {
  const r = aFromB.rotation;
  const transpose = [r[0]!, r[3]!, r[6]!, r[1]!, r[4]!, r[7]!, r[2]!, r[5]!, r[8]!];
  const t = rotate(transpose, aFromB.translation);
  return { rotation: transpose, translation: { x: -t.x, y: -t.y, z: -t.z } };
}

export function distanceM(a: Point3, b: Point3): number {
  return lengthM(a.x - b.x, a.y - b.y, a.z - b.z);
}

/** Distance over the floor, heights ignored. */
export function floorDistanceM(a: Point3, b: Point3): number {
  return lengthM(a.x - b.x, a.y - b.y, 0);
}

/** Metres from the point to the nearest point of the box; 0 inside. */
export function distanceToBoxM(box: Box, pointInStore: Point3): number {
  const { rotation: r, translation: t } = box.storeFromBox;
  const dx = pointInStore.x - t.x;
  const dy = pointInStore.y - t.y;
  const dz = pointInStore.z - t.z;
  const x = r[0]! * dx + r[3]! * dy + r[6]! * dz;
  const y = r[1]! * dx + r[4]! * dy + r[7]! * dz;
  const z = r[2]! * dx + r[5]! * dy + r[8]! * dz;
  const beyondX = Math.max(-x, x - box.sizeM.x, 0);
  const beyondY = Math.max(-y, y - box.sizeM.y, 0);
  const beyondZ = Math.max(-z, z - box.sizeM.z, 0);
  return lengthM(beyondX, beyondY, beyondZ);
}

/** The centre of the box, in the store frame. */
export function boxCentre(box: Box): Point3 {
  return transformPoint(box.storeFromBox, { x: box.sizeM.x / 2, y: box.sizeM.y / 2, z: box.sizeM.z / 2 });
}

/** The four corners of the box's footprint in the store frame, going round. */
export function boxFootprint(box: Box): readonly Point3[] {
  const { x, y } = box.sizeM;
  const corners = [ORIGIN, { x, y: 0, z: 0 }, { x, y, z: 0 }, { x: 0, y, z: 0 }];
  return corners.map((corner) => transformPoint(box.storeFromBox, corner));
}
