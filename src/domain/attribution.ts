/**
 * Who did what. A move is one thing that happened; a candidate is a set of moves that explains a group of weight
 * steps, and an attribution is the distribution over candidates. People are named by their visit; null is somebody
 * else or nobody.
 */
import type { EpochMs } from '../base/index.ts';
import type { InteractionId, PlateId, ProductId, VisitId } from './ids.ts';

export type MoveKind = 'pick' | 'put-back' | 'misplace' | 'hand-off' | 'restock';

export interface MovedItem {
  /** Null: something that is not in the catalogue, or that nobody can name. */
  readonly productId: ProductId | null;
  readonly count: number;
}

export interface Move {
  readonly kind: MoveKind;
  readonly visitId: VisitId | null;
  readonly items: readonly MovedItem[];
  /** Who has the items now, where they went from hand to hand. */
  readonly toVisitId?: VisitId | null;
}

/** One hypothesis: the moves that together left the weights as they are; none where nothing was moved. */
export interface MoveCandidate {
  readonly moves: readonly Move[];
  readonly probability: number;
}

export interface Attribution {
  readonly interactionId: InteractionId;
  readonly atMs: EpochMs;
  /** Empty where nothing was weighed: hands met. */
  readonly plateIds: readonly PlateId[];
  readonly deltaGrams: number;
  readonly sigmaGrams: number;
  /** Most probable first; what is missing from 1 was pruned or too small to list. */
  readonly candidates: readonly MoveCandidate[];
}
