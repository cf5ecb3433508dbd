/** What `tillfree twin` does: from its flags to a run that is played, written or published. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { epochMs } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { problemText } from '../../domain/index.ts';
import { scenarioNamed, SCENARIOS } from '../../twin/index.ts';
import {
  hasDoorsOpen,
  planLabelled,
  planRun,
  playRun,
  readScenarioFile,
  scenarioListDocument,
  scenarioListText,
  sendRun,
  TwinRecording,
} from '../twin/index.ts';
import { interruptible } from '../interruption.ts';
import { nearestNames } from '../nearest-names.ts';
import type { PlannedRun, Problems, RunWish, ScenarioSource } from '../twin/index.ts';
import { problemCountLines, ProblemTally } from './problem-tally.ts';
import type { RecordingFormat } from './recording-copy.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

export interface TwinRunFlags {
  readonly scenario: string;
  readonly seed: number;
  readonly minutes?: number;
  readonly out?: string;
  readonly format?: RecordingFormat;
  readonly mqtt?: string;
  readonly speed?: number;
  readonly report?: string;
  readonly json?: boolean;
  readonly store?: string;
  readonly geometry?: string;
  readonly visit?: string;
  readonly knowledge?: string;
}

const WRONG_CALL = { exitCode: 2, code: 'tillfree.wrongCall' };
/** Whether `scenario` means a file; a ready scenario outranks a file of its name. */
function isFile(scenario: string): boolean {
  return existsSync(scenario) || /[/\\]|\.json$/i.test(scenario);
}

function refuseUnknown(command: Command, name: string): never {
  const near = nearestNames(
    name,
    SCENARIOS.map((scenario) => scenario.name),
  );
  const guess = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return command.error(
    `there is no scenario ${name}.${guess} "tillfree twin list" names them all; a file is given by its path`,
    WRONG_CALL,
  );
}

/** @throws WorkFailed with every problem, the last line being the sum. */
function orFail<Value>(result: Result<Value, Problems>, terminal: Terminal): Value {
  if (result.ok) return result.value;
  for (const problem of result.problem) terminal.err(`${problemText(problem)}\n`);
  const count = result.problem.length;
  throw new WorkFailed(
    `the scenario cannot be run: ${count} ${count === 1 ? 'problem' : 'problems'}, see above`,
  );
}

function sourceOf(command: Command, scenario: string, terminal: Terminal): ScenarioSource {
  const ready = scenarioNamed(scenario);
  if (ready) return { kind: 'scenario', scenario: ready, file: null, recordingPath: null };
  if (!isFile(scenario)) refuseUnknown(command, scenario);
  return orFail(readScenarioFile(scenario), terminal);
}

async function labelledRun(
  command: Command,
  source: Extract<ScenarioSource, { readonly kind: 'labels' }>,
  flags: TwinRunFlags,
): Promise<Result<PlannedRun, Problems>> {
  const names = source.visits.map(({ visit }) => visit);
  const labelled = source.visits.find(({ visit }) => visit === flags.visit);
  if (!labelled) {
    const what =
      flags.visit === undefined ? 'holds visits; name one' : `has no visit ${flags.visit}; name one`;
    return command.error(
      `${source.file} ${what} with --visit:\n${names.map((name) => `  ${name}`).join('\n')}`,
      WRONG_CALL,
    );
  }
  if (flags.store === undefined)
    return command.error(
      'labelled visits need the shop in which they happened: --store RECORDING, and --geometry DIR where its geometry lies elsewhere',
      WRONG_CALL,
    );
  const { store: storePath, geometry: geometryDirectory, seed } = flags;
  return planLabelled(labelled, { file: source.file, storePath, geometryDirectory, seed });
}

async function plannedRun(command: Command, flags: TwinRunFlags, terminal: Terminal): Promise<PlannedRun> {
  const source = sourceOf(command, flags.scenario, terminal);
  const isOpenLong = source.kind === 'scenario' && hasDoorsOpen(source.scenario);
  if (!isOpenLong && flags.minutes !== undefined)
    terminal.err('--minutes changes nothing here: nobody comes by and by\n');
  if (source.kind !== 'labels' && flags.visit !== undefined)
    command.error('--visit is for a file of labelled visits', WRONG_CALL);
  const { seed, minutes, store: storePath, geometry: geometryDirectory } = flags;
  const wish: RunWish = { seed, minutes, storePath, geometryDirectory };
  const planned =
    source.kind === 'labels' ? await labelledRun(command, source, flags) : await planRun(source, wish);
  const run = orFail(planned, terminal);
  const tally = new ProblemTally();
  run.problems.forEach(tally.add);
  for (const line of problemCountLines(tally.counts())) terminal.err(`${line}\n`);
  return run;
}

function refuseMixedFlags(command: Command, flags: TwinRunFlags): void {
  const { out, mqtt, format, speed, report, store, geometry, knowledge } = flags;
  const isSent = out !== undefined || mqtt !== undefined;
  if (format !== undefined && out === undefined) command.error('--format needs --out', WRONG_CALL);
  if (speed !== undefined && mqtt === undefined) command.error('--speed needs --mqtt', WRONG_CALL);
  if (report !== undefined && isSent)
    command.error('--report shows a run in this process; replay the recording for its page', WRONG_CALL);
  if (knowledge !== undefined && isSent)
    command.error('--knowledge is kept by a run in this process; give it to the replay', WRONG_CALL);
  if (geometry !== undefined && store === undefined) command.error('--geometry needs --store', WRONG_CALL);
}

/** `twin run`. */
export async function runTwinCommand(
  command: Command,
  flags: TwinRunFlags,
  terminal: Terminal,
): Promise<void> {
  refuseMixedFlags(command, flags);
  const planned = await plannedRun(command, flags, terminal);
  const { out, mqtt, format = 'mcap', speed = 1 } = flags;
  // Who listens to a broker lives now.
  const run: PlannedRun =
    mqtt === undefined ? planned : { ...planned, plan: { ...planned.plan, startsAtMs: epochMs(Date.now()) } };
  await interruptible(async (stop) => {
    const recording = new TwinRecording(run, stop);
    if (out === undefined && mqtt === undefined) return playRun(recording, flags, terminal);
    const wish = {
      out: out === undefined ? null : { directory: out, format },
      broker: mqtt === undefined ? null : { url: mqtt, speed },
      isJson: flags.json ?? false,
      stop,
    };
    return sendRun(recording, wish, terminal);
  });
}

/** `twin list`. */
export function listTwinScenarios(isJson: boolean, terminal: Terminal): void {
  terminal.out(isJson ? `${JSON.stringify(scenarioListDocument())}\n` : scenarioListText());
}
