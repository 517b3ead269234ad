// Where several shapes go when they are aligned, spread evenly, or turned: new places by key.

// The rectangle around shapes.
export function around(shapes) {
  const x = Math.min(...shapes.map((one) => one.x)), y = Math.min(...shapes.map((one) => one.y));
  const right = Math.max(...shapes.map((one) => one.x + one.width));
  const bottom = Math.max(...shapes.map((one) => one.y + one.depth));
  return { x, y, right, bottom, width: right - x, depth: bottom - y };
}

export function aligned(shapes, side) {
  const all = around(shapes);
  const to = {
    left: () => ({ x: all.x }),
    right: (one) => ({ x: all.right - one.width }),
    top: () => ({ y: all.y }),
    bottom: (one) => ({ y: all.bottom - one.depth }),
  }[side];
  return new Map(shapes.map((one) => [one.key, to(one)]));
}

// The outer two stay, the gaps between all become equal.
export function spread(shapes, axis) {
  const size = axis === "x" ? "width" : "depth";
  const ordered = [...shapes].sort((a, b) => a[axis] - b[axis]);
  const first = ordered[0], last = ordered[ordered.length - 1];
  const filled = ordered.reduce((sum, one) => sum + one[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - filled) / (ordered.length - 1);
  const places = new Map();
  let at = first[axis];
  for (const one of ordered) {
    places.set(one.key, { [axis]: one === last ? last[axis] : Math.max(0, Math.round(at)) });
    at += one[size] + gap;
  }
  return places;
}

// All turn together by a quarter around their middle and stay inside the hall; null where it is too small.
export function turned(shapes, hall) {
  const all = around(shapes);
  if (all.depth > hall.width || all.width > hall.depth) return null;
  const inside = (at, most) => Math.min(Math.max(Math.round(at), 0), most);
  const x = inside(all.x + (all.width - all.depth) / 2, hall.width - all.depth);
  const y = inside(all.y + (all.depth - all.width) / 2, hall.depth - all.width);
  return new Map(shapes.map((one) => [one.key, {
    x: x + all.bottom - one.y - one.depth,
    y: y + one.x - all.x,
    width: one.depth,
    depth: one.width,
  }]));
}
