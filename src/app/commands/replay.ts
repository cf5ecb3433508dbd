/** `tillfree replay`: recordings in, live baskets and receipts out. */
import type { Command } from 'commander';
import { problemText } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import { replayDocument } from '../replay-json.ts';
import { replayRecording } from '../replay-recording.ts';
import type { Replay, ReplayOptions, ReplayWatcher } from '../replay-recording.ts';
import { noticeLines } from '../knowledge-text.ts';
import { BasketTeller, faultyPlatesText, receiptText } from '../replay-text.ts';
import { createReport, writeReport } from '../report/index.ts';
import type { Report } from '../report/index.ts';
import { KnowledgeKeeper } from './knowledge.ts';
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
  readonly knowledge?: string;
}

export interface OneReplay {
  readonly recording: Recording;
  /** What stands above the baskets; nothing is told while it plays where this is missing. */
  readonly heading: string | null;
  readonly terminal: Terminal;
  /** Where the pages go; none is made where this is missing. */
  readonly reports: Report[] | null;
  readonly options: Omit<ReplayOptions, 'watchers'>;
  /** Besides those that tell and report. */
  readonly watchers?: readonly ReplayWatcher[];
}

/** Adds `replay PATH…` to the program. */
export function addReplayCommand(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const command = program
    .command('replay <paths...>')
    .description('runs recordings through the shop loop and tells who took what')
    .option('--realtime', 'as slowly as it happened')
    .option('--json', 'one line of JSON per recording on standard output')
    .option('--report <file>', 'write one HTML page that shows everything')
    .option('--knowledge <file>', 'begin with what the store has learnt before, and keep what it learns');
  withStoreFlags(command).action((paths: readonly string[], flags: ReplayFlags) =>
    replayAll(paths, flags, terminal),
  );
}

async function replayAll(paths: readonly string[], flags: ReplayFlags, terminal: Terminal): Promise<void> {
  const recordings = findRecordings(paths);
  const keeper = await KnowledgeKeeper.open(flags.knowledge);
  const reports: Report[] = [];
  let refusedCount = 0;
  for (const found of recordings) {
    const opened = await openFound(found, openOptionsOf(flags));
    if (opened.ok) await replayOne(opened.value, { path: found.path, flags, terminal, reports, keeper });
    else {
      refusedCount++;
      terminal.err(`${problemText(opened.problem)}\n`);
    }
  }
  if (flags.report !== undefined && reports.length > 0) await writePage(flags.report, reports, terminal);
  if (refusedCount > 0)
    throw new WorkFailed(`${refusedCount} of ${recordings.length} recordings could not be opened`);
}

/** @throws WorkFailed where the page cannot be written. */
export async function writePage(path: string, reports: readonly Report[], terminal: Terminal): Promise<void> {
  try {
    await writeReport(path, reports);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new WorkFailed(
      `${path}: the report could not be written: ${cause}. Name a file that can be written.`,
    );
  }
  terminal.err(`report: ${path}\n`);
}

interface Call {
  readonly path: string;
  readonly flags: ReplayFlags;
  readonly terminal: Terminal;
  readonly reports: Report[];
  readonly keeper: KnowledgeKeeper;
}

async function replayOne(recording: Recording, call: Call): Promise<void> {
  const { path, flags, terminal, reports, keeper } = call;
  const lengthMs = recording.span ? recording.span.endsAtMs - recording.span.startsAtMs : 0;
  const replay = await playRecording({
    recording,
    heading: flags.json ? null : `${path}, ${(lengthMs / 1000).toFixed(1)} s`,
    terminal,
    reports: flags.report === undefined ? null : reports,
    options: {
      isRealtime: flags.realtime ?? false,
      knowledge: keeper.knowledgeOf(recording.store),
      through: (observations) => withProgress(observations, recording.span, terminal),
    },
  });
  await keeper.keep(replay.knowledge);
  if (flags.json) terminal.out(`${JSON.stringify(replayDocument(replay, path))}\n`);
  else terminal.out(`${summaryText(replay).join('\n')}\n`);
  for (const line of problemCountLines(replay.problems)) terminal.err(`${line}\n`);
}

/** Runs a recording through the loop, tells its baskets as they change, and shows it to its page. */
export async function playRecording(one: OneReplay): Promise<Replay> {
  const watchers: ReplayWatcher[] = [...(one.watchers ?? [])];
  if (one.reports !== null) watchers.push(reported(one.recording, one.reports));
  if (one.heading !== null) watchers.push(headed(one, one.heading));
  return replayRecording(one.recording, { ...one.options, watchers });
}

/** A page of its own for each life of the shop. */
function reported({ name, store }: Recording, reports: Report[]): ReplayWatcher {
  const begin = (recordingName: string): Report => {
    const report = createReport({ recordingName, store });
    reports.push(report);
    return report;
  };
  let report = begin(name);
  return {
    observe: (observation) => report.observe(observation),
    hear: (event) => report.hear(event),
    restart: () => (report = begin(`${name}, after the restart`)),
  };
}

/** Says what plays, then tells its basket changes. */
function headed({ recording, terminal }: OneReplay, heading: string): ReplayWatcher {
  terminal.out(`${heading}\n`);
  const say = (line: string): void => {
    if (terminal.isWatched) terminal.err(CLEAR_LINE);
    terminal.out(`${line}\n`);
  };
  const teller = new BasketTeller(recording.store, say);
  return {
    observe: () => undefined,
    hear: (event) => teller.hear(event),
    restart: () => say('  -- the shop was killed and is back without memory --'),
  };
}

/** The receipts, and the plates that did not work. */
export function summaryText(replay: Replay): string[] {
  const { catalogue, layout } = replay.recording.store;
  const lines = replay.receipts.flatMap((receipt) => receiptText(receipt, catalogue));
  if (replay.receipts.length === 0) lines.push('  nobody came in through an entrance: no receipt');
  lines.push(...noticeLines(replay.weightNotices, catalogue));
  lines.push(...faultyPlatesText(layout, replay.faultyPlates));
  return lines;
}
