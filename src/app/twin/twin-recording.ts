/**
 * A run of the twin as a recording: whoever plays, writes or publishes recordings takes it as it is. The truth is noted
 * as it passes, beside the observations and never in them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { assert } from '../../base/index.ts';
import type { Observation, StoreModel } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import {
  auditTruth,
  createAuditor,
  createTruthBook,
  isPassage,
  noteTrackIds,
  noteTruth,
  runTwin,
  truthOf,
} from '../../twin/index.ts';
import type { Auditor, TrueEvent, Truth } from '../../twin/index.ts';
import type { PlannedRun } from './plan-run.ts';

/** Signals, timers and broken pipes are heard at least this often. */
const TURN_MS = 50;

export class TwinRecording implements Recording {
  readonly name: string;
  readonly store: StoreModel;
  /** Nobody knows before the end how long people stay. */
  readonly span = null;
  readonly problems = [];
  readonly run: PlannedRun;
  /** With books of its own, for receipts too. */
  readonly auditor: Auditor;
  /** When the shop's process is killed, by `receivedAtMs`. */
  readonly killedAtMs: readonly number[];
  insideCount = 0;
  leftCount = 0;
  /** When the last observation arrived, from the start of the run. */
  elapsedMs = 0;
  /** Nothing more comes: what is told from now on is what a closing shop tells. */
  isOver = false;
  private isComplete = false;
  private readonly book = createTruthBook();
  private readonly stop: AbortSignal;
  private isStarted = false;

  constructor(run: PlannedRun, stop: AbortSignal) {
    const { plan, name, seed } = run;
    this.run = run;
    this.stop = stop;
    this.name = `SIMULATED ${name}, seed ${seed}`;
    this.store = plan.store.model;
    this.auditor = createAuditor(this.store.catalogue);
    this.killedAtMs = plan.faults
      .filter(({ kind }) => kind === 'process-killed')
      .map(({ fromS }) => plan.startsAtMs + fromS * 1000);
  }

  /** Whether it ended before everybody had left. */
  get isStopped(): boolean {
    return this.stop.aborted && !this.isComplete;
  }

  /** Can be asked for once; ends early when it is stopped. */
  async *observations(): AsyncGenerator<Observation> {
    assert(!this.isStarted, 'TWIN_RECORDING_TWICE', { name: this.name });
    this.isStarted = true;
    try {
      yield* this.told();
    } finally {
      this.isOver = true;
    }
  }

  truth(): Truth {
    return truthOf(this.book);
  }

  private async *told(): AsyncGenerator<Observation> {
    let turnAtMs = Date.now();
    for (const output of runTwin(this.run.plan)) {
      if (output.kind === 'truth') this.note(output.event);
      else if (output.kind === 'track-ids') noteTrackIds(this.book, output.personNumber, output.trackIds);
      else if (output.kind === 'observation') {
        this.elapsedMs = output.observation.receivedAtMs - this.run.plan.startsAtMs;
        yield output.observation;
      }
      if (Date.now() - turnAtMs >= TURN_MS) {
        await nextTurn();
        turnAtMs = Date.now();
      }
      if (this.stop.aborted) return;
    }
    this.isComplete = true;
  }

  private note(event: TrueEvent): void {
    noteTruth(this.book, event);
    auditTruth(this.auditor, event);
    if (!isPassage(event)) return;
    this.insideCount += event.kind === 'entered' ? 1 : -1;
    if (event.kind === 'left') this.leftCount++;
  }
}
