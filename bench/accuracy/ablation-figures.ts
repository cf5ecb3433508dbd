/** What an ablation leaves behind. */
import type { Estimate } from './metrics/ratio.ts';

export interface Change {
  readonly f1: Estimate;
  readonly exact: Estimate;
}

export interface AblationRow {
  /** What is left out. */
  readonly name: string;
  /** Without it, less with it: negative is what it was worth. */
  readonly all: Change;
  readonly families: readonly ({ readonly family: string } & Change)[];
}

export interface AblationFigures {
  readonly families: readonly string[];
  readonly runs: number;
  readonly visits: number;
  /** With everything. */
  readonly whole: { readonly f1: Estimate; readonly exact: Estimate };
  readonly rows: readonly AblationRow[];
}
