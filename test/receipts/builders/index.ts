export { EXAMPLES } from './examples.ts';
export type { Example } from './examples.ts';
export * from './places.ts';
export { anyLanguage, anyRevision } from './random.ts';
export { revisionOf } from './revision.ts';
export type { LineDraft, PlaceDraft, RevisionDraft, UnitsDraft } from './revision.ts';
