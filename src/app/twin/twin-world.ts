/** The shop of a run: generated from a seed, or built after the one that a recording describes. */
import { AssertionFailure, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem, ProductId, StoreModel } from '../../domain/index.ts';
import { generateStore, importStore } from '../../twin/index.ts';
import type { Scenario, TwinStore } from '../../twin/index.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import type { ScenarioProblemCode } from './problem-codes.ts';

export interface TwinWorld {
  readonly store: TwinStore;
  /** What is wrong with the shop, and does not keep people from walking through it. */
  readonly problems: readonly DataProblem[];
}

function impossible(where: string, what: string, remedy: string): DataProblem {
  const code: ScenarioProblemCode = 'SCENARIO_STORE_IMPOSSIBLE';
  return { code, where, what, remedy };
}

function factsText({ code, facts }: AssertionFailure): string {
  const told = Object.entries(facts).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return `${code.toLowerCase().replaceAll('_', ' ')} (${told.join(', ')})`;
}

/** What the makers of worlds assert about sizes and numbers is, in a file from outside, a slip of the file. */
function made<Made>(make: () => Made, where: string, remedy: string): Result<Made, DataProblem> {
  try {
    return ok(make());
  } catch (error) {
    if (!(error instanceof AssertionFailure)) throw error;
    return refused(impossible(where, factsText(error), remedy));
  }
}

export function generatedWorld(
  { store, name }: Pick<Scenario, 'store' | 'name'>,
  seed: number,
): Result<TwinWorld, DataProblem> {
  const remedy = 'Change areaM2 or productCount of the store, or leave them out.';
  const generated = made(() => generateStore({ ...store, seed }), name, remedy);
  return generated.ok ? ok({ store: generated.value, problems: [] }) : generated;
}

export interface DescribedStore {
  readonly path: string;
  readonly model: StoreModel;
  readonly problems: readonly DataProblem[];
}

/** The shop that the recording at `path` describes. */
export async function describedStore(
  path: string,
  geometryDirectory: string | undefined,
): Promise<Result<DescribedStore, DataProblem>> {
  const [found, ...others] = findRecordings([path]);
  if (!found || others.length > 0) {
    const what = `there are ${others.length + 1} recordings here`;
    return refused(impossible(path, what, 'Name one of them: its shop is the one to build.'));
  }
  const opened = await openFound(found, { storeDirectory: geometryDirectory });
  if (!opened.ok) return opened;
  const { store: model, problems } = opened.value;
  return ok({ path, model, problems });
}

/** Each kind of problem once: opening a recording already tells of facings whose product is unknown. */
function withoutTold(found: readonly DataProblem[], told: readonly DataProblem[]): DataProblem[] {
  const codes = new Set(told.map(({ code }) => code));
  return found.filter(({ code }) => !codes.has(code));
}

export function importedWorld(
  described: DescribedStore,
  from: { readonly seed: number; readonly trueWeights?: ReadonlyMap<ProductId, number> },
): Result<TwinWorld, DataProblem> {
  const { path, model } = described;
  if (model.layout.plates.length === 0)
    return refused(
      impossible(path, 'the shop has no plates', 'Name a recording of a shop with weight plates.'),
    );
  const remedy = 'Correct the places and sizes of the furniture.';
  const imported = made(() => importStore({ model, ...from }), path, remedy);
  if (!imported.ok) return imported;
  const { store, problems } = imported.value;
  return ok({ store, problems: [...described.problems, ...withoutTold(problems, described.problems)] });
}

/** Why nobody could do in this shop what the scenario asks for; null where they can. */
export function nothingToTake({ model }: TwinStore, scenario: Scenario): DataProblem | null {
  const needed = scenario.people.kind === 'pairs' ? 2 : 1;
  const count = model.planogram.facings.filter(({ plateIds }) => plateIds.length > 0).length;
  if (count >= needed) return null;
  const what = `the planogram has ${count} facings on known plates, the scenario needs ${needed}`;
  return impossible(`store ${model.layout.storeId}`, what, 'Put products on plates in the planogram.');
}
