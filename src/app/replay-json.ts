/** A replay as one line of JSON, for other programs. Times are milliseconds since 1970, weights grams. */
import type { Attribution, Catalogue, Receipt } from '../domain/index.ts';
import { KINDS_NOT_YET_USED } from '../engine/index.ts';
import { questionOf } from './receipt-words.ts';
import { unweighedKind } from './unweighed-moments.ts';
import type { Replay, ReplayedInteraction } from './replay-recording.ts';

/** Candidates told per step group; the rest is in the report. */
const CANDIDATES_TOLD = 5;

function questionJson(receipt: Receipt, catalogue: Catalogue): unknown {
  const { question } = receipt;
  const words = questionOf(receipt, catalogue);
  if (!question || !words) return null;
  return {
    questionId: question.questionId,
    kind: question.kind,
    barcodes: question.productIds,
    text: words.question,
    answers: question.answers.map(({ answerId }, index) => ({ answerId, text: words.answers[index] })),
  };
}

function receiptJson(receipt: Receipt, catalogue: Catalogue): unknown {
  const { charge } = receipt;
  return {
    visitId: receipt.visitId,
    targetId: receipt.trackIds[0],
    trackIds: receipt.trackIds,
    products: receipt.lines.map((line) => ({
      barcode: line.productId,
      quantity: line.quantity,
      probability: line.probability,
    })),
    probabilityAllRight: receipt.probabilityAllRight,
    decision: receipt.decision,
    question: questionJson(receipt, catalogue),
    charge: {
      items: charge.items.map(({ productId, quantity }) => ({ barcode: productId, quantity })),
      totalMinor: charge.total.minor,
      waivedMinor: charge.waived.minor,
    },
    isAudited: receipt.isAudited,
    totalMinor: receipt.total.minor,
    currency: receipt.total.currency,
    enteredAtMs: receipt.enteredAtMs,
    leftAtMs: receipt.leftAtMs,
  };
}

function candidatesJson({ candidates }: Attribution): unknown {
  return candidates.slice(0, CANDIDATES_TOLD).map((candidate) => ({
    probability: candidate.probability,
    moves: candidate.moves.map(({ kind, visitId, items, toVisitId }) => ({
      kind,
      visitId,
      ...(toVisitId !== undefined && { toVisitId }),
      products: items.map((item) => ({ barcode: item.productId, quantity: item.count })),
    })),
  }));
}

function attributionJson(attribution: Attribution): unknown {
  return {
    atMs: attribution.atMs,
    plates: attribution.plateIds,
    deltaGrams: attribution.deltaGrams,
    sigmaGrams: attribution.sigmaGrams,
    candidates: candidatesJson(attribution),
  };
}

/** What no scale saw has no weight. */
function momentJson(attribution: Attribution): unknown {
  return {
    kind: unweighedKind(attribution),
    atMs: attribution.atMs,
    plates: attribution.plateIds,
    candidates: candidatesJson(attribution),
  };
}

function interactionJson({ interaction, attributions }: ReplayedInteraction): unknown {
  return {
    interactionId: interaction.interactionId,
    shelf: interaction.shelfId,
    startedAtMs: interaction.startedAtMs,
    endedAtMs: interaction.endedAtMs,
    steps: interaction.steps.map((step) => ({
      plate: step.plateId,
      leftAtMs: step.leftAtMs,
      settledAtMs: step.settledAtMs,
      deltaGrams: step.deltaGrams,
      sigmaGrams: step.sigmaGrams,
    })),
    attributions: attributions.map(attributionJson),
  };
}

/**
 * `heard` counts what passed the door, by kind; of these, inference does not use those in `heardNotYetUsed`. `path` is
 * the recording as it was named in the call.
 */
export function replayDocument(replay: Replay, path: string): Readonly<Record<string, unknown>> {
  return {
    recording: path,
    receipts: replay.receipts.map((receipt) => receiptJson(receipt, replay.recording.store.catalogue)),
    interactions: replay.interactions.map(interactionJson),
    moments: replay.moments.map(momentJson),
    faultyPlates: replay.faultyPlates.map(({ plateId, condition }) => ({ plate: plateId, condition })),
    devices: replay.devices.map(({ deviceId, state, note, observedAtMs }) => ({
      device: deviceId,
      state,
      note,
      atMs: observedAtMs,
    })),
    heard: replay.heard,
    heardNotYetUsed: KINDS_NOT_YET_USED.filter((kind) => replay.heard[kind] > 0),
    gates: replay.gates,
    problems: replay.problems.map(({ code, count }) => ({ code, count })),
  };
}
