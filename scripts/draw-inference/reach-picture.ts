/** Whose hand it was: both bodies against the space over the plate while it changed, for two moments. */
import { present } from '../../src/base/index.ts';
import { distanceToBoxM, transformPoint } from '../../src/domain/index.ts';
import type { Box, TrackedPerson, VisitId } from '../../src/domain/index.ts';
import { BLUE, drawn, INK, ORANGE, rounded } from './draw.ts';
import type { Picture } from './draw.ts';
import type { Committed, Followed } from './follow.ts';
import { secondsOf } from './scenes.ts';
import type { Scene } from './scenes.ts';

const AROUND_S = 2.2;
const WIDTH = 330;

interface Sight {
  readonly x: number;
  readonly who: string;
  /** Null where no wrist is seen. */
  readonly wristM: number | null;
  readonly awayDeg: number | null;
}

/** P(person) as the moment was read, whatever was moved. */
export function personShares({ event }: Committed): Map<VisitId | null, number> {
  const shares = new Map<VisitId | null, number>();
  for (const { deeds, outcome, logLikelihood } of event.options) {
    const [deed, other] = deeds;
    if (deed && !other) shares.set(deed.visitId, Math.exp(logLikelihood - outcome.logLikelihood));
  }
  return shares;
}

function wristDistance(space: Box, { parts }: TrackedPerson): number | null {
  const seen = [parts.leftWrist, parts.rightWrist].flatMap((wrist) => wrist ?? []);
  return seen.length === 0 ? null : rounded(Math.min(...seen.map((at) => distanceToBoxM(space, at))), 3);
}

/** Degrees over the floor from where the chest faces to the middle of the space's front. */
function turnedAway(space: Box, { parts }: TrackedPerson): number | null {
  const { leftShoulder: left, rightShoulder: right } = parts;
  if (!left || !right) return null;
  const front = transformPoint(space.storeFromBox, { x: space.sizeM.x / 2, y: 0, z: 0 });
  const ahead = Math.atan2(right.x - left.x, left.y - right.y);
  const towards = Math.atan2(front.y - (left.y + right.y) / 2, front.x - (left.x + right.x) / 2);
  const turned = Math.abs(towards - ahead) % (2 * Math.PI);
  return rounded((Math.min(turned, 2 * Math.PI - turned) * 180) / Math.PI, 1);
}

function sightsOf(scene: Scene, run: Followed, committed: Committed): Sight[] {
  const { moment } = committed.event;
  const plate = present(scene.store.layout.plateById.get(moment.plates[0]!.plateId), 'GUIDE_PLATE_UNKNOWN');
  const names = new Map(
    run.issued.flatMap(({ receipt }) => receipt.trackIds.map((id) => [id, receipt.visitId])),
  );
  const sights: Sight[] = [];
  for (const observation of scene.recording.observations()) {
    if (observation.kind !== 'tracks') continue;
    const x = rounded(secondsOf(scene, observation.observedAtMs), 3);
    if (x < secondsOf(scene, moment.leftAtMs) - AROUND_S) continue;
    if (x > secondsOf(scene, moment.settledAtMs) + AROUND_S) continue;
    for (const person of observation.people) {
      const who = names.get(person.trackId);
      if (who === undefined) continue;
      const wristM = wristDistance(plate.reach, person);
      sights.push({ x, who, wristM, awayDeg: turnedAway(plate.reach, person) });
    }
  }
  return sights;
}

const PEOPLE = ['visit-1', 'visit-2'];
const UNSEEN = 'somebody unseen';
const BY_PERSON = {
  color: {
    field: 'who',
    type: 'nominal',
    scale: { domain: PEOPLE, range: [BLUE, ORANGE] },
    title: null,
  },
  strokeDash: {
    field: 'who',
    type: 'nominal',
    scale: {
      domain: PEOPLE,
      range: [
        [1, 0],
        [6, 3],
      ],
    },
    title: null,
  },
};

interface Panel {
  readonly field: 'wristM' | 'awayDeg';
  readonly title: string;
  readonly domain: readonly [number, number];
}

const PANELS: readonly Panel[] = [
  { field: 'wristM', title: 'nearest wrist seen, m', domain: [0, 1.5] },
  { field: 'awayDeg', title: 'chest turned away, °', domain: [0, 180] },
];

function panelOf(
  panel: Panel,
  scene: Scene,
  shown: { committed: Committed; sights: readonly Sight[] },
): Record<string, unknown> {
  const { moment } = shown.committed.event;
  const span = { x: secondsOf(scene, moment.leftAtMs), x2: secondsOf(scene, moment.settledAtMs) };
  const x = {
    field: 'x',
    type: 'quantitative',
    title: 'seconds',
    axis: { tickMinStep: 1, format: 'd' },
    scale: { zero: false, nice: false },
  };
  const y = { field: panel.field, type: 'quantitative', title: panel.title, scale: { domain: panel.domain } };
  return {
    width: WIDTH,
    height: 110,
    layer: [
      {
        data: { values: [{ x: rounded(span.x, 2), x2: rounded(span.x2, 2) }] },
        mark: { type: 'rect', color: '#dddddd', opacity: 0.8 },
        encoding: { x, x2: { field: 'x2' } },
      },
      {
        data: { values: shown.sights },
        mark: { type: 'line', strokeWidth: 2, invalid: 'break-paths-show-domains', clip: true },
        encoding: { x, y, ...BY_PERSON },
      },
    ],
  };
}

function sharePanel(committed: Committed): Record<string, unknown> {
  const shares = new Map([...personShares(committed)].map(([visit, share]) => [visit ?? UNSEEN, share]));
  const sort = [...PEOPLE, UNSEEN];
  const values = sort.map((who) => {
    const share = shares.get(who) ?? 0;
    return {
      who,
      share: rounded(share, 4),
      text: share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`,
    };
  });
  const y = { field: 'who', type: 'nominal', sort, title: null, scale: { domain: sort } };
  const x = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1.2], nice: false },
    title: 'P(person)',
  };
  return {
    width: WIDTH,
    height: 80,
    data: { values },
    encoding: { x: { ...x, axis: { values: [0, 0.25, 0.5, 0.75, 1], format: '.0%' } }, y },
    layer: [
      { mark: { type: 'bar', height: 16, color: '#767676' } },
      {
        mark: { type: 'text', align: 'left', dx: 5, color: INK, fontSize: 12 },
        encoding: { text: { field: 'text' } },
      },
    ],
  };
}

export async function reachPicture(
  scene: Scene,
  run: Followed,
  moments: readonly { readonly title: string; readonly subtitle: string; readonly committed: Committed }[],
): Promise<Picture> {
  const columns = moments.map(({ title, subtitle, committed }) => {
    const sights = sightsOf(scene, run, committed);
    const [first, ...rest] = PANELS.map((panel) => panelOf(panel, scene, { committed, sights }));
    return [{ ...first!, title: { text: title, subtitle, offset: 12 } }, ...rest, sharePanel(committed)];
  });
  const concat = columns[0]!.flatMap((_, row) => columns.map((column) => column[row]!));
  const alt =
    'Two moments: on the left both arms are hidden while the plate changes and both chests face it, so the two people are about equally likely; on the right the wrist of one is seen at the plate and it is nearly surely theirs';
  return drawn(
    { fileName: 'inference-reach.svg', alt },
    { columns: 2, concat, bounds: 'flush', spacing: { row: 58, column: 165 } },
  );
}
