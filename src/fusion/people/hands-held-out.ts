/**
 * One moment of two bodies: do they look as if something went from hand to hand? The answer is a likelihood ratio, p(how
 * the hands are | a hand-over) / p(how they are | none), made of what any hand-over looks like: two hands are held out at
 * about elbow height, on the line between the bodies, to one point. Without one, a hand hangs beside its owner, or is up
 * for something else, most often at a shelf; the hands of two who stand side by side hang on the line between them too,
 * so height and place are judged together. Which of the four pairs of hands it would be is not known, so their ratios
 * are averaged; a hand that is not seen says no more than its elbow does.
 *
 * Densities are per m² of the floor and per share of the head's height (the head is what every tracker shows; shares are
 * of people who stand, from anthropometric tables).
 */
import { logNormal } from '../../kernel/index.ts';
import { distanceM, floorDistanceM } from '../../domain/index.ts';
import type { Point3 } from '../../domain/index.ts';
import type { BodySample } from './bodies.ts';
import { NEAR_M } from './near-shelves.ts';
import type { ShelfDistance } from './near-shelves.ts';

/** An elbow held to the body is at 0.66 of the head's height, a hand held out a little below. */
const HELD_OUT_SHARE = 0.63;
const HELD_OUT_SIGMA_SHARE = 0.07;
/** Who differ in height meet anywhere between what is comfortable for one and for the other. */
const BETWEEN_HEIGHTS_SHARE = 0.35;
/** Hands are held out straight ahead: off the line from head to head, and along it as a share of its length. */
const OFF_LINE_SIGMA_M = 0.1;
const HALFWAY_SHARE = 0.5;
const HALFWAY_SIGMA_SHARE = 0.17;
/** Heads that the tracker shows in one place have no line. */
const HEADS_M_MIN = 0.2;
/** The wrist of an arm that hangs: its height, and how far beside the head it is over the floor, on any side. */
const HANGING_SHARE = 0.51;
const HANGING_SIGMA_SHARE = 0.03;
const ASIDE_M = 0.26;
const ASIDE_SIGMA_M = 0.05;
/** A hand is up for something else this often, at any height, as far as an arm reaches around. */
const UP_OTHERWISE_SHARE = 0.25;
const UP_RANGE_SHARE = 0.9;
const UP_AREA_M2 = Math.PI * 0.6 * 0.6;
/** Then it is at a shelf this often, and this near to it. */
const AT_SHELF_SHARE = 0.6;
const AT_SHELF_SIGMA_M = 0.1;
/** A hand less likely than this to be held out need not be asked after shelves. */
const HELD_OUT_LOG_MIN = -3;
/** Between the two hands, wrist to fingertips each, is the thing that is given and what the tracker errs by. */
const GAP_SIGMA_M = 0.12;
/** Hands on one line between two people are within this of each other anyway. */
const GAP_RANGE_M = 0.5;
/** The elbow of an arm that hangs, and of one that is held out; or anything else within a range. */
const ELBOW_HANGING = { mean: 0.655, sigma: 0.02 };
const ELBOW_OUT = { mean: 0.71, sigma: 0.04 };
const ELBOW_OTHERWISE_SHARE = 0.3;
const ELBOW_RANGE_SHARE = 0.4;
/** Some things are put into the other's basket or bag: one hand only, which ends near the other's body. */
const BOTH_SHARE = 0.85;
const AT_BODY = { mean: 0.3, sigma: 0.12 };
const AT_BODY_RANGE_M = 1;
/** Points that are simply wrong bound what one moment can say against a hand-over. */
const OUTLIER_SHARE = 0.03;
/** So far below `OUTLIER_SHARE` that the gap between the hands need not be worked out. */
const NEGLIGIBLE = 1e-4;

export type WristName = 'leftWrist' | 'rightWrist';

export interface Moment {
  /** ln of the ratio. */
  readonly log: number;
  /** The hands that it most probably was; null where one of them is not seen, or has no part in it. */
  readonly handA: WristName | null;
  readonly handB: WristName | null;
}

