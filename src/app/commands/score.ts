/** `tillfree score`: how right the receipts of recordings are, against their ground truth. */
import type { Command } from 'commander';
import { problemText } from '../../domain/index.ts';
import { readGroundTruth } from '../ground-truth.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import { replayRecording } from '../replay-recording.ts';
import { meanScore, scoreVisits } from '../score.ts';
import type { Score, VisitScore } from '../score.ts';
import { withProgress } from './recording-progress.ts';
import { openOptionsOf, withStoreFlags } from './store-flags.ts';
import type { StoreFlags } from './store-flags.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface ScoreFlags extends StoreFlags {
  readonly json?: boolean;
  readonly truth?: string;
}

/** Adds `score PATH…` to the program. */
export function addScoreCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const command = program
    .command('score <paths...>')
    .description('replays recordings and compares the receipts with ground_truth.json beside them')
    .option('--truth <file>', 'the ground truth, where it is not beside the recording')
    .option('--json', 'one JSON document on standard output');
  withStoreFlags(command).action((paths: readonly string[], flags: ScoreFlags) =>
    scoreAll(paths, flags, terminal),
  );
}

async function scoreAll(paths: readonly string[], flags: ScoreFlags, terminal: Terminal): Promise<void> {
  const visits: VisitScore[] = [];
  let failures = 0;
  for (const found of findRecordings(paths)) {
    const truth = readGroundTruth(found.path, flags.truth);
    const opened = truth.ok ? await openFound(found, openOptionsOf(flags)) : truth;
    if (!opened.ok || !truth.ok) {
      failures++;
      if (!opened.ok) terminal.err(`${problemText(opened.problem)}\n`);
      continue;
    }
    const recording = opened.value;
    const replay = await replayRecording(recording, {
      through: (observations) => withProgress(observations, recording.span, terminal),
    });
    visits.push(...scoreVisits(found.path, replay.receipts, truth.value));
  }
  const score = meanScore(visits);
  if (flags.json) terminal.out(`${JSON.stringify({ ...score, perVisit: visits })}\n`);
  else if (visits.length > 0) terminal.out(`${scoreText(visits, score).join('\n')}\n`);
  if (failures > 0) throw new WorkFailed(`${failures} recordings could not be scored`);
}

function scoreText(visits: readonly VisitScore[], score: Score): string[] {
  const nameWidth = Math.max(...visits.map((visit) => visit.recording.length), 'recording'.length);
  const targetWidth = Math.max(...visits.map((visit) => visit.targetId.length), 'shopper'.length);
  const head = `${'recording'.padEnd(nameWidth)}  ${'shopper'.padEnd(targetWidth)}  precision  recall     F1  exact`;
  const number = (value: number, width: number): string => value.toFixed(3).padStart(width);
  const row = (name: string, target: string, of: Omit<VisitScore, 'recording' | 'targetId'>): string =>
    [
      name.padEnd(nameWidth),
      target.padEnd(targetWidth),
      number(of.precision, 9),
      number(of.recall, 6),
      number(of.f1, 5),
      (of.isExact ? 'yes' : 'no').padStart(5),
    ].join('  ');
  return [
    head,
    ...visits.map((visit) => row(visit.recording, visit.targetId, visit)),
    '',
    `${score.visits} ${score.visits === 1 ? 'visit' : 'visits'}: precision ${score.precision.toFixed(3)}, recall ${score.recall.toFixed(3)}, ` +
      `mean F1 ${score.f1.toFixed(3)}, receipts exactly right ${score.exact.toFixed(3)}`,
  ];
}
