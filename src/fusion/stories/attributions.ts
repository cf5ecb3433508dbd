/** Attributions of fused events: the distribution over moves, as told to people and kept as evidence. */
import { epochMs } from '../../base/index.ts';
import type { Attribution, Move, MoveCandidate, MovedItem, VisitId } from '../../domain/index.ts';
import { optionProbabilities } from './stories.ts';
import type { FusedEvent, Group, Option } from './story.ts';

/** Candidates below this are not worth a line of evidence. */
const LISTED_MIN = 0.001;

/** The deeds as told: a hand-off is told as the giver's, to whom it went stands beside it. */
function movesOf(option: Option): Move[] {
  const taker = option.deeds.find(({ kind, items }) => kind === 'hand-off' && items.some(isGained));
  return option.deeds.flatMap(({ visitId, items, kind }): Move[] => {
    if (kind === 'hand-off' && items.some(isGained)) return [];
    const told = items.map(({ productId, count }) => ({ productId, count: Math.abs(count) }));
    return [
      { kind, visitId, items: told, ...(kind === 'hand-off' && { toVisitId: taker?.visitId ?? null }) },
    ];
  });
}

const isGained = (item: MovedItem): boolean => item.count > 0;

function namesOf(moves: readonly Move[]): string {
  return moves
    .map((move) => {
      const items = move.items.map((item) => `${item.productId ?? ''}*${item.count}`).sort();
      return [move.kind, move.visitId ?? '', move.toVisitId ?? '', ...items].join('|');
    })
    .join('||');
}

/** The attribution of `event`, with P(option) in the order of its options. */
export function attributionOf(event: FusedEvent, probabilities: ArrayLike<number>): Attribution {
  const byMoves = new Map<string, MoveCandidate>();
  event.options.forEach((option, index) => {
    const moves = movesOf(option);
    const name = namesOf(moves);
    // Sums of shares end a rounding above 1 now and then.
    const probability = Math.min(1, (byMoves.get(name)?.probability ?? 0) + probabilities[index]!);
    byMoves.set(name, { moves, probability });
  });
  const { moment } = event;
  let deltaGrams = 0;
  let variance = 0;
  for (const plate of moment.plates) {
    deltaGrams += plate.deltaGrams;
    variance += plate.variance;
  }
  return {
    interactionId: moment.interactionId,
    atMs: epochMs(moment.settledAtMs),
    plateIds: moment.plates.map((plate) => plate.plateId),
    deltaGrams,
    sigmaGrams: Math.sqrt(variance),
    candidates: [...byMoves.values()]
      .filter((candidate) => candidate.probability >= LISTED_MIN)
      .sort((a, b) => b.probability - a.probability),
  };
}

/** Attributions of all events that the group still keeps, by all that is known now. */
export function attributionsOfGroup(group: Group): Attribution[] {
  return group.events.map((event, index) => attributionOf(event, optionProbabilities(group, index)));
}

/** True where the attribution gives `visit` any part in what happened. */
export function involves(attribution: Attribution, visit: VisitId): boolean {
  return attribution.candidates.some((candidate) =>
    candidate.moves.some((move) => move.visitId === visit || move.toVisitId === visit),
  );
}
