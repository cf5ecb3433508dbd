/** Writes a recording, or a part of one, in another place and format. */
import { resolve } from 'node:path';
import { writeAifiRecording } from '../../adapters/recordings-aifi/index.ts';
import { writeMcapRecording } from '../../adapters/recordings-mcap/index.ts';
import { problemText } from '../../domain/index.ts';
import type { Observation } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { problemCountLines, ProblemTally } from './problem-tally.ts';
import { withProgress } from './recording-progress.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

export type RecordingFormat = 'mcap' | 'aifi';
export const RECORDING_FORMATS: readonly RecordingFormat[] = ['mcap', 'aifi'];

const MS_PER_S = 1000;

export interface CopyPlan {
  readonly recording: Recording;
  readonly outPath: string;
  readonly format: RecordingFormat;
  readonly keeps: (observation: Observation) => boolean;
}

export interface Cut {
  /** Seconds after the recording's first observation arrived; from is kept, to is not. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Plates of these fixtures only; all where none is named. Tracks are always kept. */
  readonly fixtureIds: readonly string[];
}

/** An `.mcap` name means MCAP; any other is a directory of documents. */
export function formatOf(outPath: string): RecordingFormat {
  return /\.mcap$/i.test(outPath) ? 'mcap' : 'aifi';
}

/** Says which observations a cut keeps. */
export function cutOf(recording: Recording, cut: Cut): (observation: Observation) => boolean {
  const startsAtMs = recording.span?.startsAtMs ?? 0;
  const fixtures = new Set(cut.fixtureIds);
  return (observation) => {
    const seconds = (observation.receivedAtMs - startsAtMs) / MS_PER_S;
    if (seconds < cut.fromSeconds || seconds >= cut.toSeconds) return false;
    return observation.kind !== 'plates' || fixtures.size === 0 || fixtures.has(observation.fixtureId);
  };
}

async function* kept(
  observations: AsyncIterable<Observation>,
  keeps: (observation: Observation) => boolean,
): AsyncGenerator<Observation> {
  for await (const observation of observations) if (keeps(observation)) yield observation;
}

/** @throws WorkFailed where nothing could be written; problems with single records are told and do not stop. */
export async function copyRecording(plan: CopyPlan, terminal: Terminal): Promise<void> {
  const { recording, format, keeps } = plan;
  const problems = new ProblemTally();
  for (const problem of recording.problems) problems.add(problem);
  const source = {
    store: recording.store,
    observations: (report: ProblemTally['add']) =>
      kept(withProgress(recording.observations(report), recording.span, terminal), keeps),
  };
  const path = resolve(plan.outPath);
  const written =
    format === 'mcap'
      ? await writeMcapRecording({ path, recording: source, report: problems.add })
      : await writeAifiRecording({ directory: path, recording: source, report: problems.add });
  for (const line of problemCountLines(problems.counts())) terminal.err(`${line}\n`);
  if (!written.ok) throw new WorkFailed(problemText(written.problem));
  terminal.out(`${plan.outPath}: ${written.value.observationCount} observations\n`);
}
