export { PAIRED_FRAME_GAPS, TRACKER_SETTINGS } from './settings.ts';
export type { FrameGap, HardPlace, PartNoise, TrackerSettings } from './settings.ts';
export { createTracker, forgetPerson, readTracks, trackIdsOf } from './tracker.ts';
export type { Tracker, TrackerOptions } from './tracker.ts';
