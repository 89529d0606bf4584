/** A stroke's segment on a grey raster. Drawn here and not by the canvas: the same pixels in every browser, and none has to be read back. */
import type { Raster } from './flood';

/** An end of a segment, in pixels. */
interface End {
  readonly x: number;
  readonly y: number;
}

/** Pixels of a raster, the right and lower edges not included. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Span = readonly [number, number];
const NONE: Span = [Infinity, -Infinity];

/**
 * Paints what lies within `radius` of the line from `from` to `to`, a disc when both are one point. At its edge a pixel
 * takes as much of `ink` as the edge leaves of it, counted along the distance to its centre. Returns where it painted.
 */
export function paintSegment({ grey, width, height }: Raster, from: End, to: End, radius: number, ink: number): Area {
  const reach = radius + 0.5;
  const area = {
    left: Math.max(0, Math.floor(Math.min(from.x, to.x) - reach)),
    top: Math.max(0, Math.floor(Math.min(from.y, to.y) - reach)),
    right: Math.min(width, Math.ceil(Math.max(from.x, to.x) + reach)),
    bottom: Math.min(height, Math.ceil(Math.max(from.y, to.y) + reach)),
  };
  const distance = distanceTo(from, to);
  for (let row = area.top; row < area.bottom; row++) {
    const y = row + 0.5;
    const [outerLeft, outerRight] = within(span(from, to, reach, y), area);
    // Rounding must not put a pixel of the edge into the core.
    const [coreLeft, coreRight] = within(span(from, to, radius - 0.5 - 1e-9, y), area);
    const edge = (first: number, end: number): void => {
      for (let column = first; column < end; column++) {
        const at = row * width + column;
        const old = grey[at] ?? 0;
        const share = Math.min(1, Math.max(0, reach - distance(column + 0.5, y)));
        grey[at] = old + (ink - old) * share;
      }
    };
    if (coreLeft >= coreRight) {
      edge(outerLeft, outerRight);
    } else {
      edge(outerLeft, coreLeft);
      grey.fill(ink, row * width + coreLeft, row * width + coreRight);
      edge(coreRight, outerRight);
    }
  }
  return area;
}

/** The distance of a point to the line from `from` to `to`. */
function distanceTo(from: End, to: End): (x: number, y: number) => number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  return (x, y) => {
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / square));
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
  };
}

/** Where the height `y` lies within `radius` of the line: one stretch, since the shape is convex. */
function span(from: End, to: End, radius: number, y: number): Span {
  const parts = [disc(from, radius, y), disc(to, radius, y), between(from, to, radius, y)];
  return [Math.min(...parts.map(([left]) => left)), Math.max(...parts.map(([, right]) => right))];
}

function disc({ x, y: middle }: End, radius: number, y: number): Span {
  const half = radius * radius - (y - middle) * (y - middle);
  return radius > 0 && half >= 0 ? [x - Math.sqrt(half), x + Math.sqrt(half)] : NONE;
}

/** The rectangle between the two ends. */
function between(from: End, to: End, radius: number, y: number): Span {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0 || radius <= 0) return NONE;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const dy = y - from.y;
  const [along, across] = [solve(ux, dy * uy, 0, length), solve(-uy, dy * ux, -radius, radius)];
  const both: Span = [Math.max(along[0], across[0]), Math.min(along[1], across[1])];
  return both[0] > both[1] ? NONE : [both[0] + from.x, both[1] + from.x];
}

/** Where `low <= slope * x + rest <= high`. */
function solve(slope: number, rest: number, low: number, high: number): Span {
  if (slope === 0) return rest >= low && rest <= high ? [-Infinity, Infinity] : NONE;
  const [one, other] = [(low - rest) / slope, (high - rest) / slope];
  return one < other ? [one, other] : [other, one];
}

/** The pixels whose centres are in `span`: the first, and the one after the last. */
function within([left, right]: Span, area: Area): Span {
  return [Math.max(area.left, Math.ceil(left - 0.5)), Math.min(area.right, Math.floor(right - 0.5) + 1)];
}
