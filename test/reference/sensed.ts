/** What streaming sensing tells of some batches, gathered. */
import type { Interaction, PlateBatch, PlateReport, StoreLayout } from '../../src/domain/index.ts';
import { createPlateSensing, endContactNow, SENSING_SETTINGS, sensePlates } from '../../src/sensing/index.ts';
import type { PlateSensing, SensingSink } from '../../src/sensing/index.ts';

export interface Sensed {
  readonly sensing: PlateSensing;
  /** All that was told, provisional ones too. */
  readonly told: readonly Interaction[];
  readonly finals: readonly Interaction[];
  /** Final interactions with steps. */
  readonly stepped: readonly Interaction[];
  readonly reports: readonly PlateReport[];
}

/** `isCut` leaves contacts open that the last batch finds open. */
export function sensed(
  layout: StoreLayout,
  batches: readonly PlateBatch[],
  options: {
    readonly isCut?: boolean;
    readonly after?: (sensing: PlateSensing, batch: PlateBatch) => void;
  } = {},
): Sensed {
  const sensing = createPlateSensing(layout, SENSING_SETTINGS);
  const told: Interaction[] = [];
  const reports: PlateReport[] = [];
  const sink: SensingSink = {
    interaction: (found) => told.push(found),
    plateReport: (found) => reports.push(found),
  };
  for (const batch of batches) {
    sensePlates(sensing, batch, sink);
    options.after?.(sensing, batch);
  }
  if (!options.isCut) for (const shelf of layout.shelves) endContactNow(sensing, shelf, sink);
  const finals = told.filter((found) => found.phase === 'final');
  const stepped = finals.filter((found) => found.steps.length > 0);
  return { sensing, told, finals, stepped, reports };
}