interface Hand {
  readonly name: WristName;
  readonly wrist: Point3 | null;
  readonly elbow: Point3 | null;
  /** ln-ratio that this hand is held out to the other. */
  readonly log: number;
}

type SeenHand = Hand & { readonly wrist: Point3 };

interface Person {
  readonly head: Point3;
  readonly other: Point3;
}

interface Normal {
  readonly mean: number;
  readonly sigma: number;
}

function normalLog(x: number, { mean, sigma }: Normal): number {
  return logNormal(x, mean, sigma * sigma);
}

function density(x: number, law: Normal): number {
  return Math.exp(normalLog(x, law));
}

/** Of a distance, which is never negative. */
function halfNormal(x: number, sigma: number): number {
  return 2 * density(x, { mean: 0, sigma });
}

/** Where a wrist is against the line from one's own head to the other's, over the floor. */
interface Place {
  /** Metres from the own head, along and off the line; the line's length. */
  readonly alongM: number;
  readonly offM: number;
  readonly lengthM: number;
}

function placeOf({ head, other }: Person, wrist: Point3): Place {
  const lengthM = Math.max(floorDistanceM(head, other), HEADS_M_MIN);
  const [toX, toY] = [(other.x - head.x) / lengthM, (other.y - head.y) / lengthM];
  const [x, y] = [wrist.x - head.x, wrist.y - head.y];
  return { alongM: x * toX + y * toY, offM: x * toY - y * toX, lengthM };
}

/** ln p(a wrist is there | it is held out to the other), per m² of the floor and share of the head's height. */
function heldOutLog({ head, other }: Person, wrist: Point3, place: Place): number {
  const out = (HELD_OUT_SHARE * (head.z + other.z)) / (2 * head.z);
  const apart = Math.abs(head.z - other.z) / head.z;
  const sigma = HELD_OUT_SIGMA_SHARE + BETWEEN_HEIGHTS_SHARE * HELD_OUT_SHARE * apart;
  const { alongM, offM, lengthM } = place;
  const along = normalLog(alongM, { mean: HALFWAY_SHARE * lengthM, sigma: HALFWAY_SIGMA_SHARE * lengthM });
  const off = normalLog(offM, { mean: 0, sigma: OFF_LINE_SIGMA_M });
  return normalLog(wrist.z / head.z, { mean: out, sigma }) + along + off;
}

/** ln p(a wrist is there | it hangs, or is up for something else), in the same measure. */
function otherwiseLog({ head }: Person, wrist: Point3, at: Place & { readonly shelfM: number }): number {
  const aside = Math.sqrt(at.alongM * at.alongM + at.offM * at.offM);
  const ring = normalLog(aside, { mean: ASIDE_M, sigma: ASIDE_SIGMA_M }) - Math.log(2 * Math.PI * ASIDE_M);
  const hanging = normalLog(wrist.z / head.z, { mean: HANGING_SHARE, sigma: HANGING_SIGMA_SHARE }) + ring;
  const atShelf = NEAR_M * halfNormal(at.shelfM, AT_SHELF_SIGMA_M);
  const up = (1 - AT_SHELF_SHARE + AT_SHELF_SHARE * atShelf) / (UP_RANGE_SHARE * UP_AREA_M2);
  return Math.log((1 - UP_OTHERWISE_SHARE) * Math.exp(hanging) + UP_OTHERWISE_SHARE * up);
}

/** ln-ratio of the elbow of a hand that is not seen. */
function elbowLog({ head }: Person, elbow: Point3): number {
  const share = elbow.z / head.z;
  const anything = 1 / ELBOW_RANGE_SHARE;
  const out = (1 - OUTLIER_SHARE) * density(share, ELBOW_OUT) + OUTLIER_SHARE * anything;
  const otherwise =
    (1 - ELBOW_OTHERWISE_SHARE) * density(share, ELBOW_HANGING) + ELBOW_OTHERWISE_SHARE * anything;
  return Math.log(out / otherwise);
}

