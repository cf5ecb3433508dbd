export { dealsStage } from './deals-stage.ts';
export type { DealsDone } from './deals-stage.ts';
export { laterStage } from './later-stage.ts';
