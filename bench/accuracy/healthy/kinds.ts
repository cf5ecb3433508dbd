/** The shops of the healthy part: plain habits, nothing at fault, a steady stream. */
import type { Scenario } from '../../../src/twin/index.ts';

export interface HealthyKind {
  readonly name: string;
  readonly words: string;
  readonly spec: Scenario['store'];
  /** Inside at any time. */
  readonly people: number;
  readonly stores: number;
  /** In which every visit is audited, and after which nobody tells anything. */
  readonly learnMinutes: number;
  readonly testMinutes: number;
}

/** Minutes for some 250 audited visits a store, so that a kind has the 1,555 that allow one overcharge, and 170 in the test. */
export const HEALTHY_KINDS: readonly HealthyKind[] = [
  {
    name: 'nano',
    words: 'shops of 20 m², two people at a time',
    spec: { kind: 'nano' },
    people: 2,
    stores: 6,
    learnMinutes: 80,
    testMinutes: 50,
  },
  {
    name: 'convenience',
    words: 'shops of 90 m², four people at a time',
    spec: { kind: 'convenience', areaM2: 90 },
    people: 4,
    stores: 6,
    learnMinutes: 55,
    testMinutes: 36,
  },
];
