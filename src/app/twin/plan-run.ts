/** From what a call asks for to a run that can be acted out, or everything that keeps it from being one. */
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import {
  checkFaults,
  checkPlateFaults,
  LABELLED_TRUE_WEIGHTS,
  planScenario,
  planScript,
  scriptOfLabelled,
} from '../../twin/index.ts';
import type { LabelledVisit, Scenario, TwinPlan, VisitScript } from '../../twin/index.ts';
import type { Problems, ScenarioSource } from './scenario-file.ts';
import { describedStore, generatedWorld, importedWorld, nothingToTake } from './twin-world.ts';
import type { TwinWorld } from './twin-world.ts';

export interface PlannedRun {
  readonly name: string;
  readonly words: string;
  readonly seed: number;
  readonly plan: TwinPlan;
  /** How long people may come in; null where they all come at once, or as it is written. */
  readonly minutes: number | null;
  /** Told, and not in the way. */
  readonly problems: Problems;
}

export interface RunWish {
  readonly seed: number;
  readonly minutes: number | undefined;
  /** The recording whose shop is used; outranks the one that a scenario file names. */
  readonly storePath: string | undefined;
  readonly geometryDirectory: string | undefined;
}

/** Whether people come by and by, for as long as the scenario is open. */
export function hasDoorsOpen({ people }: Scenario): boolean {
  return people.kind === 'steady' || people.kind === 'stream';
}

export type DrawnOrScripted = Exclude<ScenarioSource, { readonly kind: 'labels' }>;

async function worldFor(source: DrawnOrScripted, wish: RunWish): Promise<Result<TwinWorld, DataProblem>> {
  const path = wish.storePath ?? source.recordingPath;
  if (path === null) return generatedWorld(source.scenario, wish.seed);
  const described = await describedStore(path, wish.geometryDirectory);
  return described.ok ? importedWorld(described.value, { seed: wish.seed }) : described;
}

function faultProblems(source: DrawnOrScripted, { store }: TwinWorld): DataProblem[] {
  const { faults } = source.scenario;
  const at = { layout: store.model.layout, where: `${source.file ?? source.scenario.name}:faults` };
  return [...checkPlateFaults(faults, at), ...checkFaults(faults, at)];
}

function scriptedRun(
  { scenario, script }: { readonly scenario: Scenario; readonly script: VisitScript },
  world: TwinWorld,
  seed: number,
): Result<PlannedRun, Problems> {
  const { faults, trackLatency, name, words } = scenario;
  const { plan, problems } = planScript({ script, store: world.store, seed, faults, trackLatency });
  if (problems.length > 0) return refused([...world.problems, ...problems]);
  return ok({ name, words, seed, plan, minutes: null, problems: world.problems });
}

/** A run of a scenario or of a script of visits. */
export async function planRun(source: DrawnOrScripted, wish: RunWish): Promise<Result<PlannedRun, Problems>> {
  const world = await worldFor(source, wish);
  if (!world.ok) return refused([world.problem]);
  const { store, problems } = world.value;
  const wrong = faultProblems(source, world.value);
  if (wrong.length > 0) return refused([...problems, ...wrong]);
  if (source.kind === 'script') return scriptedRun(source, world.value, wish.seed);
  const lacking = nothingToTake(store, source.scenario);
  if (lacking) return refused([...problems, lacking]);
  const minutes = wish.minutes ?? source.scenario.minutes;
  const scenario = { ...source.scenario, minutes };
  const { name, words } = scenario;
  const plan = planScenario({ scenario, seed: wish.seed, store });
  const told = hasDoorsOpen(scenario) ? minutes : null;
  return ok({ name, words, seed: wish.seed, plan, minutes: told, problems });
}

/** A run of one labelled visit, in the shop of the recording, filled as the labels say. */
export async function planLabelled(
  labelled: LabelledVisit,
  from: {
    readonly file: string;
    readonly storePath: string;
    readonly geometryDirectory: string | undefined;
    readonly seed: number;
  },
): Promise<Result<PlannedRun, Problems>> {
  const described = await describedStore(from.storePath, from.geometryDirectory);
  if (!described.ok) return refused([described.problem]);
  const { model, script, problems: slips } = scriptOfLabelled(labelled, described.value.model);
  const { seed } = from;
  const trueWeights = LABELLED_TRUE_WEIGHTS;
  const world = importedWorld({ ...described.value, model }, { seed, trueWeights });
  if (!world.ok) return refused([world.problem]);
  const told = slips.map((slip) => ({ ...slip, where: `${from.file}:${slip.where}` }));
  const { store } = world.value;
  const { plan, problems } = planScript({ script, store, seed, trackLatency: 'recorded' });
  if (problems.length > 0) return refused([...told, ...problems]);
  const words = `Visit ${labelled.visit} of ${from.file}, acted out as it was labelled`;
  return ok({
    name: labelled.visit,
    words,
    seed,
    plan,
    minutes: null,
    problems: [...told, ...world.value.problems],
  });
}
