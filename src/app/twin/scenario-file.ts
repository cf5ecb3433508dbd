/**
 * Reads a scenario from a file: people who shop as chance and habits say, or visits written down action by action, or
 * labels of real visits. Nothing is run here; what cannot be so is told whole, not one slip at a time.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { scenarioNamed, SCENARIOS } from '../../twin/index.ts';
import type { LabelledVisit, Scenario, VisitScript } from '../../twin/index.ts';
import { formProblems } from '../form-problems.ts';
import type { FormWords } from '../form-problems.ts';
import { nearestNames } from '../nearest-names.ts';
import type { ScenarioProblemCode } from './problem-codes.ts';
import { drawnScenarioSchema, labelledVisitsSchema, scriptedScenarioSchema } from './scenario-schema.ts';
import type { DrawnScenarioFile, ScriptedScenarioFile } from './scenario-schema.ts';

export type ScenarioSource =
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      /** The file it came from; null for a ready scenario. */
      readonly file: string | null;
      readonly recordingPath: string | null;
    }
  | {
      readonly kind: 'script';
      /** Shop, faults and cameras; its people stay at home. */
      readonly scenario: Scenario;
      readonly script: VisitScript;
      readonly file: string;
      readonly recordingPath: string | null;
    }
  | { readonly kind: 'labels'; readonly visits: readonly LabelledVisit[]; readonly file: string };

export type Problems = readonly DataProblem[];

const BUILT_ON = 'plain';

const FORM = {
  formCode: 'SCENARIO_FORM',
  keyUnknownCode: 'SCENARIO_KEY_UNKNOWN',
  page: 'docs/reference/scenario-file.md',
} as const satisfies FormWords & Record<'formCode' | 'keyUnknownCode', ScenarioProblemCode>;

function problem(
  code: ScenarioProblemCode,
  told: { readonly where: string; readonly what: string; readonly remedy: string },
): DataProblem {
  return { code, ...told };
}

function contentOf(file: string): Result<unknown, Problems> {
  try {
    return ok(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = 'Name a file with one JSON document; docs/reference/scenario-file.md shows the form.';
    return refused([problem('SCENARIO_UNREADABLE', { where: file, what, remedy })]);
  }
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  content: unknown,
  file: string,
): Result<z.infer<Schema>, Problems> {
  const read = schema.safeParse(content);
  return read.success ? ok(read.data) : refused(formProblems(read.error.issues, file, FORM));
}

/** The ready scenario that a file builds on. */
function builtOn(name: string, file: string): Result<Scenario, Problems> {
  const scenario = scenarioNamed(name);
  if (scenario) return ok(scenario);
  const near = nearestNames(
    name,
    SCENARIOS.map((ready) => ready.name),
  );
  const guess = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : '';
  const what = `there is no ready scenario ${name}`;
  const remedy = `${guess}"tillfree twin list" names them all.`;
  return refused([problem('SCENARIO_NAME_UNKNOWN', { where: `${file}:extends`, what, remedy })]);
}

type Head = Pick<
  DrawnScenarioFile | ScriptedScenarioFile,
  'name' | 'words' | 'store' | 'faults' | 'trackLatency'
>;

function withHead(base: Scenario, head: Head): Scenario {
  return {
    ...base,
    name: head.name,
    words: head.words ?? `As ${base.name}, changed by ${head.name}`,
    store: head.store ?? base.store,
    faults: head.faults ?? base.faults,
    trackLatency: head.trackLatency ?? base.trackLatency,
  };
}

function besideFile(file: string, path: string | undefined): string | null {
  return path === undefined ? null : join(dirname(file), path);
}

function drawnSource(content: unknown, file: string): Result<ScenarioSource, Problems> {
  const read = parsed(drawnScenarioSchema, content, file);
  if (!read.ok) return read;
  const told = read.value;
  const base = builtOn(told.extends ?? BUILT_ON, file);
  if (!base.ok) return base;
  const habits = { ...base.value.habits, ...told.habits };
  if (habits.itemsMin > habits.itemsMax) {
    const what = `itemsMin is ${habits.itemsMin}, itemsMax ${habits.itemsMax}`;
    const remedy = `Give both; what is missing comes from ${base.value.name}.`;
    return refused([problem('SCENARIO_FORM', { where: `${file}:habits`, what, remedy })]);
  }
  const scenario: Scenario = {
    ...withHead(base.value, told),
    people: told.people ?? base.value.people,
    habits,
    minutes: told.minutes ?? base.value.minutes,
    cartCount: told.cartCount ?? base.value.cartCount,
  };
  return ok({ kind: 'scenario', scenario, file, recordingPath: besideFile(file, told.recording) });
}

function scriptSource(content: unknown, file: string): Result<ScenarioSource, Problems> {
  const read = parsed(scriptedScenarioSchema, content, file);
  if (!read.ok) return read;
  const told = read.value;
  const base = builtOn(told.extends ?? BUILT_ON, file);
  if (!base.ok) return base;
  const { visits } = told;
  const people = visits.length === 1 ? 'One visit' : `${visits.length} visits`;
  const words = told.words ?? `${people}, as written in ${file}`;
  return ok({
    kind: 'script',
    scenario: withHead(base.value, { ...told, words }),
    script: { name: told.name, visits, where: file },
    file,
    recordingPath: besideFile(file, told.recording),
  });
}

function field(content: unknown, name: string): unknown {
  return typeof content === 'object' && content !== null ? Reflect.get(content, name) : undefined;
}

/** The scenario in `file`, or everything that is wrong with it. */
export function readScenarioFile(file: string): Result<ScenarioSource, Problems> {
  const content = contentOf(file);
  if (!content.ok) return content;
  const visits = field(content.value, 'visits');
  if (field(content.value, 'format') === undefined && field(field(visits, '0'), 'events') !== undefined) {
    const read = parsed(labelledVisitsSchema, content.value, file);
    return read.ok ? ok({ kind: 'labels', visits: read.value.visits, file }) : read;
  }
  return visits === undefined ? drawnSource(content.value, file) : scriptSource(content.value, file);
}
