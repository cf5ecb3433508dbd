/**
 * The healthy shop: stores trade while every visit is audited, learn, and trade on with other people under the default
 * policy, of which nobody tells them anything.
 */
import { DECISION_POLICY } from '../../../src/decision/index.ts';
import type { DecisionKnowledge, Threshold } from '../../../src/decision/index.ts';
import type { JudgedVisit } from '../../../src/domain/index.ts';
import type { ShopKnowledge } from '../../../src/engine/index.ts';
import { performAll } from '../pool.ts';
import type { SeedRange } from '../seeds.ts';
import { healthyFigures } from './figures.ts';
import type { HealthyFigures } from './figures.ts';
import { HEALTHY_KINDS } from './kinds.ts';
import type { HealthyKind } from './kinds.ts';
import { learntFrom } from './learning.ts';
import type { TradedVisit } from './judge-traded.ts';
import type { Traded, TradeTask } from './trade.ts';

export interface HealthyPlan {
  readonly seeds: Pick<SeedRange, 'from'>;
  readonly workers: number;
  readonly kinds?: readonly HealthyKind[];
  readonly watch?: (done: { readonly family: string; readonly runs: number; readonly of: number }) => void;
}

/** Other people than those of the learning part; within one use of seeds. */
const TEST_PEOPLE_SEEDS_ON = 500;
/** Stores of the second kind and so on. */
const KIND_SEEDS_ON = 50;

interface Store {
  readonly kind: HealthyKind;
  readonly seed: number;
}

function auditsOf(visits: readonly TradedVisit[]): JudgedVisit[] {
  return visits.flatMap(({ audit }) => audit ?? []);
}

function storesOf(kinds: readonly HealthyKind[], from: number): Store[] {
  return kinds.flatMap((kind, index) =>
    Array.from({ length: kind.stores }, (_, store) => ({ kind, seed: from + index * KIND_SEEDS_ON + store })),
  );
}

function learningTask({ kind, seed }: Store): TradeTask {
  const base = { kind: 'trade', shop: kind.name, storeSeed: seed } as const;
  return { ...base, peopleSeed: seed, minutes: kind.learnMinutes, auditShare: 1, learnt: null };
}

/** What all stores of a kind learn together about deciding; weights, places and the budget of looks stay each store's own. */
function testTasks(stores: readonly Store[], learnt: readonly Traded[]): TradeTask[] {
  return stores.map(({ kind, seed }, index): TradeTask => {
    const pooled = learnt.filter((_, other) => stores[other]!.kind === kind);
    const decisions = learntFrom(pooled.flatMap(({ visits }) => auditsOf(visits)));
    return {
      ...learningTask({ kind, seed }),
      peopleSeed: seed + TEST_PEOPLE_SEEDS_ON,
      minutes: kind.testMinutes,
      auditShare: DECISION_POLICY.auditShare,
      learnt: withDecisions(learnt[index]!.store, decisions),
    };
  });
}

function withDecisions(own: ShopKnowledge, pooled: DecisionKnowledge): ShopKnowledge {
  return { ...own, decision: { ...pooled, looks: own.decision?.looks ?? pooled.looks } };
}

function isProven(threshold: Threshold): boolean {
  return threshold.kind === 'proven';
}

function figuresOf(
  kind: Pick<HealthyKind, 'name' | 'words'>,
  { learnt, tested }: { readonly learnt: readonly Traded[]; readonly tested: readonly Traded[] },
  threshold: Threshold | null,
): HealthyFigures {
  const alone = learnt.map(({ visits }) => learntFrom(auditsOf(visits)).threshold);
  return healthyFigures({
    kind,
    learnt: learnt.map(({ visits }) => visits),
    tested: tested.flatMap(({ visits }) => visits),
    threshold,
    provenAlone: alone.filter(isProven).length,
  });
}

/** Each kind, and all of them together. */
export async function runHealthy(plan: HealthyPlan): Promise<HealthyFigures[]> {
  const { seeds, workers, watch, kinds = HEALTHY_KINDS } = plan;
  const stores = storesOf(kinds, seeds.from);
  const tellFrom = (before: number) => (done: number, index: number) =>
    watch?.({ family: `healthy ${stores[index]!.kind.name}`, runs: before + done, of: 2 * stores.length });
  const learnt = await performAll(stores.map(learningTask), { workers, watch: tellFrom(0) });
  const tasks = testTasks(stores, learnt);
  const tested = await performAll(tasks, { workers, watch: tellFrom(stores.length) });
  const each = kinds.map((kind) => {
    const isOwn = (_: Traded, index: number): boolean => stores[index]!.kind === kind;
    const task = tasks.find(({ shop }) => shop === kind.name);
    const threshold = task?.learnt?.decision?.threshold ?? null;
    return figuresOf(kind, { learnt: learnt.filter(isOwn), tested: tested.filter(isOwn) }, threshold);
  });
  const together = { name: 'together', words: 'both kinds together' };
  return [...each, figuresOf(together, { learnt, tested }, null)];
}
