/**
 * What a committed event teaches of weights and places. It needs no label and no verdict: the step, the place and all
 * that may have caused it. What came back teaches nothing new, for it was weighed when it was taken.
 */
import { epochMs } from '../../base/index.ts';
import { logAddExp, logSumExp } from '../../kernel/index.ts';
import type { ProductId, ProductWeight, UnitWeight } from '../../domain/index.ts';
import type { AppliedEvent } from '../stories/story.ts';
import type { FusionState } from '../fusion-state.ts';
import { partOf, weightOf } from '../goods/outcomes.ts';
import type { Outcome, Part } from '../goods/outcomes.ts';
import { addPlacePick, homeProducts, neighbourProducts, productsAt } from '../goods/place-belief.ts';
import { logUnknownWeight } from '../goods/weight-belief.ts';
import { placePickOf } from './place-picks.ts';
import { learnSwap, logSum3, swappedProbability } from './swapped-places.ts';
import { logCounts, weightAfter } from './weight-evidence.ts';
import { noticeWeight } from './weight-notices.ts';

/** Steps of neighbouring plates this close in time may be one item that stood across both. */
const ACROSS_MS = 2000;

/** Learns from the events of one interaction; those that may be halves of one thing teach nothing. */
export function learnFromEvents(state: FusionState, events: readonly AppliedEvent[]): void {
  for (const applied of events)
    if (!events.some((other) => mayBeHalves(applied, other))) learnFromEvent(state, applied);
}

function mayBeHalves(
  { event: { moment: a } }: AppliedEvent,
  { event: { moment: b } }: AppliedEvent,
): boolean {
  if (a === b || Math.abs(a.settledAtMs - b.settledAtMs) > ACROSS_MS) return false;
  return a.plates.some(({ position }) => b.plates.some((other) => Math.abs(other.position - position) === 1));
}

/** Moves what is believed of the weights and places of everything whose place `applied` touched. */
function learnFromEvent(state: FusionState, applied: AppliedEvent): void {
  const { plates, settledAtMs } = applied.event.moment;
  if (plates.length === 0 || plates.some(({ deltaGrams }) => deltaGrams >= 0)) return;
  const outcomes = new Set(applied.event.options.map(({ outcome }) => outcome));
  const seen: SeenStep = {
    part: partOf(plates),
    outcomes: [...outcomes],
    places: productsAt(state, plates),
  };
  const home = [...homeProducts(state.store, plates)];
  const beside = neighbourProducts(state.store, plates);
  const pick = placePickOf(state, plates, seen.outcomes);
  for (const one of home) for (const other of beside) weighSwap(state, seen, [one, other]);
  for (const product of home) learnProduct(state, seen, product);
  for (const product of beside) putSwap(state, product);
  if (pick) state.places.picks = addPlacePick(state.places.picks, pick);
  state.learnt.untilMs = epochMs(Math.max(state.learnt.untilMs ?? -Infinity, settledAtMs));
}

interface SeenStep {
  readonly part: Part;
  readonly outcomes: readonly Outcome[];
  /** P(product | plates). */
  readonly places: ReadonlyMap<ProductId, number>;
}

/** ln-likelihood of every explanation but a pick of one of `products` alone. */
function logWithout({ outcomes }: SeenStep, products: readonly ProductId[]): number {
  const logs = outcomes
    .filter(({ items }) => {
      const [item, second] = items;
      return !item || second || item.productId === null || !products.includes(item.productId);
    })
    .map(({ logLikelihood }) => logLikelihood);
  return logs.length > 0 ? logSumExp(logs, logs.length) : -Infinity;
}

function logPlaceOf({ part, places }: SeenStep, product: ProductId): number {
  return Math.log(places.get(product) ?? 0) - part.logSpread;
}

function learnProduct(state: FusionState, seen: SeenStep, product: ProductId): void {
  const before = weightOf(state, product);
  const step = {
    grams: -seen.part.grams,
    variance: seen.part.variance,
    logPlace: logPlaceOf(seen, product),
    logRest: logWithout(seen, [product]),
  };
  const after = weightAfter(before, step, state.settings);
  setWeight(state, product, { ...after, swappedShare: swappedProbability(state.learnt.swaps, product) });
}

/** A neighbour's weight is believed as before, but it may stand elsewhere now. */
function putSwap(state: FusionState, product: ProductId): void {
  const swappedShare = swappedProbability(state.learnt.swaps, product);
  setWeight(state, product, { ...weightOf(state, product), swappedShare });
}

function setWeight(state: FusionState, product: ProductId, weight: ProductWeight): void {
  state.weights.set(product, weight);
  const entry = state.store.catalogue.byId.get(product);
  if (entry) noticeWeight(state.learnt, entry, weight);
}

function weighSwap(state: FusionState, seen: SeenStep, [one, other]: readonly [ProductId, ProductId]): void {
  const own = weightOf(state, one);
  const near = weightOf(state, other);
  if (!own.listed || !near.listed) return;
  const ownPlace = logPlaceOf(seen, one);
  const nearPlace = logPlaceOf(seen, other);
  const logRest = logWithout(seen, [one, other]);
  const logSwapped = logSum3(
    logRest,
    ownPlace + logAs(state, seen, near.listed),
    nearPlace + logAs(state, seen, own.listed),
  );
  const logAsPlanned = logSum3(
    logRest,
    ownPlace + logMixture(state, seen, own),
    nearPlace + logMixture(state, seen, near),
  );
  learnSwap(state.learnt.swaps, { one, other, logSwapped, logAsPlanned });
}

function logAs(state: FusionState, { part }: SeenStep, weight: UnitWeight): number {
  return logCounts(weight, { grams: -part.grams, variance: part.variance }, state.settings).log;
}

/** Over all that the product may weigh, were it in its own place. */
function logMixture(state: FusionState, seen: SeenStep, weight: ProductWeight): number {
  let log = Math.log(weight.anyShare) + logUnknownWeight(-seen.part.grams);
  if (weight.listed) log = logAddExp(log, Math.log(weight.listedShare) + logAs(state, seen, weight.listed));
  for (const other of weight.others) log = logAddExp(log, Math.log(other.share) + logAs(state, seen, other));
  return log;
}
