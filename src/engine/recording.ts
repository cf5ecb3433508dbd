/**
 * The port through which recorded shops reach the engine. An adapter per file format implements it; the engine's loop
 * does not know whether an observation was recorded or arrives now.
 */
import type { EpochMs } from '../base/index.ts';
import type { DataProblem, Observation, StoreModel } from '../domain/index.ts';

export interface Recording {
  readonly name: string;
  readonly store: StoreModel;
  /** First and last `receivedAtMs`; null where nothing was recorded. */
  readonly span: RecordingSpan | null;
  /** What was wrong with the store's description. */
  readonly problems: readonly DataProblem[];
  /**
   * The observations in the order of `receivedAtMs`, streamed. `report` hears of every record that could not be
   * read, once, as it is met; the stream goes on behind it.
   */
  observations(report: (problem: DataProblem) => void): AsyncIterable<Observation>;
}

export interface RecordingSpan {
  readonly startsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
}
