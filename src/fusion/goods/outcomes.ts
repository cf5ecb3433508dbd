/**
 * What may have happened in a step group, by weight and place alone: each outcome is a set of items that left the
 * plates or came to them, with the ln-likelihood of the weights under it and its prior.
 *
 * For items on a part of the plates with total change D of variance s²:
 *   ln p = ln N(D; Σ nμ, s² + Var(Σ nμ)) + ln P(products | plates) + ln P(counts) − spread
 * where `spread` = (k − 1)·ln|D| − lnΓ(k) is the density of how k plates share the change (uniform on the simplex):
 * it lets "one item across two plates" and "two items, one on each" be compared fairly. Mixed sets are enumerated to
 * pairs, with a prior against them: 'A + B read as n × B' is the classic error.
 */
import { logGamma, logNormal } from '../../kernel/index.ts';
import type { MovedItem, ProductId, ProductWeight, StoreModel } from '../../domain/index.ts';
import { logCount } from './counts.ts';
import { isHome, productsAt, thingAt } from './place-belief.ts';
import type { PlaceBelief, PlacedThing } from './place-belief.ts';
import type { FusionSettings } from '../settings.ts';
import type { GroupPlate } from './step-groups.ts';
import {
  likeliestWeight,
  logProductWeight,
  logUnknownWeight,
  priorProductWeight,
  UNKNOWN_GRAMS_MIN,
  weightVariance,
} from './weight-belief.ts';
import type { WeightBeliefs } from './weight-belief.ts';

export type OutcomeKind = 'taken' | 'returned' | 'exchanged' | 'handed' | 'nothing';

export interface Outcome {
  readonly kind: OutcomeKind;
  /** Counts are positive where the items left the plates, negative where they came to them. */
  readonly items: readonly MovedItem[];
  readonly logLikelihood: number;
  /** True where the items came to plates that are not their own. */
  readonly isMisplaced: boolean;
  /** The nameless thing that went, where that is the outcome. */
  readonly thing: GoneThing | null;
  /** The plates of the first item and of the second, where each has plates of its own. */
  readonly parts?: readonly [readonly GroupPlate[], readonly GroupPlate[]];
}

export interface GoneThing extends PlacedThing {
  /** True where stories know whether it lay there, so that the outcome needs no probability of that. */
  readonly isInStories: boolean;
}

export interface Evidence {
  readonly store: StoreModel;
  readonly places: PlaceBelief;
  readonly weights: WeightBeliefs;
  readonly settings: FusionSettings;
  /** What the person may hold and could put back, taken last first, each with the moments at which it was weighed. */
  readonly held: ReadonlyMap<ProductId, readonly WeighedTake[]>;
  /** True for somebody who works here: they may bring anything that belongs on these plates. */
  readonly isCrew: boolean;
  /** Whether stories know of a nameless thing; none do where it is missing. */
  readonly isInStories?: (thingId: string) => boolean;
}

/** `count` units that were taken together: what they weighed, and the variance of that measurement. */
export interface WeighedTake {
  readonly grams: number;
  readonly variance: number;
  readonly count: number;
  readonly atMs: number;
  /** P(the person took it). */
  readonly probability: number;
}

/** Parts with a worse explanation than this against the best are not combined further. */
const PART_LOG_KEEP = 12;
const PAIR_CANDIDATES_MAX = 12;
/** Error of a sum over plates that single plates do not show: gain and lever, grams. */
const SUM_SIGMA_GRAMS = 1;

export interface Part {
  readonly plates: readonly GroupPlate[];
  readonly grams: number;
  readonly variance: number;
  readonly logSpread: number;
}

/** What `product` may weigh, by all that was learnt. */
export function weightOf(
  evidence: Pick<Evidence, 'store' | 'weights' | 'settings'>,
  product: ProductId,
): ProductWeight {
  const known = evidence.weights.get(product);
  if (known !== undefined) return known;
  const belief = priorProductWeight(evidence.store.catalogue.byId.get(product), evidence.settings);
  evidence.weights.set(product, belief);
  return belief;
}

/** The outcomes of a step group, most likely first, at most `outcomesMax`. */
export function outcomesOf(
  evidence: Evidence,
  plates: readonly GroupPlate[],
  beside: readonly GroupPlate[] = [],
): Outcome[] {
  const outcomes = [...wholeOutcomes(evidence, plates), ...splitOutcomes(evidence, plates)];
  if (beside.length > 0) return likeliest(withBeside(evidence, { plates, beside, outcomes }), evidence);
  return likeliest(outcomes, evidence);
}

