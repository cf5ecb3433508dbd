export { hasAifiDocuments, openAifiRecording } from './open-aifi-recording.ts';
export type { AifiRecordingOptions } from './open-aifi-recording.ts';
export { AIFI_PROBLEM_CODES } from './problem-codes.ts';
export type { AifiProblemCode } from './problem-codes.ts';
export { storeFromTracker } from './target-documents.ts';
export { writeAifiRecording } from './write-aifi-recording.ts';
export type { AifiSource, AifiWriteOptions, AifiWritten } from './write-aifi-recording.ts';
