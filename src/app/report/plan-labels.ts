/**
 * Labels on the plan that do not lie on each other, nor, where it can be helped, on lines. The page keeps letters and
 * offsets at their size in pixels however wide the plan is, so places are worked out twice: for a wide plan and for
 * one on a telephone; the page shows the set that fits.
 */
import type { FloorPoint, PlanFrame } from './plan-frame.ts';

export type LabelKind = 'fixture' | 'moment' | 'end' | 'time';

export interface LabelWish extends FloorPoint {
  readonly text: string;
  readonly kind: LabelKind;
  readonly look: number | null;
}

export interface PlacedLabel extends LabelWish {
  /** Offset of the middle of the text from its point, in pixels. */
  readonly dx: number;
  readonly dy: number;
  readonly widthPx: number;
}

/** Widths that labels are placed for; a plan narrower than 34rem shows the second set. */
export const PLAN_PIXELS = { wide: 680, narrow: 350 } as const;

export type PlanWidth = keyof typeof PLAN_PIXELS;

const LETTER_PX = 7.4;
const LINE_PX = 17;
const DOT_PX = 8;
const LINE_GAP_PX = 3;

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function around(point: FloorPoint, size: { readonly width: number; readonly height: number }): Rectangle {
  const { width, height } = size;
  return {
    left: point.x - width / 2,
    right: point.x + width / 2,
    top: point.y - height / 2,
    bottom: point.y + height / 2,
  };
}

/** How far from its point a label may stand; a label far from its mark is a riddle. */
const GAPS_PX: Readonly<Record<LabelKind, readonly number[]>> = {
  fixture: [],
  moment: [8, 14],
  end: [9, 18, 28],
  time: [7],
};

/** Right, left, above, below and the corners, then the same further away; a fixture's name stays near its middle. */
function offsetsFor(kind: LabelKind, width: number): FloorPoint[] {
  if (kind === 'fixture')
    return [0, -1, 1, -2, 2].flatMap((n) => [
      { x: n * 28, y: 0 },
      { x: 0, y: n * 22 },
    ]);
  return GAPS_PX[kind].flatMap((gap) => {
    const side = width / 2 + gap;
    const up = LINE_PX / 2 + gap;
    return [
      { x: side, y: 0 },
      { x: -side, y: 0 },
      { x: 0, y: -up },
      { x: 0, y: up },
      { x: side, y: -up },
      { x: -side, y: -up },
      { x: side, y: up },
      { x: -side, y: up },
    ];
  });
}

export interface LabelTask {
  readonly frame: PlanFrame;
  readonly wishes: readonly LabelWish[];
  /** Points of lines and marks that a label should rather not cover. */
  readonly lines: readonly FloorPoint[];
  readonly width: PlanWidth;
}

class Sheet {
  private readonly frame: PlanFrame;
  private readonly pixels: number;
  private readonly scale: number;
  private readonly lines: readonly Rectangle[];
  private readonly taken: Rectangle[];

  constructor(task: LabelTask) {
    this.frame = task.frame;
    this.pixels = PLAN_PIXELS[task.width];
    this.scale = this.pixels / task.frame.width;
    const gap = { width: LINE_GAP_PX, height: LINE_GAP_PX };
    this.lines = task.lines.map((point) => around(this.pixelsOf(point), gap));
    this.taken = task.wishes
      .filter((wish) => wish.kind !== 'fixture')
      .map((wish) => around(this.pixelsOf(wish), { width: DOT_PX, height: DOT_PX }));
  }

  place(wish: LabelWish): PlacedLabel | null {
    const width = Math.round(wish.text.length * LETTER_PX + 6);
    const point = this.pixelsOf(wish);
    const choices = offsetsFor(wish.kind, width);
    const boxAt = (offset: FloorPoint): Rectangle =>
      around({ x: point.x + offset.x, y: point.y + offset.y }, { width, height: LINE_PX });
    const isFree = (offset: FloorPoint): boolean => {
      const box = boxAt(offset);
      return this.isInside(box) && !this.taken.some((other) => overlaps(box, other));
    };
    const free = choices.filter(isFree);
    const isClear = (offset: FloorPoint): boolean =>
      !this.lines.some((line) => overlaps(boxAt(offset), line));
    const best = free.find(isClear) ?? (this.mayDrop(wish) ? undefined : (free[0] ?? choices[0]));
    if (!best) return null;
    this.taken.push(boxAt(best));
    return { ...wish, dx: Math.round(best.x), dy: Math.round(best.y), widthPx: width };
  }

  /** Times may go where there is no room; on a narrow plan anything may, since the list beside it says the same. */
  private mayDrop(wish: LabelWish): boolean {
    return wish.kind === 'time' || this.pixels === PLAN_PIXELS.narrow;
  }

  private pixelsOf(point: FloorPoint): FloorPoint {
    return { x: (point.x - this.frame.left) * this.scale, y: (point.y - this.frame.top) * this.scale };
  }

  private isInside(box: Rectangle): boolean {
    const isAcross = box.left >= 2 && box.right <= this.pixels - 2;
    return isAcross && box.top >= 2 && box.bottom <= this.frame.height * this.scale - 2;
  }
}

/** Places wishes in their order; what may be dropped is left out without room, the rest is put where it is least wrong. */
export function placeLabels(task: LabelTask): PlacedLabel[] {
  const sheet = new Sheet(task);
  return task.wishes.flatMap((wish) => sheet.place(wish) ?? []);
}
