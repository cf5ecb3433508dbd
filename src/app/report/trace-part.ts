/**
 * Weight traces: the figure with its words, and the numbers that the page's script draws. Absolute weights mean
 * nothing, so every plate starts at zero: the median of its samples before the first step. The levels that were
 * detected are drawn from the steps themselves, not from the samples.
 */
import type { WeightStep } from '../../domain/index.ts';
import { markup } from '../../base/index.ts';
import type { Markup } from '../../base/index.ts';
import type { Moment, View } from './view.ts';
import type { WeightTrace } from './weight-traces.ts';
import { countText, gramsText, momentText } from './words.ts';

interface DrawnStep {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  readonly label: string;
}

/** What the script draws; times in seconds since the start, weights in grams. */
export interface DrawnTrace {
  readonly times: readonly number[];
  readonly plates: readonly {
    readonly label: string;
    readonly grams: readonly (number | null)[];
    readonly steps: readonly DrawnStep[];
  }[];
}

function traceId(view: View, trace: WeightTrace): string {
  return `${view.prefix} ${trace.interactionId}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function zeroOf(trace: WeightTrace, plate: number, untilMs: number): number {
  const grams = trace.grams[plate]!;
  const before = grams.filter((value, index) => !Number.isNaN(value) && trace.timesMs[index]! < untilMs);
  return before.length > 0 ? median(before) : (grams.find((value) => !Number.isNaN(value)) ?? 0);
}

function drawnSteps(view: View, steps: readonly WeightStep[]): DrawnStep[] {
  let level = 0;
  return steps
    .toSorted((a, b) => a.settledAtMs - b.settledAtMs)
    .map((step) => {
      const before = level;
      level += step.deltaGrams;
      return {
        from: seconds(view.sinceStart(step.leftAtMs)),
        to: seconds(view.sinceStart(step.settledAtMs)),
        before: tenths(before),
        after: tenths(level),
        label: gramsText(step.deltaGrams),
      };
    });
}

const seconds = (ms: number): number => Math.round(ms) / 1000;
const tenths = (grams: number): number => Math.round(grams * 10) / 10;

function drawnTrace(view: View, trace: WeightTrace): DrawnTrace {
  const steps = view.story.interactions.get(trace.interactionId)?.steps ?? [];
  const firstLeftAtMs = Math.min(...steps.map((step) => step.leftAtMs));
  return {
    times: trace.timesMs.map((atMs) => seconds(view.sinceStart(atMs))),
    plates: trace.plates.map((plate, index) => {
      const zero = zeroOf(trace, index, firstLeftAtMs);
      const grams = trace.grams[index]!.map((value) => (Number.isNaN(value) ? null : tenths(value - zero)));
      const own = steps.filter((step) => step.plateId === plate.plateId);
      return { label: `plate ${plate.plateNumber}`, grams, steps: drawnSteps(view, own) };
    }),
  };
}

/** All traces of a recording, by the names that its figures ask for. */
export function drawnTraces(view: View): Readonly<Record<string, DrawnTrace>> {
  const traces = [...view.story.traces.byInteraction.values()].filter((trace) => trace.timesMs.length > 1);
  return Object.fromEntries(traces.map((trace) => [traceId(view, trace), drawnTrace(view, trace)]));
}

function stepWords(view: View, moment: Moment): string {
  const steps = moment.interaction?.steps ?? [];
  return steps
    .map((step) => {
      const plate = view.story.store.layout.plateById.get(step.plateId)?.plateNumber ?? step.plateId;
      const from = momentText(view.sinceStart(step.leftAtMs));
      const to = momentText(view.sinceStart(step.settledAtMs));
      return `Plate ${plate} stepped by ${gramsText(step.deltaGrams)} ± ${gramsText(step.sigmaGrams)} between ${from} and ${to}.`;
    })
    .join(' ');
}

/** The figure of a moment's trace: an empty box that the script draws in, and the same in words. */
export function traceFigure(view: View, moment: Moment): Markup {
  const { trace } = moment;
  if (!trace || trace.timesMs.length < 2)
    return markup`<p class="note">No weight trace was kept for this moment.</p>`;
  const stepped = new Set(moment.interaction?.steps.map((step) => step.plateId));
  const stillCount = trace.plates.filter((plate) => !stepped.has(plate.plateId)).length;
  const words = stepWords(view, moment);
  const averaged =
    trace.samplesPerPoint > 1 ? ` Each point is the mean of ${trace.samplesPerPoint} samples.` : '';
  return markup`<figure class="trace">
<div class="chart" role="img" aria-label="Weight over time. ${words}" data-trace="${traceId(view, trace)}"></div>
<figcaption><ul class="keys"><li><span class="key key-touched"></span>plate that stepped</li><li><span class="key key-level"></span>level before and after, as detected</li><li><span class="key key-window"></span>while it stepped</li>${stillCount > 0 && markup`<li><span class="key key-still"></span>${countText(stillCount, 'neighbour')}</li>`}</ul>
<p>${words}${averaged}</p></figcaption>
</figure>`;
}
