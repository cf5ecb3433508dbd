export type { Recording, RecordingSpan } from './recording.ts';
