/**
 * A nameless thing that somebody laid on a plate lies there in some stories and not in others, where the same change of
 * weight was a product that came back. So it is held like everything else, by the plate: a story puts it there, and only
 * a story that has can take it away again. Without that, a bag that weighs what somebody's yogurt weighs comes to lie there
 * as the yogurt and goes as the bag, and the yogurt is gone.
 *
 * Once everybody is gone whose stories hold it, what is left is P(it lies there).
 */
import type { Outcome } from '../goods/outcomes.ts';
import { allGroups } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { lyingKey } from './stories.ts';
import type { Moment, Option } from './story.ts';

/** The name of what an event may have left; two events never share one. */
export function thingIdOf({ interactionId, settledAtMs, plates }: Moment): string {
  return `${interactionId} ${settledAtMs} ${plates[0]?.plateId ?? ''}`;
}

/** True where something without a name lies there afterwards, if weight came. */
export function leavesThing({ kind, items }: Outcome): boolean {
  return kind === 'nothing' || items.some(({ productId, count }) => productId === null && count < 0);
}

/** True where some story knows whether the thing lies there. */
export function isHeldByStories(book: GroupBook, thingId: string): boolean {
  const key = lyingKey(thingId);
  for (const group of allGroups(book))
    if (group.stories.some(({ holdings }) => holdings.has(key))) return true;
  return false;
}

/** The option with what it puts down or takes away of things that stories hold. */
export function withThings(option: Option, moment: Moment): Option {
  const { thing } = option.outcome;
  if (thing?.isInStories) return { ...option, lying: { thingId: thing.thingId, count: -1 } };
  const grams = moment.plates.reduce((sum, { deltaGrams }) => sum + deltaGrams, 0);
  if (grams <= 0 || !leavesThing(option.outcome)) return option;
  return { ...option, lying: { thingId: thingIdOf(moment), count: 1 } };
}
