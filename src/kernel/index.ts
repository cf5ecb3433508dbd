export { addSamples, clearBlocks, createBlockSums, READING_GRAMS_MAX } from './block-sums.ts';
export type { BlockSums } from './block-sums.ts';
export {
  ageRuns,
  COUNT_MAX,
  createRunLengths,
  RUNS_MAX,
  runVariance,
  startRuns,
  updateRuns,
} from './run-length.ts';
export type { RunLengths } from './run-length.ts';
export { logAddExp, logGamma, logNormal, logSumExp, regularizedBeta } from './special.ts';
