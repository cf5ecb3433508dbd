/**
 * Tillfree with one ingredient left out at a time, by settings that it has anyway or by what the benchmark does to its
 * state from outside: the product knows nothing of it.
 */
import type { Shop } from '../../src/engine/index.ts';
import { FUSION_SETTINGS } from '../../src/fusion/index.ts';
import { tillfreeSystem } from './tillfree-system.ts';
import type { Variant } from './tillfree-system.ts';

/** Small enough to never matter, and still a probability. */
const NEVER = 1e-9;

/** What belongs where is learnt all the same. */
function forgetPlaces({ fusion }: Shop): void {
  fusion.places.foreignUnits.clear();
  fusion.places.things.length = 0;
}

function forgetWeights(shop: Shop): void {
  if (shop.fusion.weights.size > 0) shop.fusion.weights.clear();
}

const VARIANTS: readonly Variant[] = [
  { name: 'one story at a time, never several side by side', fusion: { storiesMax: 1 } },
  { name: 'only whoever is likeliest to have reached', fusion: { candidateShareMin: 0.5 } },
  { name: 'no wrists: only who stands there and faces it', fusion: { reachSamples: 0 } },
  { name: 'no facing', fusion: { facingSamples: 0 } },
  { name: 'no hand-offs', fusion: { handOffShare: NEVER, strangersHandOffShare: NEVER } },
  {
    name: 'strangers give as people in company do',
    fusion: { strangersHandOffShare: FUSION_SETTINGS.handOffShare },
  },
  { name: 'no two hands at once', fusion: { twoHandsShare: NEVER } },
  { name: 'no mixed grasps', fusion: { mixedGraspShare: NEVER } },
  {
    name: 'nothing may lie in a wrong place by the planogram',
    fusion: { ownPlaceShare: 0.999, neighbourPlaceShare: 0.0005 },
  },
  { name: 'no memory of what was left where', after: forgetPlaces },
  {
    name: 'no learning of weights, no doubt in the catalogue',
    fusion: { catalogueWrongShare: NEVER },
    after: forgetWeights,
  },
  {
    name: 'no pressing hands and pushed goods',
    fusion: { briefPushShare: NEVER, longPushShare: NEVER, residueShare: NEVER, shiftShare: NEVER },
  },
  { name: 'what was taken last comes back hardly sooner', fusion: { lastTakenShare: 0.2 } },
];

export const ABLATIONS = VARIANTS.map(tillfreeSystem);
