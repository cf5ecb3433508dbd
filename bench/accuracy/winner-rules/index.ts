export { gaussianOverlap } from './gaussian-overlap.ts';
export { itemScore, returnedItem, takenItem } from './item-choice.ts';
export { createLivingPlanogram } from './living-planogram.ts';
export type { LivingPlanogram } from './living-planogram.ts';
export { plateGroups } from './plate-groups.ts';
export { ShelfWatch } from './shelf-events.ts';
export type { ShelfEvent } from './shelf-events.ts';
export { createSensorOrder } from './sensor-order.ts';
export { WINNER_RULES } from './winner-rules.ts';
