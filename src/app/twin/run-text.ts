/** What stands above everything that a run tells: that nobody was there. */
import { FAULT_WORDS } from '../../twin/index.ts';
import type { TwinFault } from '../../twin/index.ts';
import type { PlannedRun } from './plan-run.ts';
import { countText, wrapped } from './text-lines.ts';

function timesText({ fromS, untilS }: TwinFault): string {
  if (untilS !== undefined) return `from ${fromS} s to ${untilS} s`;
  return fromS === 0 ? 'all the time' : `from ${fromS} s on`;
}

/** `messages are lost, all the time`. */
export function faultText(fault: TwinFault): string {
  return `${FAULT_WORDS[fault.kind]}, ${timesText(fault)}`;
}

function shopText({ plan, minutes }: PlannedRun): string {
  const { layout, planogram } = plan.store.model;
  const products = new Set(planogram.facings.map(({ productId }) => productId)).size;
  const parts = [
    countText(layout.fixtures.length, 'fixture'),
    countText(layout.plates.length, 'plate'),
    countText(products, 'product'),
  ];
  const doors = minutes === null ? '' : `; people may come in for ${countText(minutes, 'minute')}`;
  return `Shop ${layout.storeId}: ${parts.join(', ')}${doors}.`;
}

/** Which shop, which people, what goes wrong; without a line end. */
export function runHeading(run: PlannedRun): string {
  return [
    `SIMULATED shop and people: scenario ${run.name}, seed ${run.seed}`,
    ...wrapped(`${run.words}.`, '  '),
    ...wrapped(shopText(run), '  '),
    ...run.plan.faults.flatMap((fault) => wrapped(`Fault: ${faultText(fault)}.`, '    ', '  ')),
  ].join('\n');
}
