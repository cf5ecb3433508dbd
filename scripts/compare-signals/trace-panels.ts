/** Traces: the same pick with the plates beside it, and the loudest plate of the store. */
import { quantile } from './measure.ts';
import { PANEL_WIDTH } from './side.ts';
import type { Side } from './side.ts';
import type { PlateSignal } from './signal.ts';
import { plateOfPick } from './signal.ts';
import { levelBefore } from './statistics.ts';

const FROM_S = -1.5;
const TO_S = 4.5;
/** Blue-green, orange, purple: told apart by all eyes, and labelled. */
const NEIGHBOURS = [
  { apart: -2, color: '#009E73', lift: 60 },
  { apart: -1, color: '#B8860B', lift: 0 },
  { apart: 1, color: '#AA4499', lift: -60 },
];
const BURST_SPAN_S = 3;

interface Point {
  readonly s: number;
  readonly grams: number;
}

function around(side: Side, plate: PlateSignal): Point[] {
  const { atSample } = side.stretch.pick;
  const level = levelBefore(side.stretch, plate);
  const points: Point[] = [];
  for (let sample = atSample + FROM_S * 60; sample <= atSample + TO_S * 60; sample++)
    if (sample < plate.grams.length)
      points.push({ s: (sample - atSample) / 60, grams: plate.grams[sample]! - level });
  return points;
}

const SECONDS_AXIS = {
  field: 's',
  type: 'quantitative',
  title: 'seconds from the step',
  scale: { domain: [FROM_S, TO_S], nice: false },
  axis: { grid: false, tickCount: 7 },
};

function line(values: readonly Point[], color: string, domain: readonly [number, number]): unknown {
  return {
    data: { values },
    mark: { type: 'line', color, strokeWidth: 1.1, clip: true },
    encoding: {
      x: SECONDS_AXIS,
      y: {
        field: 'grams',
        type: 'quantitative',
        title: 'change, g',
        scale: { domain, nice: false },
        axis: { tickCount: 5 },
      },
    },
  };
}

function label(text: string, at: Point, color: string): unknown {
  return {
    data: { values: [{ ...at, text }] },
    mark: { type: 'text', align: 'left', baseline: 'bottom', color, fontSize: 11 },
    encoding: {
      x: { field: 's', type: 'quantitative' },
      y: { field: 'grams', type: 'quantitative' },
      text: { field: 'text' },
    },
  };
}

function neighboursPanel(side: Side): Record<string, unknown> {
  const { plateNumber } = side.stretch.pick;
  const layers = NEIGHBOURS.flatMap(({ apart, color, lift }) => {
    const plate = plateOfPick(side.stretch, plateNumber + apart);
    if (!plate) return [];
    const points = around(side, plate).map(({ s, grams }) => ({ s, grams: grams + lift }));
    const name = `plate ${plate.plateNumber}${lift === 0 ? '' : `, drawn ${lift > 0 ? '+' : '−'}60 g`}`;
    return [line(points, color, [-110, 110]), label(name, { s: FROM_S + 0.05, grams: lift + 12 }, color)];
  });
  return { title: 'Plates beside it', width: PANEL_WIDTH, height: 180, layer: layers };
}

/** The plate of the pick, and below it its neighbours on the same time axis. */
export function pickPanel(side: Side): Record<string, unknown>[] {
  const { plateNumber, shelfId } = side.stretch.pick;
  const own = around(side, plateOfPick(side.stretch, plateNumber)!);
  return [
    {
      title: `621.67 g are taken from plate ${plateNumber} of shelf ${shelfId}`,
      width: PANEL_WIDTH,
      height: 130,
      layer: [line(own, side.color, [-700, 100])],
    },
    neighboursPanel(side),
  ];
}

/** The three seconds around the highest peak of any plate but those of the pick's shelf. */
export function burstPanel(side: Side): Record<string, unknown> {
  const loudest = side.plates
    .filter(({ plate, fixtureId }) => isIn(side, fixtureId, plate))
    .reduce((best, plate) => (plate.peakGrams > (best.peakGrams || 0) ? plate : best));
  const { grams, plateId } = loudest.plate;
  const middle = quantile([...grams], 0.5);
  let peak = 0;
  for (let sample = 0; sample < grams.length; sample++)
    if (Math.abs(grams[sample]! - middle) > Math.abs(grams[peak]! - middle)) peak = sample;
  const from = Math.max(0, Math.min(grams.length - BURST_SPAN_S * 60, peak - 60));
  const points = [...grams.subarray(from, from + BURST_SPAN_S * 60)].map((value, index) => ({
    s: index / 60,
    grams: value - middle,
  }));
  return {
    title: {
      text: `The loudest plate, ${plateId}`,
      subtitle: 'nothing is taken from it: people move near it',
    },
    width: PANEL_WIDTH,
    height: 130,
    data: { values: points },
    mark: { type: 'line', color: side.color, strokeWidth: 1.1 },
    encoding: {
      x: { field: 's', type: 'quantitative', title: 'seconds', axis: { grid: false } },
      y: {
        field: 'grams',
        type: 'quantitative',
        title: 'change, g',
        scale: { domain: [-150, 150] },
        axis: { tickCount: 5 },
      },
    },
  };
}

function isIn(side: Side, fixtureId: string, plate: PlateSignal): boolean {
  return side.stretch.fixtures.some(
    (fixture) => fixture.fixtureId === fixtureId && fixture.plates.includes(plate),
  );
}
