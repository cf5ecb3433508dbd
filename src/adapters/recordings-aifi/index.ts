export { hasAifiDocuments, openAifiRecording } from './open-aifi-recording.ts';
export type { AifiRecordingOptions } from './open-aifi-recording.ts';
export { AIFI_PROBLEM_CODES } from './problem-codes.ts';
export type { AifiProblemCode } from './problem-codes.ts';
