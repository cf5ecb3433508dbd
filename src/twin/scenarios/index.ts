export { isOver, letIn } from './arrivals.ts';
export {
  LABEL_PROBLEM_CODES,
  LABELLED_TRUE_WEIGHTS,
  scriptOfLabelled,
  secondsOfLabel,
} from './labelled-visits.ts';
export type { LabelledEvent, LabelledScript, LabelledVisit } from './labelled-visits.ts';
export { scenarioNamed, SCENARIOS } from './ready-scenarios.ts';
export { PLAIN_HABITS } from './scenario.ts';
export type { Difficulty, PeoplePlan, Scenario, ShopperHabits, StoreSpec } from './scenario.ts';
export { planScenario, planScript, TWIN_STARTS_AT_MS } from './scenario-run.ts';
export type { ScenarioSeed, ScriptSeed, TwinPlan } from './scenario-run.ts';
export { SCRIPT_PROBLEM_CODES } from './visit-script.ts';
export type { ScriptedAction, ScriptedVisit, VisitScript } from './visit-script.ts';
