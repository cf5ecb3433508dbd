/**
 * Labels on the plan that do not lie on each other. Positions are worked out for a plan about 680 pixels wide; the
 * page keeps letters and offsets at their size in pixels, and drops the labels of times where the plan is narrow.
 */
import type { FloorPoint, PlanFrame } from './plan-frame.ts';

export interface LabelWish extends FloorPoint {
  readonly text: string;
  readonly kind: 'end' | 'moment' | 'time' | 'fixture';
  readonly look: number | null;
}

export interface PlacedLabel extends LabelWish {
  /** Offset of the middle of the text from its point, in pixels. */
  readonly dx: number;
  readonly dy: number;
}

export const PLAN_PIXELS = 680;
const LETTER_PX = 7;
const LINE_PX = 15;
const DOT_PX = 8;

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

/** Right, left, above, below and the corners, then the same further away. */
function offsetsFor(width: number): FloorPoint[] {
  return [10, 20, 32].flatMap((gap) => {
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

/** Places wishes in their order; a time without room is left out, anything else is put where it is least wrong. */
export function placeLabels(frame: PlanFrame, wishes: readonly LabelWish[]): PlacedLabel[] {
  const scale = PLAN_PIXELS / frame.width;
  const inPixels = (point: FloorPoint): FloorPoint => ({
    x: (point.x - frame.left) * scale,
    y: (point.y - frame.top) * scale,
  });
  const inside: Rectangle = { left: 2, top: 2, right: PLAN_PIXELS - 2, bottom: frame.height * scale - 2 };
  const taken: Rectangle[] = wishes
    .filter((wish) => wish.kind !== 'fixture')
    .map((wish) => around(inPixels(wish), { width: DOT_PX, height: DOT_PX }));
  return wishes.flatMap((wish) => {
    const width = wish.text.length * LETTER_PX + 4;
    const point = inPixels(wish);
    const choices = wish.kind === 'fixture' ? [{ x: 0, y: 0 }] : offsetsFor(width);
    const boxAt = (offset: FloorPoint): Rectangle =>
      around({ x: point.x + offset.x, y: point.y + offset.y }, { width, height: LINE_PX });
    const free = choices.find((offset) => {
      const box = boxAt(offset);
      const isInside = box.left >= inside.left && box.right <= inside.right && box.top >= inside.top;
      return isInside && box.bottom <= inside.bottom && !taken.some((other) => overlaps(box, other));
    });
    if (!free && wish.kind === 'time') return [];
    const offset = free ?? choices[0]!;
    taken.push(boxAt(offset));
    return [{ ...wish, dx: Math.round(offset.x), dy: Math.round(offset.y) }];
  });
}
