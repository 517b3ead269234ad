// A shape drawn by a side or a corner: its new place, and the lines that it keeps to.
import { keptTo } from "./snapping.js";

// No side is drawn shorter than this, so that the shape can still be grasped.
const LEAST = 100;

// `side` is [-1, 0] for the west, [1, 1] for the south-east …; without `pull` a side goes where it is drawn.
export function stretched(one, [sx, sy], dx, dy, others, hall, pull) {
  const across = drawn([one.x, one.width, hall.width], sx, dx, others.map((other) => [other.x, other.width]), pull);
  const down = drawn([one.y, one.depth, hall.depth], sy, dy, others.map((other) => [other.y, other.depth]), pull);
  const lines = [];
  if (across.line !== null) lines.push({ x: across.line });
  if (down.line !== null) lines.push({ y: down.line });
  return { place: { x: across.at, width: across.size, y: down.at, depth: down.size }, lines };
}

// The other side stays; the side that is drawn stops before it, and at the wall of the hall.
function drawn([at, size, most], side, by, others, pull) {
  if (!side) return { at, size, line: null };
  const edge = (side < 0 ? at : at + size) + by, least = Math.min(LEAST, size);
  const wish = pull ? keptTo(edge, 0, others, pull) : { at: Math.round(edge), line: null };
  const [low, high] = side < 0 ? [0, at + size - least] : [at + least, Math.max(most, at + size)];
  const to = Math.min(Math.max(wish.at, low), high), line = to === wish.at ? wish.line : null;
  return side < 0 ? { at: to, size: at + size - to, line } : { at, size: to - at, line };
}

// Makes shapes wider and deeper, from their north-west corners, as far as the hall goes: new sizes by key.
export function grown(shapes, dx, dy, hall) {
  return new Map(shapes.map((one) => {
    const { place } = stretched(one, [dx && 1, dy && 1], dx, dy, [], hall, null);
    return [one.key, { width: place.width, depth: place.depth }];
  }));
}
