export { openMcapRecording } from './open-mcap-recording.ts';
export type { McapRecordingOptions } from './open-mcap-recording.ts';
export { MCAP_PROBLEM_CODES } from './problem-codes.ts';
export type { McapProblemCode } from './problem-codes.ts';
export { writeMcapRecording } from './write-mcap-recording.ts';
export type { McapSource, McapWriteOptions, McapWritten } from './write-mcap-recording.ts';
