export { decide, DECISION_COSTS } from './decide.ts';
export type { DecisionCosts } from './decide.ts';
