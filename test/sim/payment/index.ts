export { PARTS, runSeeds, violationText } from './run-seeds.ts';
export type { FoundViolation, SeedsRun } from './run-seeds.ts';
export type { Parts } from './our-side.ts';
