/** `tillfree twin list | run`: a simulated shop whose truth is known, into the loop, into files or onto a broker. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { epochMs } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { problemText } from '../../domain/index.ts';
import { scenarioNamed, SCENARIOS } from '../../twin/index.ts';
import {
  hasDoorsOpen,
  interruptible,
  nearestNames,
  planLabelled,
  planRun,
  playRun,
  readScenarioFile,
  scenarioListDocument,
  scenarioListText,
  sendRun,
  TwinRecording,
} from '../twin/index.ts';
import type { PlannedRun, Problems, RunWish, ScenarioSource } from '../twin/index.ts';
import { problemCountLines, ProblemTally } from './problem-tally.ts';
import { RECORDING_FORMATS } from './recording-copy.ts';
import type { RecordingFormat } from './recording-copy.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface RunFlags {
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
}

const WRONG_CALL = { exitCode: 2, code: 'tillfree.wrongCall' };
const SEED_MAX = 2 ** 32 - 1;
const MINUTES_MAX = 1440;

function seedOf(text: string): number {
  const seed = Number(text);
  if (text.trim() === '' || !Number.isInteger(seed) || seed < 0 || seed > SEED_MAX)
    throw new InvalidArgumentError(`A whole number from 0 to ${SEED_MAX}.`);
  return seed;
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= MINUTES_MAX))
    throw new InvalidArgumentError(`A number of minutes above 0 and up to ${MINUTES_MAX} (a day).`);
  return minutes;
}

function speedOf(text: string): number {
  const speed = text === 'max' ? 0 : Number(text);
  if (text.trim() === '' || !(speed >= 0 && speed < Infinity))
    throw new InvalidArgumentError('A number above 0, such as 10; 0 or "max" for as fast as it goes.');
  return speed === 0 ? Infinity : speed;
}

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
  flags: RunFlags,
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

async function plannedRun(command: Command, flags: RunFlags, terminal: Terminal): Promise<PlannedRun> {
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

function refuseMixedFlags(command: Command, flags: RunFlags): void {
  const { out, mqtt, format, speed, report, store, geometry } = flags;
  const isSent = out !== undefined || mqtt !== undefined;
  if (format !== undefined && out === undefined) command.error('--format needs --out', WRONG_CALL);
  if (speed !== undefined && mqtt === undefined) command.error('--speed needs --mqtt', WRONG_CALL);
  if (report !== undefined && isSent)
    command.error('--report shows a run in this process; replay the recording for its page', WRONG_CALL);
  if (geometry !== undefined && store === undefined) command.error('--geometry needs --store', WRONG_CALL);
}

async function runTwinCommand(command: Command, flags: RunFlags, terminal: Terminal): Promise<void> {
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

const RUN_HELP = `
Without --out and --mqtt the run goes into the shop loop in this process, and
what the shop said is compared with what truly happened. Same seed, same run.

Examples:
  tillfree twin run --scenario plain --seed 7
  tillfree twin run --scenario crowd-8 --seed 7 --report crowd.html
  tillfree twin run --scenario convenience --out runs
  tillfree twin run --scenario plain --mqtt mqtt://localhost --speed 10
  tillfree twin run --scenario my.json --store recording.mcap`;

function addRun(twin: Command, terminal: Terminal): void {
  const command = twin
    .command('run')
    .description('simulates people in a shop, with sensors and faults, and tells the truth beside it')
    .requiredOption('--scenario <name|file>', 'a ready scenario ("twin list"), or a scenario file')
    .option('--seed <n>', 'which of its runs', seedOf, 1)
    .option('--minutes <m>', 'how long people may come in', minutesOf)
    .option('--out <dir>', 'write a recording and its ground truth there')
    .addOption(
      new Option('--format <format>', 'of the recording: mcap (default) or aifi').choices(RECORDING_FORMATS),
    )
    .option('--mqtt <url>', 'publish to this broker, with present times')
    .option('--speed <x>', 'with --mqtt: times as fast as it happens; max', speedOf)
    .option('--report <file>', 'write one HTML page that shows everything')
    .option('--json', 'one line of JSON on standard output')
    .option('--store <recording>', 'use the shop of this recording')
    .option('--geometry <dir>', 'its geometry files, where they are not beside it')
    .option('--visit <name>', 'which visit of a file of labelled visits')
    .addHelpText('after', RUN_HELP);
  command.action((flags: RunFlags) => runTwinCommand(command, flags, terminal));
}

function addList(twin: Command, terminal: Terminal): void {
  twin
    .command('list')
    .description('names the ready scenarios, easy ones first')
    .option('--json', 'one JSON document')
    .action(({ json = false }: { readonly json?: boolean }) =>
      terminal.out(json ? `${JSON.stringify(scenarioListDocument())}\n` : scenarioListText()),
    );
}

/** Adds `twin list` and `twin run` to the program. */
export function addTwinCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const twin = program
    .command('twin')
    .description('a SIMULATED shop: people, sensors and faults from a seed, and the truth beside them');
  addList(twin, terminal);
  addRun(twin, terminal);
}
