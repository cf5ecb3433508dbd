/** The families of runs that systems are judged on, from easy to hard. */
import { busyShopScript, firstVisitScript } from '../../test/builders/index.ts';
import type { BenchRun } from './benchmark-run.ts';
import { scriptedRun } from './scripted-run.ts';

export interface Family {
  /** Kebab-case, for the command line. */
  readonly name: string;
  /** What happens in it, for a table. */
  readonly words: string;
  /** Lowest first in every table: how hard it was meant to be, not how it turned out. */
  readonly difficulty: number;
  make(seed: number): BenchRun;
}

export const FAMILIES: readonly Family[] = [
  {
    name: 'one-shopper',
    words: 'one shopper, three products, one put back',
    difficulty: 1,
    make: (seed) => scriptedRun({ family: 'one-shopper', seed, script: (store) => firstVisitScript(store) }),
  },
  {
    name: 'four-shoppers',
    words: 'four shoppers in each other’s way, one id changes',
    difficulty: 2,
    make: (seed) => scriptedRun({ family: 'four-shoppers', seed, script: busyShopScript }),
  },
];
