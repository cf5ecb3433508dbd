/**
 * Who did what. A move is one hypothesis of what happened in a group of weight steps; an attribution is the
 * distribution over such hypotheses. People are named by their visit; null is somebody else or nobody.
 */
import type { EpochMs } from '../base/index.ts';
import type { InteractionId, PlateId, ProductId, VisitId } from './ids.ts';

export type MoveKind = 'pick' | 'put-back' | 'misplace' | 'hand-off' | 'restock' | 'nothing';

export interface MovedItem {
  /** Null: something that is not in the catalogue, or that nobody can name. */
  readonly productId: ProductId | null;
  readonly count: number;
}

export interface Move {
  readonly kind: MoveKind;
  readonly visitId: VisitId | null;
  readonly items: readonly MovedItem[];
}

export interface MoveCandidate {
  readonly move: Move;
  readonly probability: number;
}

export interface Attribution {
  readonly interactionId: InteractionId;
  readonly atMs: EpochMs;
  readonly plateIds: readonly PlateId[];
  readonly deltaGrams: number;
  readonly sigmaGrams: number;
  /** Most probable first; what is missing from 1 was pruned or too small to list. */
  readonly candidates: readonly MoveCandidate[];
}
