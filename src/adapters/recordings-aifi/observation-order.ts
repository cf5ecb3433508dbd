/**
 * Documents lie unordered in their files and carry no counter. The order of a source's own times counts its
 * messages; two messages of one source at the same time are one message twice and get the same number, so that the
 * engine drops and counts the second. The stream then goes by when messages arrived.
 */
import type { Observation, SourceId } from '../../domain/index.ts';
import type { PlateDraft } from './plate-documents.ts';
import type { TrackDraft } from './target-documents.ts';

export type ObservationDraft = PlateDraft | TrackDraft;

function numbered(drafts: readonly ObservationDraft[]): Observation[] {
  const ordered = drafts.toSorted((a, b) => a.observedAtMs - b.observedAtMs);
  let sequence = -1;
  let lastAtMs: number | null = null;
  return ordered.map((draft) => {
    if (draft.observedAtMs !== lastAtMs) sequence++;
    lastAtMs = draft.observedAtMs;
    return { ...draft, sequence };
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
