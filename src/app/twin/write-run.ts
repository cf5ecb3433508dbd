/** Writes a run as a recording and, beside it, what truly happened: `tillfree score` reads both. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAifiRecording } from '../../adapters/recordings-aifi/index.ts';
import { writeMcapRecording } from '../../adapters/recordings-mcap/index.ts';
import { ProblemTally } from '../commands/problem-tally.ts';
import type { ProblemCount } from '../commands/problem-tally.ts';
import type { RecordingFormat } from '../commands/recording-copy.ts';
import { WorkFailed } from '../commands/work-failed.ts';
import { problemText } from '../../domain/index.ts';
import type { Observation } from '../../domain/index.ts';
import { writeWholeFile } from '../../files/index.ts';
import { truthDocument, truthText } from './truth-document.ts';
import type { TwinRecording } from './twin-recording.ts';

export interface OutPlace {
  readonly directory: string;
  readonly format: RecordingFormat;
}

export interface WrittenRun {
  readonly recordingPath: string;
  readonly truthPath: string;
  readonly observationCount: number;
  /** Null for a directory of documents. */
  readonly byteCount: number | null;
  readonly receiptCount: number;
  readonly deedCount: number;
  readonly problems: readonly ProblemCount[];
}

function placesOf({ run }: TwinRecording, { directory, format }: OutPlace): readonly [string, string] {
  if (format === 'aifi') return [directory, join(directory, 'ground_truth.json')];
  const stem = join(directory, `${run.name}-${run.seed}`);
  return [`${stem}.mcap`, `${stem}.ground_truth.json`];
}

async function refusedBySystem<Done>(path: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new WorkFailed(`${path}: ${cause}. Name a directory that can be written with --out.`);
  }
}

/** @throws WorkFailed where it cannot be written. */
export async function writeRun(
  recording: TwinRecording,
  place: OutPlace,
  observations: AsyncIterable<Observation>,
): Promise<WrittenRun> {
  const [recordingPath, truthPath] = placesOf(recording, place);
  await refusedBySystem(place.directory, () => mkdir(place.directory, { recursive: true }));
  const problems = new ProblemTally();
  const source = { store: recording.store, observations: () => observations };
  const written =
    place.format === 'mcap'
      ? await writeMcapRecording({ path: recordingPath, recording: source, report: problems.add })
      : await writeAifiRecording({ directory: recordingPath, recording: source, report: problems.add });
  if (!written.ok) throw new WorkFailed(problemText(written.problem));
  const truth = truthDocument(recording.run, recording.truth());
  await refusedBySystem(truthPath, () => writeWholeFile(truthPath, truthText(truth)));
  return {
    recordingPath,
    truthPath,
    observationCount: written.value.observationCount,
    byteCount: place.format === 'mcap' ? (await stat(recordingPath)).size : null,
    receiptCount: truth.receipts.length,
    deedCount: truth.events.length,
    problems: problems.counts(),
  };
}
