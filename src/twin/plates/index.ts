export { checkPlateFaults } from './check-plate-faults.ts';
export { createPlateSensors, disturb, liveEffectCount, readPlates } from './plate-sensors.ts';
export type { PlateSensorOptions, PlateSensors } from './plate-sensors.ts';
export { TWIN_PLATES_PROBLEM_CODES } from './problem-codes.ts';
export type { TwinPlatesProblemCode } from './problem-codes.ts';
export { PLATE_SETTINGS } from './settings.ts';
export type { PlateSettings } from './settings.ts';
