// Draws what is dragged to the edges of its neighbours, or else to the grid.

// How far to go instead of (dx, dy), and the lines that it keeps to: [{ x }] or [{ y }], in millimetres.
// `box` is what moves, as it was; an edge nearer than `reach` draws it.
export function snapped(box, others, dx, dy, { grid, reach }) {
  const x = keptTo(box.x + dx, box.width, others.map((one) => [one.x, one.width]), { grid, reach });
  const y = keptTo(box.y + dy, box.depth, others.map((one) => [one.y, one.depth]), { grid, reach });
  const lines = [];
  if (x.line !== null) lines.push({ x: x.line });
  if (y.line !== null) lines.push({ y: y.line });
  return { dx: x.at - box.x, dy: y.at - box.y, lines };
}

// Where to put what begins at `at` and is `size` long, and the line that it keeps to: an edge, or none and the grid.
export function keptTo(at, size, others, { grid, reach }) {
  let best = { at: Math.round(at / grid) * grid, line: null }, least = reach;
  for (const [start, length] of others) {
    for (const line of [start, start + length]) {
      for (const to of [line, line - size]) {
        const far = Math.abs(to - at);
        if (far < least) {
          least = far;
          best = { at: to, line };
        }
      }
    }
  }
  return best;
}
