/** The recording in one line, `1 shopper, 17 s, 1 item: receipt charged as told`, in phrases that should not be broken. */
import type { View } from './view.ts';
import { countText, DECISION_WORDS, durationText } from './words.ts';

const STATES = ['charged as told', 'being checked', 'settled in the shopper’s favour'] as const;

function receiptWords(view: View): string {
  const states = view.story.receipts.map((told) => DECISION_WORDS[told.receipt.decision].state);
  if (states.length === 0) return 'no receipt';
  if (states.length === 1) return `receipt ${states[0]}`;
  const counts = STATES.map((state) => ({ state, count: states.filter((each) => each === state).length }));
  const present = counts.filter(({ count }) => count > 0);
  if (present.length === 1)
    return `${states.length === 2 ? 'both' : `all ${states.length}`} receipts ${present[0]!.state}`;
  return present
    .map(({ state, count }, index) => `${index === 0 ? countText(count, 'receipt') : count} ${state}`)
    .join(', ');
}

export function headlinePhrases(view: View): string[] {
  if (view.story.observationCount === 0) return ['Nothing was recorded'];
  const items = view.story.receipts
    .flatMap((told) => told.receipt.lines)
    .reduce((sum, line) => sum + line.quantity, 0);
  const shoppers = view.people.length === 0 ? 'Nobody came in' : countText(view.people.length, 'shopper');
  const duration = durationText(view.durationMs);
  return [`${shoppers},`, `${duration},`, `${countText(items, 'item')}:`, receiptWords(view)];
}

export function headline(view: View): string {
  return headlinePhrases(view).join(' ');
}
