/** Runs of the twin: SIMULATED people and sensors behind the same observations that a real shop sends. */
import { assert, epochMs } from '../../src/base/index.ts';
import type { EpochMs } from '../../src/base/index.ts';
import type { Observation } from '../../src/domain/index.ts';
import {
  auditTruth,
  closeAudit,
  createAuditor,
  createTruthBook,
  noteTrackIds,
  noteTruth,
  runTwin,
  truthOf,
} from '../../src/twin/index.ts';
import type { Truth, TwinPlan } from '../../src/twin/index.ts';
import type { BenchRun, Restart, RunTruth } from './benchmark-run.ts';

interface Told {
  readonly observations: Observation[];
  readonly restarts: Restart[];
  readonly truth: Truth;
}

/** The whole run, in memory: minutes of a small shop. A run whose world breaks its own laws judges nobody. */
function tell(plan: TwinPlan): Told {
  const book = createTruthBook();
  const auditor = createAuditor(plan.store.model.catalogue);
  const observations: Observation[] = [];
  const restarts: Restart[] = [];
  for (const output of runTwin(plan)) {
    if (output.kind === 'observation') observations.push(output.observation);
    else if (output.kind === 'process-killed')
      restarts.push({ atMs: output.atMs, backAtMs: output.backAtMs });
    else if (output.kind === 'track-ids') noteTrackIds(book, output.personNumber, output.trackIds);
    else {
      noteTruth(book, output.event);
      auditTruth(auditor, output.event);
    }
  }
  const broken = closeAudit(auditor, { ownerOf: () => null, endsAtTrueMs: Infinity }).filter(
    ({ blame }) => blame === 'world',
  );
  assert(broken.length === 0, 'TWIN_BROKE_ITS_LAWS', { seed: plan.seed, broken: broken.slice(0, 3) });
  return { observations, restarts, truth: truthOf(book) };
}

function benchTruth(truth: Truth, startsAtMs: EpochMs): RunTruth {
  const at = (trueMs: number): EpochMs => epochMs(startsAtMs + trueMs);
  const visits = truth.visits.flatMap((visit) => {
    if (visit.isAssociate || visit.leftAtTrueMs === null) return [];
    const { personNumber, items, trackIds, enteredAtTrueMs, leftAtTrueMs } = visit;
    // Whom the tracker never told has a visit all the same: it counts as missed.
    const trackId = trackIds[0] ?? `unseen ${personNumber}`;
    return [{ personNumber, trackId, enteredAtMs: at(enteredAtTrueMs), leftAtMs: at(leftAtTrueMs), items }];
  });
  const deeds = truth.deeds.map(({ atTrueMs, kind, personNumber, productId, unitNumbers, plateIds }) => ({
    atMs: at(atTrueMs),
    kind,
    personNumber,
    productId,
    count: unitNumbers.length,
    plateIds,
  }));
  return { visits, deeds };
}

export function twinRun(family: string, plan: TwinPlan): BenchRun {
  const { observations, restarts, truth } = tell(plan);
  return {
    family,
    seed: plan.seed,
    store: plan.store.model,
    observations: () => observations,
    truth: benchTruth(truth, plan.startsAtMs),
    restarts,
  };
}