function likeliest(outcomes: Outcome[], evidence: Evidence): Outcome[] {
  const possible = outcomes.filter((outcome) => outcome.logLikelihood > -Infinity);
  possible.sort((a, b) => b.logLikelihood - a.logLikelihood);
  return possible.slice(0, evidence.settings.outcomesMax);
}

/** Of what neighbouring plates felt without a step of their own, this share was part of the thing, the rest cross-talk. */
const PART_BESIDE_SHARE = 0.2;
/** Cross-talk is about this share of what was moved. */
const CROSS_TALK_SHARE = 0.02;

/**
 * The same with what plates beside felt: either that was cross-talk, N(δ; 0, σ² + (cD)²), or a part of what was moved, and
 * then all of it together explains the weights.
 */
function withBeside(
  evidence: Evidence,
  told: {
    readonly plates: readonly GroupPlate[];
    readonly beside: readonly GroupPlate[];
    readonly outcomes: readonly Outcome[];
  },
): Outcome[] {
  const grams = told.plates.reduce((sum, plate) => sum + plate.deltaGrams, 0);
  const crossTalk = CROSS_TALK_SHARE * grams;
  let logFelt = Math.log(1 - PART_BESIDE_SHARE);
  for (const { deltaGrams, variance } of told.beside)
    logFelt += logNormal(deltaGrams, 0, variance + crossTalk * crossTalk);
  const all = [...told.plates, ...told.beside].sort((a, b) => a.position - b.position);
  const together = itemOutcomes(evidence, partOf(all)).map((outcome) => ({
    ...outcome,
    logLikelihood: outcome.logLikelihood + Math.log(PART_BESIDE_SHARE),
  }));
  const alone = told.outcomes.map((outcome) => ({
    ...outcome,
    logLikelihood: outcome.logLikelihood + logFelt,
  }));
  return [...alone, ...together];
}

/** The change of all `plates` together. */
export function partOf(plates: readonly GroupPlate[]): Part {
  let totalGrams = 0;
  let variance = SUM_SIGMA_GRAMS * SUM_SIGMA_GRAMS;
  for (const plate of plates) {
    totalGrams += plate.deltaGrams;
    variance += plate.variance;
  }
  const k = plates.length;
  const size = Math.max(Math.abs(totalGrams), 1);
  const logSpread = k > 1 ? (k - 1) * Math.log(size) - logGamma(k) : 0;
  return { plates, grams: totalGrams, variance, logSpread };
}

/** Explanations of all plates together. */
function wholeOutcomes(evidence: Evidence, plates: readonly GroupPlate[]): Outcome[] {
  const part = partOf(plates);
  return [...itemOutcomes(evidence, part), ...noItemOutcomes(evidence, part)];
}

/** Explanations by two neighbouring parts, each with items of its own. */
function splitOutcomes(evidence: Evidence, plates: readonly GroupPlate[]): Outcome[] {
  const outcomes: Outcome[] = [];
  const logPrior = Math.log(evidence.settings.mixedGraspShare);
  for (let cut = 1; cut < plates.length; cut++) {
    const parts = [plates.slice(0, cut), plates.slice(cut)] as const;
    const left = bestFew(itemOutcomes(evidence, partOf(parts[0])));
    const right = bestFew(itemOutcomes(evidence, partOf(parts[1])));
    for (const a of left) {
      for (const b of right) outcomes.push({ ...joined(a, b, logPrior), parts });
    }
  }
  return outcomes;
}

function bestFew(outcomes: Outcome[]): Outcome[] {
  outcomes.sort((a, b) => b.logLikelihood - a.logLikelihood);
  const best = outcomes[0]?.logLikelihood ?? 0;
  return outcomes
    .slice(0, PAIR_CANDIDATES_MAX)
    .filter((outcome) => outcome.logLikelihood > best - PART_LOG_KEEP);
}

function joined(a: Outcome, b: Outcome, logPrior: number): Outcome {
  return {
    kind: a.kind === b.kind ? a.kind : 'exchanged',
    items: addItems(a.items, b.items),
    logLikelihood: a.logLikelihood + b.logLikelihood + logPrior,
    isMisplaced: a.isMisplaced || b.isMisplaced,
    thing: null,
  };
}

