/** One plate around one step: what it sent, the levels before and after, and the interval of the step. */
import type { PlateId } from '../../src/domain/index.ts';
import { BLUE, drawn, GREY, INK, ORANGE, rounded, words } from './draw.ts';
import type { Picture } from './draw.ts';
import type { Committed } from './follow.ts';
import { secondsOf } from './scenes.ts';
import type { Scene } from './scenes.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Grams of one plate by seconds, every second sample. */
function traceOf(
  scene: Scene,
  plateId: PlateId,
  span: { readonly fromS: number; readonly toS: number },
): Point[] {
  const { layout } = scene.store;
  const plate = layout.plateById.get(plateId)!;
  const fixture = layout.fixtures[layout.shelves[plate.shelfIndex]!.fixtureIndex]!;
  const points: Point[] = [];
  for (const observation of scene.recording.observations()) {
    if (observation.kind !== 'plates' || observation.fixtureId !== fixture.fixtureId) continue;
    const { samplesGrams, sampleCount, rateHz, observedAtMs } = observation;
    for (let sample = 0; sample < sampleCount; sample += 2) {
      const x = secondsOf(scene, observedAtMs) - (sampleCount - 1 - sample) / rateHz;
      const y = samplesGrams[sample * fixture.plates.length + plate.columnIndex]!;
      if (x >= span.fromS && x <= span.toS) points.push({ x: rounded(x, 3), y: rounded(y, 2) });
    }
  }
  return points.toSorted((a, b) => a.x - b.x);
}

function meanWithin(points: readonly Point[], fromS: number, toS: number): number {
  const within = points.filter(({ x }) => x >= fromS && x <= toS);
  return within.reduce((sum, { y }) => sum + y, 0) / within.length;
}

const BEFORE_S = 2;
const AFTER_S = 4;
/** The hand presses for a while before the plate changes. */
const CALM_S = 1.2;

export async function stepPicture(scene: Scene, { attribution, event }: Committed): Promise<Picture> {
  const { moment } = event;
  const leftS = secondsOf(scene, moment.leftAtMs);
  const settledS = secondsOf(scene, moment.settledAtMs);
  const [fromS, toS] = [leftS - BEFORE_S, settledS + AFTER_S];
  const points = traceOf(scene, moment.plates[0]!.plateId, { fromS, toS });
  const before = rounded(meanWithin(points, fromS, fromS + CALM_S), 2);
  const after = rounded(before + attribution.deltaGrams, 2);
  const { sigmaGrams } = attribution;
  const scale = { domain: [rounded(fromS, 1), rounded(toS, 1)], nice: false, zero: false };
  const x = { field: 'x', type: 'quantitative', title: 'seconds from the start of the recording', scale };
  const y = { field: 'y', type: 'quantitative', title: 'the plate shows, g', scale: { zero: false } };
  const level = (from: number, to: number, grams: number): Record<string, unknown> => ({
    data: { values: [{ x: rounded(from, 2), x2: rounded(to, 2), y: grams }] },
    mark: { type: 'rule', color: ORANGE, strokeWidth: 3 },
    encoding: { x, x2: { field: 'x2' }, y },
  });
  const text = `step ${rounded(attribution.deltaGrams, 1)} g ± ${rounded(sigmaGrams, 1)} g`.replace('-', '−');
  const layer = [
    {
      data: { values: [{ x: rounded(leftS, 2), x2: rounded(settledS, 2) }] },
      mark: { type: 'rect', color: '#dddddd', opacity: 0.7 },
      encoding: { x, x2: { field: 'x2' } },
    },
    {
      data: { values: points },
      mark: { type: 'line', color: BLUE, strokeWidth: 1.2 },
      encoding: { x, y },
    },
    level(fromS, leftS, before),
    level(settledS, toS, after),
    {
      data: { values: [{ x: rounded(toS - 0.6, 2), y: before, y2: after }] },
      mark: { type: 'rule', color: INK, strokeDash: [4, 3] },
      encoding: { x, y, y2: { field: 'y2' } },
    },
    words(
      text,
      { x: rounded(toS - 0.7, 2), y: (before + after) / 2 },
      { align: 'right', fontWeight: 'bold' },
    ),
    words('level before', { x: rounded(fromS + 0.1, 2), y: before }, { dy: -14, color: ORANGE }),
    words('level after', { x: rounded(toS - 2.4, 2), y: after }, { dy: -14, color: ORANGE }),
    words('a hand presses, then lifts', { x: rounded(settledS + 0.1, 2), y: before + 30 }, { color: GREY }),
  ];
  const alt =
    'Weight of one plate over six seconds: it stands at one level, shakes for a third of a second under a hand, and stands lower by the weight of one box of tea';
  return drawn({ fileName: 'inference-step.svg', alt }, { width: 620, height: 240, layer });
}
