/** Runs of the twin: SIMULATED people and sensors behind the same observations that a real shop sends. */
import { assert, epochMs } from '../../src/base/index.ts';
import type { EpochMs } from '../../src/base/index.ts';
import type { Observation } from '../../src/domain/index.ts';
import {
  auditReceipt,
  auditTruth,
  closeAudit,
  createAuditor,
  createTruthBook,
  noteTrackIds,
  noteTruth,
  ownerIn,
  runTwin,
  truthOf,
} from '../../src/twin/index.ts';
import type { AuditFinding, TrueEvent, Truth, TwinPlan } from '../../src/twin/index.ts';
import type { BenchRun, IssuedReceipt, Restart, RunTruth } from './benchmark-run.ts';

interface Told {
  readonly observations: Observation[];
  readonly restarts: Restart[];
  readonly events: TrueEvent[];
  readonly truth: Truth;
}

/** The whole run, in memory: minutes of a small shop. */
function tell(plan: TwinPlan): Told {
  const book = createTruthBook();
  const told: Omit<Told, 'truth'> = { observations: [], restarts: [], events: [] };
  for (const output of runTwin(plan)) {
    if (output.kind === 'observation') told.observations.push(output.observation);
    else if (output.kind === 'process-killed')
      told.restarts.push({ atMs: output.atMs, backAtMs: output.backAtMs });
    else if (output.kind === 'track-ids') noteTrackIds(book, output.personNumber, output.trackIds);
    else {
      noteTruth(book, output.event);
      told.events.push(output.event);
    }
  }
  return { ...told, truth: truthOf(book) };
}

/** A run whose world breaks its own laws judges nobody. */
function auditOf(plan: TwinPlan, { events, truth }: Told, issued: readonly IssuedReceipt[]): AuditFinding[] {
  const auditor = createAuditor(plan.store.model.catalogue);
  for (const event of events) auditTruth(auditor, event);
  for (const { receipt, issuedAtMs } of issued)
    auditReceipt(auditor, { receipt, issuedAtTrueMs: issuedAtMs - plan.startsAtMs });
  const findings = closeAudit(auditor, { ownerOf: ownerIn(truth), endsAtTrueMs: Infinity });
  const broken = findings.filter(({ blame }) => blame === 'world');
  assert(broken.length === 0, 'TWIN_BROKE_ITS_LAWS', { seed: plan.seed, broken: broken.slice(0, 3) });
  return [...findings];
}

function benchTruth(truth: Truth, startsAtMs: EpochMs): RunTruth {
  const at = (trueMs: number): EpochMs => epochMs(startsAtMs + trueMs);
  const visits = truth.visits.flatMap((visit) => {
    if (visit.isAssociate || visit.leftAtTrueMs === null) return [];
    const { personNumber, items, trackIds, enteredAtTrueMs, leftAtTrueMs } = visit;
    // Whom the tracker never told has a visit all the same: it counts as missed.
    const trackId = trackIds[0] ?? `unseen ${personNumber}`;
    const times = { enteredAtMs: at(enteredAtTrueMs), leftAtMs: at(leftAtTrueMs) };
    return [{ personNumber, trackId, trackIds, ...times, items }];
  });
  const deeds = truth.deeds.map(({ atTrueMs, unitNumbers, ...deed }) => ({
    atMs: at(atTrueMs),
    kind: deed.kind,
    personNumber: deed.personNumber,
    productId: deed.productId,
    count: unitNumbers.length,
    unitNumbers,
    plateIds: deed.plateIds,
    deltaGrams: deed.deltaGrams,
  }));
  return { visits, deeds };
}

export function twinRun(family: string, plan: TwinPlan): BenchRun {
  const told = tell(plan);
  return {
    family,
    seed: plan.seed,
    store: plan.store.model,
    observations: () => told.observations,
    truth: benchTruth(told.truth, plan.startsAtMs),
    restarts: told.restarts,
    audit: (issued) => auditOf(plan, told, issued),
  };
}
