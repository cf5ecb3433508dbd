export type { Bodies, Body, BodySample } from './people/bodies.ts';
export { attributionsOf, basketOf, explain, fold } from './fold.ts';
export type { FusionInput } from './fold.ts';
export { createFusion } from './fusion-state.ts';
export type { FusionCounters, FusionState } from './fusion-state.ts';
export { FUSION_SETTINGS } from './settings.ts';
export type { FusionSettings } from './settings.ts';
export type { WeightBelief } from './goods/weight-belief.ts';
