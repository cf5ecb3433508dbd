/** The pieces of which the benchmark is made, as plain data, so that any process can do any of them. */
import { assert } from '../../src/base/index.ts';
import { ABLATIONS } from './ablations.ts';
import { FAMILIES } from './families.ts';
import type { Family } from './families.ts';
import { trade } from './healthy/trade.ts';
import type { Traded, TradeTask } from './healthy/trade.ts';
import { labelledFamily } from './labelled-family.ts';
import { judgeRun } from './metrics/judge-visits.ts';
import type { JudgedRun } from './metrics/judge-visits.ts';
import { TILLFREE } from './tillfree-system.ts';
import { WINNER_RULES } from './winner-rules/index.ts';

/** One run of a family, for each of these systems. */
export interface RunTask {
  readonly kind: 'run';
  readonly family: string;
  readonly seed: number;
  readonly systems: readonly string[];
  /** Where the labelled visits lie. */
  readonly data: string;
}

export type Task = RunTask | TradeTask;
export type ResultOf<Each extends Task> = Each extends RunTask ? JudgedRun[] : Traded;

const SYSTEMS = [TILLFREE, WINNER_RULES, ...ABLATIONS];

/** The families that can be run, from easy to hard; without the labelled one where its data is missing. */
export async function familiesIn(data: string): Promise<readonly Family[]> {
  const labelled = await labelledFamily(data);
  return labelled ? [labelled, ...FAMILIES] : FAMILIES;
}

const opened = new Map<string, Promise<readonly Family[]>>();

async function familyNamed(name: string, data: string): Promise<Family> {
  const plain = FAMILIES.find((family) => family.name === name);
  if (plain) return plain;
  const families = opened.get(data) ?? familiesIn(data);
  opened.set(data, families);
  const found = (await families).find((family) => family.name === name);
  assert(found !== undefined, 'BENCH_FAMILY_UNKNOWN', { name });
  return found;
}

async function performRun({ family, seed, systems, data }: RunTask): Promise<JudgedRun[]> {
  const run = (await familyNamed(family, data)).make(seed);
  return systems.map((name) => {
    const system = SYSTEMS.find((each) => each.name === name);
    assert(system !== undefined, 'BENCH_SYSTEM_UNKNOWN', { name });
    return judgeRun(run, system.run(run));
  });
}

export async function perform<Each extends Task>(task: Each): Promise<ResultOf<Each>> {
  const result = task.kind === 'run' ? await performRun(task) : trade(task);
  return result as ResultOf<Each>;
}
