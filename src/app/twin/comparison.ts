/** Holds what the system said of a run against what truly happened. */
import type { Receipt } from '../../domain/index.ts';
import { auditReceipt, closeAudit, ownerIn } from '../../twin/index.ts';
import type { AuditFinding } from '../../twin/index.ts';
import type { ReplayWatcher } from '../replay-recording.ts';
import { meanScore, scoreVisits } from '../score.ts';
import type { Score, VisitScore } from '../score.ts';
import { groundTruthOf, truthDocument } from './truth-document.ts';
import type { TwinRecording } from './twin-recording.ts';

interface Issued {
  readonly receipt: Receipt;
  readonly issuedAtTrueMs: number;
  /** When the shop closed, not when its shopper left. */
  readonly isLast: boolean;
}

/** Hears receipts, with the moment at which each was issued. */
export class ReceiptListener implements ReplayWatcher {
  readonly issued: Issued[] = [];
  private readonly recording: TwinRecording;

  constructor(recording: TwinRecording) {
    this.recording = recording;
  }

  observe(): void {
    // Receipts are all that is compared.
  }

  hear(event: Parameters<ReplayWatcher['hear']>[0]): void {
    if (event.kind !== 'receipt-issued') return;
    const { elapsedMs, isOver } = this.recording;
    this.issued.push({ receipt: event.receipt, issuedAtTrueMs: elapsedMs, isLast: isOver });
  }
}

export interface Comparison {
  readonly score: Score;
  readonly visits: readonly VisitScore[];
  readonly findings: readonly AuditFinding[];
  readonly associateCount: number;
  /** Were inside when the run ended; they and their receipts are not judged. */
  readonly insideCount: number;
}

/** Once the run is over. */
export function compareWithTruth(recording: TwinRecording, { issued }: ReceiptListener): Comparison {
  const truth = recording.truth();
  const ownerOf = ownerIn(truth);
  const hasLeft = (receipt: Receipt): boolean => ownerOf(String(receipt.trackIds[0])) !== null;
  const { insideCount } = recording;
  const judged = issued.filter(({ receipt, isLast }) => !isLast || insideCount === 0 || hasLeft(receipt));
  for (const each of judged) auditReceipt(recording.auditor, each);
  const findings = closeAudit(recording.auditor, { ownerOf, endsAtTrueMs: recording.elapsedMs });
  const left = truth.visits.filter(({ leftAtTrueMs }) => leftAtTrueMs !== null);
  const document = truthDocument(recording.run, { ...truth, visits: left });
  const receipts = judged.map(({ receipt }) => receipt);
  const visits = scoreVisits(recording.name, receipts, groundTruthOf(document));
  const associateCount = document.associates.length;
  return { score: meanScore(visits), visits, findings, associateCount, insideCount };
}

/** What the twin did against its own laws, where no receipt was asked for. */
export function brokenLaws(recording: TwinRecording): readonly AuditFinding[] {
  const findings = closeAudit(recording.auditor, { ownerOf: () => null, endsAtTrueMs: recording.elapsedMs });
  return findings.filter(({ blame }) => blame === 'world');
}