/** The two hands of one of them; `shelfM` is asked only for hands that are otherwise possible. */
function handsOf(sample: BodySample, person: Person, shelfM: ShelfDistance): readonly [Hand, Hand] {
  const handOf = (name: WristName, elbow: Point3 | null): Hand => {
    const wrist = sample[name];
    if (!wrist) return { name, wrist, elbow, log: elbow ? elbowLog(person, elbow) : 0 };
    const place = placeOf(person, wrist);
    const out = heldOutLog(person, wrist, place);
    const at = { ...place, shelfM: out > HELD_OUT_LOG_MIN ? shelfM(wrist) : NEAR_M };
    return { name, wrist, elbow, log: out - otherwiseLog(person, wrist, at) };
  };
  return [handOf('leftWrist', sample.leftElbow ?? null), handOf('rightWrist', sample.rightElbow ?? null)];
}

/** Metres between two hands, each from the wrist on in the direction of the forearm. */
function gapM(
  a: Hand & { readonly wrist: Point3 },
  b: Hand & { readonly wrist: Point3 },
  handM: number,
): number {
  let nearest = Infinity;
  for (const one of handPoints(a, handM))
    for (const other of handPoints(b, handM)) nearest = Math.min(nearest, distanceM(one, other));
  return nearest;
}

/** Wrist, grasp and fingertips. */
function handPoints({ wrist, elbow }: SeenHand, handM: number): Point3[] {
  const length = elbow ? distanceM(wrist, elbow) : 0;
  if (!elbow || length === 0) return [wrist];
  return [0, 0.5, 1].map((share) => {
    const scale = (share * handM) / length;
    return {
      x: wrist.x + (wrist.x - elbow.x) * scale,
      y: wrist.y + (wrist.y - elbow.y) * scale,
      z: wrist.z + (wrist.z - elbow.z) * scale,
    };
  });
}

/** Both hands held out, to one point. */
function pairRatio(a: Hand, b: Hand, handM: number): number {
  const each = Math.exp(a.log + b.log);
  if (!a.wrist || !b.wrist || each < NEGLIGIBLE) return each;
  const gap = gapM({ ...a, wrist: a.wrist }, { ...b, wrist: b.wrist }, handM);
  return each * GAP_RANGE_M * halfNormal(gap, GAP_SIGMA_M);
}

function oneHandRatio(hand: Hand, person: Person): number {
  if (!hand.wrist) return 0;
  return Math.exp(hand.log) * AT_BODY_RANGE_M * density(floorDistanceM(hand.wrist, person.other), AT_BODY);
}

export interface Pair {
  readonly a: BodySample & { readonly head: Point3 };
  readonly b: BodySample & { readonly head: Point3 };
}

/** What one moment of two bodies says. `handM`: the hand beyond the wrist, metres. */
export function lookAt({ a, b }: Pair, shelfM: ShelfDistance, handM: number): Moment {
  const personA = { head: a.head, other: b.head };
  const personB = { head: b.head, other: a.head };
  const handsA = handsOf(a, personA, shelfM);
  const handsB = handsOf(b, personB, shelfM);
  const ways = handsA.flatMap((handA) =>
    handsB.map((handB): Way => ({ handA, handB, ratio: (BOTH_SHARE / 4) * pairRatio(handA, handB, handM) })),
  );
  for (const handA of handsA)
    ways.push({ handA, handB: null, ratio: ((1 - BOTH_SHARE) / 4) * oneHandRatio(handA, personA) });
  for (const handB of handsB)
    ways.push({ handA: null, handB, ratio: ((1 - BOTH_SHARE) / 4) * oneHandRatio(handB, personB) });
  const ratio = ways.reduce((sum, way) => sum + way.ratio, 0);
  const best = ways.reduce((one, way) => (way.ratio > one.ratio ? way : one));
  return {
    log: Math.log((1 - OUTLIER_SHARE) * ratio + OUTLIER_SHARE),
    handA: nameOf(best.handA),
    handB: nameOf(best.handB),
  };
}

/** One of the ways in which it may have happened: these two hands, or one into the other's bag. */
interface Way {
  readonly handA: Hand | null;
  readonly handB: Hand | null;
  readonly ratio: number;
}

function nameOf(hand: Hand | null): WristName | null {
  return hand?.wrist ? hand.name : null;
}
