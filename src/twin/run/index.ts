export { runTwin } from './run-twin.ts';
export type { TwinOutput } from './run-twin.ts';
export { createTruthBook, noteTrackIds, noteTruth, ownerIn, truthOf } from './truth.ts';
export type { Truth, TruthBook, TrueVisit } from './truth.ts';
