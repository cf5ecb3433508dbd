/** Runs the twin into the shop's loop in this process, and holds what the shop said against the truth. */
import { KnowledgeKeeper } from '../commands/knowledge.ts';
import { problemCountLines } from '../commands/problem-tally.ts';
import { playRecording, summaryText, writePage } from '../commands/replay.ts';
import type { Terminal } from '../commands/terminal.ts';
import { WorkFailed } from '../commands/work-failed.ts';
import { replayDocument } from '../replay-json.ts';
import { clockText } from '../replay-text.ts';
import type { Report } from '../report/index.ts';
import { compareWithTruth, ReceiptListener } from './comparison.ts';
import { brokenLawsText, comparisonDocument, comparisonText } from './comparison-text.ts';
import { runHeading } from './run-text.ts';
import { withTwinProgress } from './twin-progress.ts';
import type { TwinRecording } from './twin-recording.ts';

export interface PlayFlags {
  readonly json?: boolean;
  readonly report?: string;
  readonly knowledge?: string;
}

/** @throws WorkFailed where the twin broke its own laws, or the page cannot be written. */
export async function playRun(recording: TwinRecording, flags: PlayFlags, terminal: Terminal): Promise<void> {
  const reports: Report[] = [];
  const receipts = new ReceiptListener(recording);
  const keeper = await KnowledgeKeeper.open(flags.knowledge);
  const replay = await playRecording({
    recording,
    heading: flags.json ? null : runHeading(recording.run),
    terminal,
    reports: flags.report === undefined ? null : reports,
    options: {
      through: (observations) => withTwinProgress(observations, recording, terminal),
      killedAtMs: recording.killedAtMs,
      knowledge: keeper.knowledgeOf(recording.store),
    },
    watchers: [receipts],
  });
  await keeper.keep(replay.knowledge);
  const comparison = compareWithTruth(recording, receipts);
  if (flags.json) {
    const told = { ...replayDocument(replay, recording.name), ...comparisonDocument(comparison, recording) };
    terminal.out(`${JSON.stringify(told)}\n`);
  } else {
    if (recording.isStopped) terminal.out(`  -- stopped at ${clockText(recording.elapsedMs)} --\n`);
    const lines = [...summaryText(replay), '', ...comparisonText(comparison, recording)];
    terminal.out(`${lines.join('\n')}\n`);
  }
  for (const line of problemCountLines(replay.problems)) terminal.err(`${line}\n`);
  if (flags.report !== undefined) await writePage(flags.report, reports, terminal);
  const broken = comparison.findings.filter(({ blame }) => blame === 'world');
  if (broken.length > 0) throw new WorkFailed(brokenLawsText(broken, recording));
}