function addItems(a: readonly MovedItem[], b: readonly MovedItem[]): MovedItem[] {
  const sum = new Map<ProductId | null, number>();
  for (const item of [...a, ...b]) sum.set(item.productId, (sum.get(item.productId) ?? 0) + item.count);
  return [...sum].map(([productId, count]) => ({ productId, count }));
}

interface Candidate {
  readonly productId: ProductId;
  readonly logPlace: number;
  readonly isMisplaced: boolean;
}

/** Who could have been moved: what lies there when weight goes, what somebody holds when weight comes. */
function candidatesFor(evidence: Evidence, part: Part): Candidate[] {
  const { settings } = evidence;
  if (part.grams < 0) {
    const there = productsAt(evidence, part.plates);
    return [...there].map(([productId, share]) => ({
      productId,
      logPlace: Math.log(share),
      isMisplaced: false,
    }));
  }
  if (evidence.isCrew) return restockCandidates(evidence, part);
  let left = 1;
  return [...evidence.held.keys()].map((productId, index) => {
    const isMisplaced = !isHome(evidence.store, productId, part.plates);
    const share = isMisplaced
      ? (1 - settings.putBackHomeShare) / settings.otherPlatesCount
      : settings.putBackHomeShare / placesOf(evidence.store, productId);
    const which = index === evidence.held.size - 1 ? left : left * settings.lastTakenShare;
    left -= which;
    return { productId, logPlace: Math.log(which * share), isMisplaced };
  });
}

/** Plates on which the planogram has the product: what goes home lies on one of them. */
function placesOf(store: StoreModel, product: ProductId): number {
  const facings = store.planogram.facingsByProduct.get(product) ?? [];
  return Math.max(
    1,
    facings.reduce((sum, { plateIds }) => sum + plateIds.length, 0),
  );
}

/** What somebody who works here may bring: what belongs on these plates. */
function restockCandidates(evidence: Evidence, part: Part): Candidate[] {
  const { store, settings } = evidence;
  const products = new Set(
    part.plates.flatMap(({ plateId }) =>
      (store.planogram.facingsByPlate.get(plateId) ?? []).map(({ productId }) => productId),
    ),
  );
  const logPlace = Math.log(settings.restockHomeShare / Math.max(products.size, 1));
  return [...products].map((productId) => ({ productId, logPlace, isMisplaced: false }));
}

/** Explanations of one part by items: n of one product, pairs of two, or something unknown. */
function itemOutcomes(evidence: Evidence, part: Part): Outcome[] {
  const candidates = candidatesFor(evidence, part);
  const outcomes: Outcome[] = [];
  for (const candidate of candidates) outcomes.push(...countOutcomes(evidence, part, candidate));
  outcomes.push(...pairOutcomes(evidence, part, candidates));
  outcomes.push(unknownOutcome(evidence, part));
  return outcomes;
}

function countOutcomes(evidence: Evidence, part: Part, candidate: Candidate): Outcome[] {
  const { settings } = evidence;
  const weight = weightOf(evidence, candidate.productId);
  const size = Math.abs(part.grams);
  const outcomes: Outcome[] = [];
  for (let count = 1; count <= settings.countMax; count++) {
    let log = -Infinity;
    if (part.grams > 0 && !evidence.isCrew) {
      log = logReturned(evidence, part, { productId: candidate.productId, count }) - part.logSpread;
    } else {
      log = logProductWeight(weight, { grams: size, count, variance: part.variance }) - part.logSpread;
    }
    if (log === -Infinity) continue;
    outcomes.push(
      itemOutcome(part, [{ candidate, count }], log + logCount(count, settings) + candidate.logPlace),
    );
  }
  return outcomes;
}

/** Of what comes back this share weighs as its kind does, not as when it was taken: the take was misread. */
const MISREAD_SHARE = 0.1;

/**
 * ln-density of the weight of `count` units that come back. They are units that were taken, and weigh what they weighed:
 * of n units that weighed T together, k weigh kT/n with variance σ²k(n − k)/n + (k/n)²·Var(T), σ² the units' own variance.
 */
function logReturned(
  evidence: Evidence,
  part: Part,
  back: { readonly productId: ProductId; readonly count: number },
): number {
  const weight = weightOf(evidence, back.productId);
  const unitVariance = likeliestWeight(weight)?.unitVariance ?? 0;
  const { count } = back;
  let likelihood = 0;
  let total = 0;
  for (const take of evidence.held.get(back.productId) ?? []) {
    if (take.count < count) continue;
    const share = count / take.count;
    const own = unitVariance * count * (1 - share);
    const variance = part.variance + own + share * share * take.variance;
    likelihood += take.probability * Math.exp(logNormal(part.grams, share * take.grams, variance));
    total += take.probability;
  }
  const asKind = Math.exp(logProductWeight(weight, { grams: part.grams, count, variance: part.variance }));
  if (total === 0) return Math.log(asKind);
  return Math.log(((1 - MISREAD_SHARE) * likelihood) / total + MISREAD_SHARE * asKind);
}

