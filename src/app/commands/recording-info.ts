/** What a recording holds, in one pass over its observations. */
import { OBSERVATION_KINDS } from '../../contract/index.ts';
import type { Observation, ObservationKind } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { ProblemTally, problemCountLines } from './problem-tally.ts';
import type { ProblemCount } from './problem-tally.ts';
import { withProgress } from './recording-progress.ts';
import type { Terminal } from './terminal.ts';

export interface SourceInfo {
  readonly source: string;
  readonly kind: ObservationKind;
  readonly messageCount: number;
  /** Messages of the same number as one before them. */
  readonly repeatCount: number;
  readonly messagesPerSecond: number | null;
  /** Samples per second as the source states it; null for what is not plates. */
  readonly rateHz: number | null;
}

export interface RecordingInfo {
  readonly name: string;
  readonly store: string;
  readonly startsAt: string | null;
  readonly lengthSeconds: number | null;
  readonly observationCount: number;
  readonly countByKind: Readonly<Record<ObservationKind, number>>;
  readonly fixtureCount: number;
  readonly shelfCount: number;
  readonly plateCount: number;
  readonly productCount: number;
  readonly productsWithoutWeight: number;
  readonly productsWithoutPrice: number;
  readonly facingCount: number;
  readonly gateCount: number;
  readonly sources: readonly SourceInfo[];
  readonly problems: readonly ProblemCount[];
}

interface SourceTally {
  readonly kind: ObservationKind;
  messageCount: number;
  repeatCount: number;
  sequenceMax: number;
  firstAtMs: number;
  lastAtMs: number;
  rateHz: number | null;
}

const MS_PER_S = 1000;

function tallyObservation(bySource: Map<string, SourceTally>, observation: Observation): void {
  const { source, kind, observedAtMs, sequence } = observation;
  const tally = bySource.get(source) ?? {
    kind,
    messageCount: 0,
    repeatCount: 0,
    sequenceMax: -Infinity,
    firstAtMs: observedAtMs,
    lastAtMs: observedAtMs,
    rateHz: null,
  };
  tally.messageCount++;
  if (sequence === tally.sequenceMax) tally.repeatCount++;
  tally.sequenceMax = Math.max(tally.sequenceMax, sequence);
  tally.firstAtMs = Math.min(tally.firstAtMs, observedAtMs);
  tally.lastAtMs = Math.max(tally.lastAtMs, observedAtMs);
  if (observation.kind === 'plates') tally.rateHz = observation.rateHz;
  bySource.set(source, tally);
}

function sourceInfo(source: string, tally: SourceTally): SourceInfo {
  const { kind, messageCount, repeatCount, rateHz } = tally;
  const seconds = (tally.lastAtMs - tally.firstAtMs) / MS_PER_S;
  const messagesPerSecond = seconds > 0 ? (messageCount - repeatCount - 1) / seconds : null;
  return { source, kind, messageCount, repeatCount, messagesPerSecond, rateHz };
}

/** Reads the whole recording once. */
export async function recordingInfo(recording: Recording, terminal: Terminal): Promise<RecordingInfo> {
  const { layout, catalogue, planogram } = recording.store;
  const problems = new ProblemTally();
  for (const problem of recording.problems) problems.add(problem);
  const bySource = new Map<string, SourceTally>();
  let observationCount = 0;
  const countByKind = { plates: 0, tracks: 0, gate: 0, tags: 0, cart: 0, health: 0 };
  for await (const observation of withProgress(
    recording.observations(problems.add),
    recording.span,
    terminal,
  )) {
    observationCount++;
    countByKind[observation.kind]++;
    tallyObservation(bySource, observation);
  }
  const { span } = recording;
  const sources = [...bySource].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    name: recording.name,
    store: layout.storeId,
    startsAt: span && new Date(span.startsAtMs).toISOString(),
    lengthSeconds: span && (span.endsAtMs - span.startsAtMs) / MS_PER_S,
    observationCount,
    countByKind,
    fixtureCount: layout.fixtures.length,
    shelfCount: layout.shelves.length,
    plateCount: layout.plates.length,
    productCount: catalogue.products.length,
    productsWithoutWeight: catalogue.products.filter((product) => product.weightGrams === null).length,
    productsWithoutPrice: catalogue.products.filter((product) => product.price === null).length,
    facingCount: planogram.facings.length,
    gateCount: recording.store.gates.length,
    sources: sources.map(([source, tally]) => sourceInfo(source, tally)),
    problems: problems.counts(),
  };
}

/** Columns as wide as their widest cell; the first to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

function sourceRow(info: SourceInfo): string[] {
  const repeats = info.repeatCount > 0 ? `${info.repeatCount} repeated` : '';
  const rate = info.messagesPerSecond === null ? '' : `${info.messagesPerSecond.toFixed(1)}/s`;
  return [
    info.source,
    String(info.messageCount),
    rate,
    info.rateHz === null ? '' : `${info.rateHz} Hz`,
    repeats,
  ];
}

const KIND_WORDS: Readonly<Record<ObservationKind, string>> = {
  plates: 'plate batches',
  tracks: 'track frames',
  gate: 'gate crossings',
  tags: 'tag reads',
  cart: 'cart weights',
  health: 'device reports',
};

function kindCounts(info: RecordingInfo): string[] {
  const kinds = OBSERVATION_KINDS.filter((kind) => info.countByKind[kind] > 0);
  return kinds.map((kind) => `${info.countByKind[kind]} ${KIND_WORDS[kind]}`);
}

/** For a terminal. */
export function recordingInfoText(info: RecordingInfo): string {
  const facts = [
    ['recording', info.name],
    ['store', info.store],
    ['starts', info.startsAt ?? 'nothing recorded'],
    ...(info.lengthSeconds === null ? [] : [['length', `${info.lengthSeconds.toFixed(1)} s`]]),
    ['observations', [String(info.observationCount), ...kindCounts(info)].join(', ')],
    ['fixtures', `${info.fixtureCount}, with ${info.shelfCount} shelves and ${info.plateCount} plates`],
    [
      'products',
      `${info.productCount}, ${info.productsWithoutWeight} without weight, ${info.productsWithoutPrice} without price`,
    ],
    ['facings', String(info.facingCount)],
    ...(info.gateCount === 0 ? [] : [['gates', String(info.gateCount)]]),
  ] as const;
  const width = Math.max(...facts.map(([name = '']) => name.length));
  const lines = facts.map(([name = '', value = '']) => `${name.padEnd(width)}  ${value}`);
  const sources = aligned([['source', 'messages', 'rate', 'samples'], ...info.sources.map(sourceRow)]);
  const problems = problemCountLines(info.problems);
  return [
    ...lines,
    '',
    ...sources,
    '',
    ...(problems.length > 0 ? ['problems', ...problems.map((line) => `  ${line}`)] : ['no problems']),
    '',
  ].join('\n');
}
