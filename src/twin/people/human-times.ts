/**
 * How long people take, drawn from log-normal laws given by their median and 95th percentile, in milliseconds. The
 * figures are those of shoppers filmed before shelves (actions reach to shelf, hand in shelf, retract, inspect
 * product, inspect shelf, as the MERL Shopping data set names them).
 */
import { exactExp } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';

/** x(p) = median · e^(σ z(p)); σ = ln(p95 / median) / 1.6449. */
interface LogNormal {
  readonly medianMs: number;
  readonly sigma: number;
}

/** Beyond this many standard deviations nobody waits. */
const Z_MAX = 2.5;

export const HUMAN_TIMES = {
  /** 1.10 s, 95th percentile 1.85 s. */
  reach: { medianMs: 1100, sigma: 0.316 },
  /** 1.3 s, 95th percentile 6.5 s. */
  handInShelf: { medianMs: 1300, sigma: 0.978 },
  retract: { medianMs: 900, sigma: 0.316 },
  /** 2.7 s, 95th percentile 10.8 s. */
  inspectProduct: { medianMs: 2700, sigma: 0.843 },
  /** 3.3 s, 95th percentile 11.2 s. */
  inspectShelf: { medianMs: 3300, sigma: 0.743 },
} as const satisfies Record<string, LogNormal>;

export function drawMs(random: Random, law: LogNormal): number {
  const z = Math.min(Z_MAX, Math.max(-Z_MAX, random.normal()));
  return law.medianMs * exactExp(law.sigma * z);
}
