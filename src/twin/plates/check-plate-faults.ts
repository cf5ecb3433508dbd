/** Whether the faults of plates that a run asks for can be in its shop: times, plates, shares and numbers. */
import type { DataProblem, StoreLayout } from '../../domain/index.ts';
import type { PlateFault, TwinFault } from '../words/index.ts';
import type { TwinPlatesProblemCode } from './problem-codes.ts';

interface Found {
  readonly code: TwinPlatesProblemCode;
  readonly what: string;
  readonly remedy: string;
}

/** Of any size and sign. */
const FREE_NUMBERS = new Set(['gramsPerHour', 'factor']);

function isOfPlates(fault: TwinFault): fault is PlateFault {
  return fault.kind.startsWith('plate-');
}

function timeProblems({ kind, fromS, untilS }: PlateFault): Found[] {
  const code = 'TWIN_FAULT_TIMES';
  if (!(fromS >= 0 && fromS < Infinity)) {
    const remedy = 'Begin it at the start of the run (0) or later.';
    return [{ code, what: `${kind} begins at ${fromS} s`, remedy }];
  }
  if (untilS === undefined || untilS > fromS) return [];
  const what = `${kind} ends at ${untilS} s but begins at ${fromS} s`;
  return [{ code, what, remedy: 'End it after it begins, or leave the end out: it then lasts for the run.' }];
}

function targetProblems({ kind, plateIds, share }: PlateFault, known: ReadonlySet<string>): Found[] {
  const problems: Found[] = (plateIds ?? [])
    .filter((id) => !known.has(id))
    .map((id) => ({
      code: 'TWIN_FAULT_PLATE_UNKNOWN',
      what: `there is no plate ${JSON.stringify(id)}`,
      remedy: 'Name plates as fixture/shelf/plate, as the store’s layout has them.',
    }));
  if ((plateIds ?? []).length === 0 && share === undefined)
    problems.push({
      code: 'TWIN_FAULT_TARGETS_MISSING',
      what: `${kind} says neither which plates nor what share of them`,
      remedy: 'Give plateIds or share.',
    });
  if (share !== undefined && !(share >= 0 && share <= 1))
    problems.push({
      code: 'TWIN_FAULT_SHARE_OUT_OF_RANGE',
      what: `its share is ${share}`,
      remedy: 'Give a share of all plates between 0 and 1.',
    });
  return problems;
}

function numberProblems(fault: PlateFault): Found[] {
  return Object.entries(fault)
    .filter(([name, value]: [string, unknown]) => FREE_NUMBERS.has(name) && !Number.isFinite(value))
    .map(([name, value]: [string, unknown]) => ({
      code: 'TWIN_FAULT_NUMBER',
      what: `${fault.kind} has ${name} ${String(value)}`,
      remedy: `Give ${name} as a finite number.`,
    }));
}

/**
 * What is wrong with the faults of plates; all others are passed over. `where` is the list that they stand in, such as
 * `scenario.json:faults`; each problem says which of it.
 */
export function checkPlateFaults(
  faults: readonly TwinFault[],
  { layout, where }: { readonly layout: StoreLayout; readonly where: string },
): DataProblem[] {
  const known = new Set<string>(layout.plateById.keys());
  return faults.flatMap((fault, index) => {
    if (!isOfPlates(fault)) return [];
    const found = [...targetProblems(fault, known), ...timeProblems(fault), ...numberProblems(fault)];
    return found.map((each) => ({ ...each, where: `${where}[${index}]` }));
  });
}
