/** The simulated store: worlds, people, sensors, faults, ground truth and an auditor. */
export { AUDIT_FINDINGS, auditReceipt, auditTruth, closeAudit, createAuditor } from './auditor/index.ts';
export type { AuditBlame, AuditCode, AuditFinding, Auditor } from './auditor/index.ts';
export { checkFaults, DELIVERY_PROBLEM_CODES } from './delivery/index.ts';
export {
  checkPlateFaults,
  createPlateSensors,
  disturb,
  readPlates,
  TWIN_PLATES_PROBLEM_CODES,
} from './plates/index.ts';
export { createTruthBook, noteTrackIds, noteTruth, ownerIn, runTwin, truthOf } from './run/index.ts';
export type { Truth, TruthBook, TrueVisit, TwinOutput } from './run/index.ts';
export {
  LABEL_PROBLEM_CODES,
  LABELLED_TRUE_WEIGHTS,
  PLAIN_HABITS,
  planScenario,
  planScript,
  scenarioNamed,
  SCENARIOS,
  SCRIPT_PROBLEM_CODES,
  scriptOfLabelled,
} from './scenarios/index.ts';
export type { LabelledVisit, Scenario, ScriptedVisit, TwinPlan, VisitScript } from './scenarios/index.ts';
export { FAULT_WORDS, isPassage } from './words/index.ts';
export type { Deed, TrueEvent, TwinFault, TwinStore } from './words/index.ts';
export {
  checkWorld,
  generateStore,
  gtinCheckDigit,
  importStore,
  WORLD_PROBLEM_CODES,
} from './worlds/index.ts';
