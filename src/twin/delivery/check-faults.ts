/** Whether the faults that a run asks for can be: times, numbers and fixtures. Plates are checked where they are made. */
import type { DataProblem, StoreLayout } from '../../domain/index.ts';
import type { DeliveryFault, TwinFault } from '../words/index.ts';
import type { DeliveryProblemCode } from './problem-codes.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

const NOT_NEGATIVE: Range = { min: 0, max: Number.MAX_VALUE };

/** By the name of the number, the same in every fault. */
const RANGES: Readonly<Record<string, Range>> = {
  share: { min: 0, max: 1 },
  perMinute: NOT_NEGATIVE,
  withinM: NOT_NEGATIVE,
  lateMsMax: NOT_NEGATIVE,
  withinMs: NOT_NEGATIVE,
  offsetMsMax: NOT_NEGATIVE,
  ppmMax: NOT_NEGATIVE,
  stepMs: { min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
};

interface Found {
  readonly code: DeliveryProblemCode;
  readonly what: string;
  readonly remedy: string;
}

function timeProblems({ kind, fromS, untilS }: TwinFault): Found[] {
  const code = 'FAULT_TIMES';
  if (!(fromS >= 0 && fromS < Infinity))
    return [
      {
        code,
        what: `${kind} begins at ${fromS} s`,
        remedy: 'Begin it at the start of the run (0) or later.',
      },
    ];
  if (untilS === undefined || untilS > fromS) return [];
  const what = `${kind} ends at ${untilS} s but begins at ${fromS} s`;
  return [{ code, what, remedy: 'End it after it begins, or leave the end out: it then lasts for the run.' }];
}

function numberProblems(fault: TwinFault): Found[] {
  return Object.entries(fault).flatMap(([name, value]: [string, unknown]): Found[] => {
    const range = RANGES[name];
    if (!range || value === undefined) return [];
    if (typeof value === 'number' && value >= range.min && value <= range.max) return [];
    const what = `${fault.kind} has ${name} ${String(value)}`;
    return [{ code: 'FAULT_NUMBER', what, remedy: `Give ${name} as ${rangeText(range)}.` }];
  });
}

function rangeText({ min, max }: Range): string {
  if (min < 0) return 'a finite number';
  return max < Number.MAX_VALUE ? `a number from ${min} to ${max}` : `a finite number of at least ${min}`;
}

function fixtureProblems(
  fault: Extract<DeliveryFault, { kind: 'fixture-offline' }>,
  layout: StoreLayout,
): Found[] {
  const { fixtureIds = [], share } = fault;
  if (fixtureIds.length === 0 && share === undefined) {
    const what = `${fault.kind} says neither which fixtures nor what share of them`;
    return [{ code: 'FAULT_TARGETS_MISSING', what, remedy: 'Give fixtureIds or share.' }];
  }
  const known = new Set<string>(layout.fixtures.map(({ fixtureId }) => fixtureId));
  return fixtureIds
    .filter((id) => !known.has(id))
    .map((id) => ({
      code: 'FAULT_FIXTURE_UNKNOWN',
      what: `${fault.kind} names fixture ${id}`,
      remedy: `Name one of ${[...known].slice(0, 8).join(', ')}${known.size > 8 ? ', …' : ''}.`,
    }));
}

/**
 * What is wrong with the faults of trackers, deliveries and the shop; those of plates are passed over. `where` is the
 * list that they stand in, such as `scenario.json:faults`; each problem says which of it.
 */
export function checkFaults(
  faults: readonly TwinFault[],
  { layout, where }: { readonly layout: StoreLayout; readonly where: string },
): DataProblem[] {
  return faults.flatMap((fault, index) => {
    if (fault.kind.startsWith('plate-')) return [];
    const found = [...timeProblems(fault), ...numberProblems(fault)];
    if (fault.kind === 'fixture-offline') found.push(...fixtureProblems(fault, layout));
    return found.map((each) => ({ ...each, where: `${where}[${index}]` }));
  });
}
