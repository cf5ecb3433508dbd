/**
 * The scale in the floor of a smart cart. It weighs five times a second, tells what it shows while that changes, and
 * once a second while it does not; it shakes while the cart rolls, and knows when it is still.
 */
import { assert, exactExp } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { sourceId } from '../../domain/index.ts';
import type { CartId } from '../../domain/index.ts';
import { ownRandom } from '../words/index.ts';
import type { ReadingOf } from '../words/index.ts';

/** Assumed; legal cart scales of this range (15 kg) have steps of 5 g. */
export interface CartScaleSettings {
  readonly sampleMs: number;
  /** While nothing changes it tells every so many samples. */
  readonly idleSamples: number;
  /** Standard deviation: within ± 2 g nearly always. */
  readonly noiseGrams: number;
  readonly resolutionGrams: number;
  readonly rollingGrams: number;
  /** What is put in bounces: this share of its weight at first, fading over this time. */
  readonly bounceShare: number;
  readonly bounceMs: number;
  /** Still: so many samples within one step of each other. */
  readonly stableSamples: number;
}

export const CART_SCALE_SETTINGS: CartScaleSettings = {
  sampleMs: 200,
  idleSamples: 5,
  noiseGrams: 1,
  resolutionGrams: 5,
  rollingGrams: 40,
  bounceShare: 0.4,
  bounceMs: 250,
  stableSamples: 4,
};

/** Behind so many times `bounceMs` nothing bounces any more. */
const BOUNCE_TIMES = 8;

interface Load {
  readonly atTrueMs: number;
  readonly grams: number;
}

export interface CartScale {
  readonly cartId: CartId;
  readonly settings: CartScaleSettings;
  readonly random: Random;
  /** What lies in it for longer than anything bounces, and what has come since. */
  restGrams: number;
  recent: Load[];
  rolls: Roll[];
  /** The last `stableSamples` values shown, oldest first. */
  shownGrams: number[];
  toldGrams: number;
  samplesSinceTold: number;
  nextSampleTrueMs: number;
  readTrueMs: number;
}

export interface Roll {
  readonly fromTrueMs: number;
  readonly untilTrueMs: number;
}

export interface CartScaleOptions {
  readonly seed: number;
  readonly cartId: CartId;
  readonly settings?: CartScaleSettings;
}

export function createCartScale({
  seed,
  cartId,
  settings = CART_SCALE_SETTINGS,
}: CartScaleOptions): CartScale {
  const random = ownRandom(seed, `cart ${cartId}`);
  return {
    cartId,
    settings,
    random,
    restGrams: 0,
    recent: [],
    rolls: [],
    shownGrams: [],
    toldGrams: NaN,
    samplesSinceTold: 0,
    nextSampleTrueMs: random.uniform() * settings.sampleMs,
    readTrueMs: 0,
  };
}

/** Goods are put in (+) or taken out (−), not before what was read. */
export function putInCart(scale: CartScale, load: Load): void {
  const { readTrueMs, cartId } = scale;
  assert(load.atTrueMs >= readTrueMs, 'LOAD_TOLD_LATE', { cartId, atTrueMs: load.atTrueMs, readTrueMs });
  scale.recent.push(load);
}

/** The cart rolls, not before what was read. */
export function rollCart(scale: CartScale, roll: Roll): void {
  const { readTrueMs, cartId } = scale;
  assert(roll.fromTrueMs >= readTrueMs, 'ROLL_TOLD_LATE', {
    cartId,
    fromTrueMs: roll.fromTrueMs,
    readTrueMs,
  });
  scale.rolls.push(roll);
}

/** What the scale tells up to and with `untilTrueMs`. */
export function readCart(
  scale: CartScale,
  untilTrueMs: number,
  emit: (reading: ReadingOf<'cart'>) => void,
): void {
  const { settings, cartId } = scale;
  for (; scale.nextSampleTrueMs <= untilTrueMs; scale.nextSampleTrueMs += settings.sampleMs) {
    const trueMs = scale.nextSampleTrueMs;
    const weightGrams = weigh(scale, trueMs);
    scale.shownGrams = [...scale.shownGrams, weightGrams].slice(-settings.stableSamples);
    const isStable = isStill(scale);
    scale.samplesSinceTold++;
    const isDue = scale.samplesSinceTold >= settings.idleSamples;
    if (isStable && weightGrams === scale.toldGrams && !isDue) continue;
    scale.toldGrams = weightGrams;
    scale.samplesSinceTold = 0;
    emit({ kind: 'cart', source: sourceId(`carts/${cartId}/weight`), cartId, weightGrams, isStable, trueMs });
  }
  scale.readTrueMs = untilTrueMs;
}

function isStill({ shownGrams, settings }: CartScale): boolean {
  const spreadGrams = Math.max(...shownGrams) - Math.min(...shownGrams);
  return shownGrams.length === settings.stableSamples && spreadGrams <= settings.resolutionGrams;
}

function weigh(scale: CartScale, trueMs: number): number {
  const { settings, random } = scale;
  settle(scale, trueMs);
  let grams = scale.restGrams;
  for (const load of scale.recent) {
    if (load.atTrueMs > trueMs) continue;
    const bounce = settings.bounceShare * exactExp((load.atTrueMs - trueMs) / settings.bounceMs);
    grams += load.grams * (1 + bounce * random.normal());
  }
  const rolls = scale.rolls.some((roll) => roll.fromTrueMs <= trueMs && trueMs < roll.untilTrueMs);
  grams += random.normal() * (rolls ? settings.rollingGrams : settings.noiseGrams);
  return settings.resolutionGrams * Math.round(grams / settings.resolutionGrams);
}

/** What no longer bounces is at rest; rolls that are over are forgotten. */
function settle(scale: CartScale, trueMs: number): void {
  const restsSinceTrueMs = trueMs - BOUNCE_TIMES * scale.settings.bounceMs;
  for (const load of scale.recent) if (load.atTrueMs < restsSinceTrueMs) scale.restGrams += load.grams;
  scale.recent = scale.recent.filter(({ atTrueMs }) => atTrueMs >= restsSinceTrueMs);
  scale.rolls = scale.rolls.filter(({ untilTrueMs }) => untilTrueMs > trueMs);
}
