/** One of the two sides of the picture. */
import type { PlateNumbers } from './statistics.ts';
import type { Stretch } from './signal.ts';

export interface Side {
  readonly title: string;
  /** Lines of at most 45 characters: without a screen, texts are taken for wider than they are. */
  readonly subtitle: readonly string[];
  readonly color: string;
  /** What the traces show. */
  readonly stretch: Stretch;
  /** What the statistics are over: one stretch, or those of several seeds. */
  readonly plates: readonly PlateNumbers[];
}

export const PANEL_WIDTH = 440;
