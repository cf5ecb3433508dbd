export { createPlateSensing } from './plate-state.ts';
export type { PlateSensing, SensingCounters } from './plate-state.ts';
export { plateNoiseOf, withPlateNoise } from './learnt-noise.ts';
export { plateCondition } from './plate-health.ts';
export { endContactNow, openContacts, reportSilentFixtures, sensePlates } from './plate-sensing.ts';
export type { SensingSink } from './plate-sensing.ts';
export { SENSING_SETTINGS } from './settings.ts';
export type { SensingSettings } from './settings.ts';
