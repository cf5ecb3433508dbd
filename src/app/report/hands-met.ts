/** What went from hand to hand, in a phrase, and how surely: `hands met: 1 × Tea went to Shopper 2 (91.3 %)`. */
import type { Attribution, VisitId } from '../../domain/index.ts';
import { markup, nameMarkup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { View } from './view.ts';
import { percentText } from './words.ts';

function nameOf(view: View, visitId: VisitId | null): string {
  if (visitId === null) return 'somebody else';
  return view.personByVisit.get(visitId)?.name ?? `somebody who never entered (${visitId})`;
}

export function handsMetMarkup(view: View, { candidates }: Attribution): Markup {
  const [best] = candidates;
  const moves = (best?.moves ?? []).filter(({ items }) => items.length > 0);
  if (moves.length === 0) return markup`hands met: probably nothing changed hands`;
  const { byId } = view.story.store.catalogue;
  const went = moves.flatMap(({ items, toVisitId = null }) =>
    items.map(({ productId, count }) => {
      const name = productId === null ? 'something' : (byId.get(productId)?.name ?? productId);
      return markup`${count} × ${nameMarkup(name)} went to ${nameOf(view, toVisitId)}`;
    }),
  );
  return markup`hands met: ${went.map((each, index) => markup`${index > 0 && ', '}${each}`)} (${percentText(best?.probability ?? 0)})`;
}
