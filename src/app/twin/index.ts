export { hasDoorsOpen, planLabelled, planRun } from './plan-run.ts';
export type { PlannedRun, RunWish } from './plan-run.ts';
export { playRun } from './play-run.ts';
export { readScenarioFile } from './scenario-file.ts';
export type { Problems, ScenarioSource } from './scenario-file.ts';
export { scenarioListDocument, scenarioListText } from './scenario-list.ts';
export { sendRun } from './send-run.ts';
export { TwinRecording } from './twin-recording.ts';
