/** Whether the faults that a scenario asks for can be in this shop; each problem says which of the list it is. */
import type { DataProblem, StoreLayout } from '../../domain/index.ts';
import { checkFaults, checkPlateFaults } from '../../twin/index.ts';
import type { TwinFault } from '../../twin/index.ts';

type PlateFault = Parameters<typeof checkPlateFaults>[0][number];

function isOfPlates(fault: TwinFault): fault is PlateFault {
  return fault.kind.startsWith('plate-');
}

function plateFaultProblems(fault: PlateFault, layout: StoreLayout): Omit<DataProblem, 'where'>[] {
  const { kind, fromS, untilS = Infinity, plateIds, share } = fault;
  const problems: Omit<DataProblem, 'where'>[] = [...checkPlateFaults([fault], layout)];
  if (untilS <= fromS) {
    const what = `${kind} ends at ${untilS} s but begins at ${fromS} s`;
    const remedy = 'End it after it begins, or leave the end out: it then lasts for the run.';
    problems.push({ code: 'FAULT_TIMES', what, remedy });
  }
  if (plateIds === undefined && share === undefined) {
    const what = `${kind} says neither which plates nor what share of them`;
    problems.push({ code: 'FAULT_TARGETS_MISSING', what, remedy: 'Give plateIds or share.' });
  }
  return problems;
}

/** `where` is the list of the faults, such as `my.json:faults`. */
export function checkTwinFaults(
  faults: readonly TwinFault[],
  { layout, where }: { readonly layout: StoreLayout; readonly where: string },
): DataProblem[] {
  const ofPlates = faults.flatMap((fault, index) =>
    isOfPlates(fault)
      ? plateFaultProblems(fault, layout).map((found) => ({ ...found, where: `${where}[${index}]` }))
      : [],
  );
  return [...ofPlates, ...checkFaults(faults, { layout, where })];
}
