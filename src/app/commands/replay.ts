/** `tillfree replay`: recordings in, live baskets and receipts out. */
import type { Command } from 'commander';
import { problemText } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import { replayJson } from '../replay-json.ts';
import { replayRecording } from '../replay-recording.ts';
import type { Replay, ReplayWatcher } from '../replay-recording.ts';
import { BasketTeller, faultyPlatesText, receiptText } from '../replay-text.ts';
import { createReport, writeReport } from '../report/index.ts';
import type { Report } from '../report/index.ts';
import { problemCountLines } from './problem-tally.ts';
import { CLEAR_LINE, withProgress } from './recording-progress.ts';
import { openOptionsOf, withStoreFlags } from './store-flags.ts';
import type { StoreFlags } from './store-flags.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface ReplayFlags extends StoreFlags {
  readonly realtime?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

interface OneReplay {
  readonly path: string;
  readonly recording: Recording;
  readonly flags: ReplayFlags;
  readonly terminal: Terminal;
  readonly reports: Report[];
}

/** Adds `replay PATH…` to the program. */
export function addReplayCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const command = program
    .command('replay <paths...>')
    .description('runs recordings through the shop loop and tells who took what')
    .option('--realtime', 'as slowly as it happened')
    .option('--json', 'one line of JSON per recording on standard output')
    .option('--report <file>', 'write one HTML page that shows everything');
  withStoreFlags(command).action((paths: readonly string[], flags: ReplayFlags) =>
    replayAll(paths, flags, terminal),
  );
}

async function replayAll(paths: readonly string[], flags: ReplayFlags, terminal: Terminal): Promise<void> {
  const recordings = findRecordings(paths);
  const reports: Report[] = [];
  let refusedCount = 0;
  for (const found of recordings) {
    const opened = await openFound(found, openOptionsOf(flags));
    if (opened.ok) await replayOne({ path: found.path, recording: opened.value, flags, terminal, reports });
    else {
      refusedCount++;
      terminal.err(`${problemText(opened.problem)}\n`);
    }
  }
  if (flags.report !== undefined && reports.length > 0) {
    await writePage(flags.report, reports);
    terminal.err(`report: ${flags.report}\n`);
  }
  if (refusedCount > 0)
    throw new WorkFailed(`${refusedCount} of ${recordings.length} recordings could not be opened`);
}

async function writePage(path: string, reports: readonly Report[]): Promise<void> {
  try {
    await writeReport(path, reports);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new WorkFailed(
      `${path}: the report could not be written: ${cause}. Name a file that can be written.`,
    );
  }
}

async function replayOne(one: OneReplay): Promise<void> {
  const { recording, flags, terminal } = one;
  const watchers: ReplayWatcher[] = [];
  if (flags.report !== undefined) {
    const report = createReport({ recordingName: recording.name, store: recording.store });
    one.reports.push(report);
    watchers.push(report);
  }
  if (!flags.json) watchers.push(headed(one));
  const replay = await replayRecording(recording, {
    isRealtime: flags.realtime ?? false,
    watchers,
    through: (observations) => withProgress(observations, recording.span, terminal),
  });
  if (flags.json) terminal.out(`${replayJson(replay, one.path)}\n`);
  else terminal.out(`${summaryText(replay).join('\n')}\n`);
  for (const line of problemCountLines(replay.problems)) terminal.err(`${line}\n`);
}

/** Says which recording plays, then tells its basket changes. */
function headed(one: OneReplay): ReplayWatcher {
  const { recording, terminal } = one;
  const lengthMs = recording.span ? recording.span.endsAtMs - recording.span.startsAtMs : 0;
  terminal.out(`${one.path}, ${(lengthMs / 1000).toFixed(1)} s\n`);
  const teller = new BasketTeller(recording.store, (line) => {
    if (terminal.isWatched) terminal.err(CLEAR_LINE);
    terminal.out(`${line}\n`);
  });
  return { observe: () => undefined, hear: (event) => teller.hear(event) };
}

function summaryText(replay: Replay): string[] {
  const lines = replay.receipts.flatMap((receipt) => receiptText(receipt));
  if (replay.receipts.length === 0) lines.push('  nobody came in through an entrance: no receipt');
  lines.push(...faultyPlatesText(replay.recording.store.layout, replay.faultyPlates));
  return lines;
}