function itemOutcome(
  part: Part,
  items: readonly { readonly candidate: Candidate; readonly count: number }[],
  logLikelihood: number,
): Outcome {
  const isTaken = part.grams < 0;
  return {
    kind: isTaken ? 'taken' : 'returned',
    items: items.map((item) => ({
      productId: item.candidate.productId,
      count: isTaken ? item.count : -item.count,
    })),
    logLikelihood,
    isMisplaced: items.some((item) => item.candidate.isMisplaced),
    thing: null,
  };
}

/** One of A and one of B together on the same plates. */
function pairOutcomes(evidence: Evidence, part: Part, candidates: readonly Candidate[]): Outcome[] {
  const { settings } = evidence;
  const likely = candidates.toSorted((a, b) => b.logPlace - a.logPlace).slice(0, PAIR_CANDIDATES_MAX);
  const outcomes: Outcome[] = [];
  for (let i = 0; i < likely.length; i++) {
    for (let j = i + 1; j < likely.length; j++) {
      const a = likeliestWeight(weightOf(evidence, likely[i]!.productId));
      const b = likeliestWeight(weightOf(evidence, likely[j]!.productId));
      if (!a || !b) continue;
      const variance = part.variance + weightVariance(a, 1) + weightVariance(b, 1);
      const log =
        Math.log(settings.mixedGraspShare) +
        logNormal(Math.abs(part.grams), a.meanGrams + b.meanGrams, variance) +
        likely[i]!.logPlace +
        likely[j]!.logPlace -
        part.logSpread;
      const items = [
        { candidate: likely[i]!, count: 1 },
        { candidate: likely[j]!, count: 1 },
      ];
      outcomes.push(itemOutcome(part, items, log));
    }
  }
  return outcomes;
}

/** Something the catalogue does not know was taken or left. */
function unknownOutcome(evidence: Evidence, part: Part): Outcome {
  const logWeight = logUnknownWeight(Math.abs(part.grams));
  const log = Math.log(evidence.settings.unknownItemShare) + logWeight - part.logSpread;
  const isTaken = part.grams < 0;
  const count = isTaken ? 1 : -1;
  return {
    kind: isTaken ? 'taken' : 'returned',
    items: [{ productId: null, count }],
    logLikelihood: log,
    isMisplaced: !isTaken,
    thing: null,
  };
}

/** Explanations without any item: residue of a push, things shifted along the shelf, a thing taken away again. */
function noItemOutcomes(evidence: Evidence, part: Part): Outcome[] {
  const { settings } = evidence;
  let residue = Math.log(settings.residueShare);
  let fault = Math.log(settings.faultShare);
  for (const plate of part.plates) {
    const spread = settings.residueGrams * settings.residueGrams;
    residue += logNormal(plate.deltaGrams, 0, plate.variance + spread);
    fault += logUnknownWeight(Math.max(Math.abs(plate.deltaGrams), UNKNOWN_GRAMS_MIN));
  }
  const outcomes = [nothing(residue), nothing(fault)];
  if (part.plates.length > 1) {
    const spread = Math.log(Math.max(1, ...part.plates.map((plate) => Math.abs(plate.deltaGrams))));
    const shift = Math.log(settings.shiftShare) + logNormal(part.grams, 0, part.variance);
    outcomes.push(nothing(shift - (part.plates.length - 1) * spread));
  }
  const thing = part.grams < 0 ? thingAt(evidence.places, part.plates, part) : null;
  if (thing) {
    const isInStories = evidence.isInStories?.(thing.thingId) ?? false;
    const logThere = isInStories ? 0 : Math.log(thing.probability);
    const variance = part.variance + thing.variance;
    const log = logThere + logNormal(part.grams, -thing.grams, variance) - part.logSpread;
    outcomes.push({ ...nothing(log), thing: { ...thing, isInStories } });
  }
  return outcomes;
}

function nothing(logLikelihood: number): Outcome {
  return { kind: 'nothing', items: [], logLikelihood, isMisplaced: false, thing: null };
}
