/**
 * Documents lie unordered in their files and carry no counter. Where the database's clock can be believed (the usual
 * lag of a source lies between −1 and 60 s), a message arrived when it was stored; else when it was measured. The
 * order of a source's own times counts its messages, so that what arrived shuffled is put right; but times that
 * fall back and stay behind are a sensor's clock that stepped, and counting goes on from there. Two
 * messages of one source at the same time are one message twice and get the same number, so that the engine drops
 * and counts the second.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { Observation, SourceId } from '../../domain/index.ts';
import type { PlateDraft } from './plate-documents.ts';
import type { TrackDraft } from './target-documents.ts';

export type ObservationDraft = PlateDraft | TrackDraft;

interface Arrived {
  readonly draft: ObservationDraft;
  readonly receivedAtMs: EpochMs;
}

const LAG_MS_MIN = -1000;
const LAG_MS_MAX = 60_000;
/** Messages that fall back by less than this were shuffled, whatever follows. */
const SHUFFLE_MS_MAX = 1000;
/** One late message is followed by newer ones; a stepped clock stays behind for this many messages. */
const FOLLOWING = 8;
const FOLLOWING_MIN = 4;

/** Milliseconds from measuring to storing as a source usually has it; null where the database cannot be believed. */
function usualLagMs(drafts: readonly ObservationDraft[]): number | null {
  const lags = drafts
    .flatMap(({ storedAtMs, observedAtMs }) => (storedAtMs === null ? [] : [storedAtMs - observedAtMs]))
    .toSorted((a, b) => a - b);
  const median = lags[Math.floor(lags.length / 2)];
  return median !== undefined && median >= LAG_MS_MIN && median <= LAG_MS_MAX ? median : null;
}

function arrivals(drafts: readonly ObservationDraft[]): Arrived[] {
  const lagMs = usualLagMs(drafts);
  return drafts
    .map((draft) => {
      if (lagMs === null) return { draft, receivedAtMs: draft.observedAtMs };
      return { draft, receivedAtMs: draft.storedAtMs ?? epochMs(draft.observedAtMs + Math.max(lagMs, 0)) };
    })
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}

/** Messages between two steps of the source's clock, each stretch by its own times. */
function stretches(arrived: readonly Arrived[]): Arrived[][] {
  const found: Arrived[][] = [[]];
  let newestMs = -Infinity;
  arrived.forEach((one, index) => {
    if (steppedBack(arrived, index, newestMs)) {
      found.push([]);
      newestMs = -Infinity;
    }
    newestMs = Math.max(newestMs, one.draft.observedAtMs);
    found.at(-1)?.push(one);
  });
  return found.map((stretch) => stretch.toSorted((a, b) => a.draft.observedAtMs - b.draft.observedAtMs));
}

/** True where the message falls back behind `newestMs` and those that arrive after it stay behind as well. */
function steppedBack(arrived: readonly Arrived[], index: number, newestMs: number): boolean {
  if (arrived[index]!.draft.observedAtMs >= newestMs - SHUFFLE_MS_MAX) return false;
  const following = arrived.slice(index + 1, index + 1 + FOLLOWING);
  return following.length >= FOLLOWING_MIN && following.every(({ draft }) => draft.observedAtMs < newestMs);
}

function numbered(drafts: readonly ObservationDraft[]): Observation[] {
  let sequence = -1;
  let lastAtMs: number | null = null;
  return stretches(arrivals(drafts))
    .flat()
    .map(({ draft, receivedAtMs }) => {
      if (draft.observedAtMs !== lastAtMs) sequence++;
      lastAtMs = draft.observedAtMs;
      const { storedAtMs, ...observed } = draft;
      return { ...observed, receivedAtMs, sequence };
    });
}

/** The observations of `drafts`, numbered per source from 0, by the time and then the source they arrived from. */
export function inOrder(drafts: readonly ObservationDraft[]): Observation[] {
  const bySource = Map.groupBy(drafts, (draft): SourceId => draft.source);
  const sources = [...bySource.keys()].toSorted();
  // Sorting is stable: at the same moment sources keep their order, and messages of a source theirs.
  return sources
    .flatMap((source) => numbered(bySource.get(source) ?? []))
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}
