/** `tillfree calibrate`: from recordings whose truth is known to probabilities that mean what they say. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { ok } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { problemText, reviewerId } from '../../domain/index.ts';
import type { DataProblem, JudgedBy } from '../../domain/index.ts';
import { CALIBRATION_POLICY, hasVisitsOf, judgeRecording, learntFrom } from '../calibrate.ts';
import type { JudgedRecording } from '../calibrate.ts';
import { readGroundTruth } from '../ground-truth.ts';
import { decisionText } from '../knowledge-text.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import type { FoundRecording } from '../open-recording.ts';
import { replayRecording, visitPrefixOf } from '../replay-recording.ts';
import { KnowledgeKeeper } from './knowledge.ts';
import { withProgress } from './recording-progress.ts';
import { openOptionsOf, withStoreFlags } from './store-flags.ts';
import type { StoreFlags } from './store-flags.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface CalibrateFlags extends StoreFlags {
  readonly knowledge: string;
  readonly judge: JudgedBy;
  readonly truth?: string;
}

function judgeNamed(text: string): JudgedBy {
  if (text === 'audit') return text;
  try {
    return reviewerId(text);
  } catch {
    throw new InvalidArgumentError(
      'It is "audit", or the name of a reviewer of 1 to 128 printable characters.',
    );
  }
}

/** Adds `calibrate PATH… --knowledge FILE` to the program. */
export function addCalibrateCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const command = program
    .command('calibrate <paths...>')
    .description('replays recordings whose truth is known and learns from it what probabilities mean')
    .requiredOption('--knowledge <file>', 'what the store has learnt; written where it is not there')
    .option('--truth <file>', 'the ground truth, where it is not beside the recording')
    .option('--judge <name>', 'who says what was so: "audit", or a reviewer by name', judgeNamed, 'audit');
  withStoreFlags(command).action((paths: readonly string[], flags: CalibrateFlags) =>
    calibrateAll(paths, flags, terminal),
  );
}

async function calibrateAll(
  paths: readonly string[],
  flags: CalibrateFlags,
  terminal: Terminal,
): Promise<void> {
  const recordings = findRecordings(paths);
  const keeper = await KnowledgeKeeper.open(flags.knowledge);
  let failures = 0;
  for (const found of recordings) {
    const told = await calibrateOne(found, { flags, terminal, keeper });
    if (told.ok) terminal.out(`${told.value.join('\n')}\n`);
    else {
      failures++;
      terminal.err(`${problemText(told.problem)}\n`);
    }
  }
  const decision = keeper.kept?.decision;
  if (decision && failures < recordings.length) terminal.out(`\n${decisionText(decision).join('\n')}\n`);
  if (failures > 0) throw new WorkFailed(`${failures} of ${recordings.length} recordings taught nothing`);
}

interface Call {
  readonly flags: CalibrateFlags;
  readonly terminal: Terminal;
  readonly keeper: KnowledgeKeeper;
}

/** What was judged, in lines for the terminal. */
async function calibrateOne(
  found: FoundRecording,
  { flags, terminal, keeper }: Call,
): Promise<Result<string[], DataProblem>> {
  const { path } = found;
  const truth = readGroundTruth(path, flags.truth);
  if (!truth.ok) return truth;
  const opened = await openFound(found, openOptionsOf(flags));
  if (!opened.ok) return opened;
  const recording = opened.value;
  const before = keeper.knowledgeOf(recording.store);
  const visitPrefix = visitPrefixOf(recording);
  const replay = await replayRecording(recording, {
    knowledge: before,
    policy: CALIBRATION_POLICY,
    through: (observations) => withProgress(observations, recording.span, terminal),
  });
  const judged = judgeRecording(replay.receipts, truth.value, { judgedBy: flags.judge, visitPrefix, path });
  if (!judged.ok) return judged;
  // A visit counts once, however often somebody says what it was.
  const isAgain = hasVisitsOf(before?.decision, visitPrefix);
  const kept = { ...replay.knowledge, ...(isAgain && before) };
  await keeper.keep({ ...kept, decision: learntFrom(kept.decision, judged.value.judged) });
  return ok(judgedText(path, judged.value, isAgain));
}

function visits(count: number): string {
  return count === 1 ? '1 visit' : `${count} visits`;
}

function judgedText(
  path: string,
  { judged, unknownCount, missedCount }: JudgedRecording,
  isAgain: boolean,
): string[] {
  const right = judged.filter(({ isAllRight }) => isAllRight).length;
  const overcharged = judged.filter(({ isOvercharged }) => isOvercharged).length;
  return [
    path,
    `  ${visits(judged.length)} judged: ${right} told exactly right, ${overcharged} told too much`,
    ...(unknownCount > 0
      ? [`  ${visits(unknownCount)} of nobody whom the truth knows: taken to hold nothing`]
      : []),
    ...(missedCount > 0 ? [`  ${visits(missedCount)} of the truth without a receipt: nothing to judge`] : []),
    ...(isAgain ? ['  learnt from before: verdicts were added or replaced, no visit counts twice'] : []),
  ];
}
