// Codes of booths: which come next, and how a selection is numbered row by row.

const CODE = /^(.*?)(\d+)$/;

// The parts of a code such as A01: what stands before the number, the number, and how many figures it has.
export function parts(code) {
  const found = CODE.exec(code);
  return found && { prefix: found[1], first: Number(found[2]), figures: found[2].length };
}

// The codes after one: A09 is followed by A10, and what is taken already is passed over.
export function codesAfter(code, taken, many) {
  const { prefix, first, figures } = parts(code) || { prefix: code, first: 0, figures: 2 };
  const used = new Set(taken), found = [];
  for (let number = first + 1; found.length < many; number += 1) {
    const next = prefix + String(number).padStart(figures, "0");
    if (!used.has(next)) found.push(next);
  }
  return found;
}

// Rows of shapes, from the north: those whose middles lie within half a depth of the row's first are one row.
export function rowsOf(shapes) {
  const rows = [], middle = (one) => one.y + one.depth / 2;
  for (const one of [...shapes].sort((a, b) => middle(a) - middle(b))) {
    const row = rows[rows.length - 1];
    if (row && middle(one) - middle(row[0]) < Math.min(one.depth, row[0].depth) / 2) row.push(one);
    else rows.push([one]);
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

// New codes by key: row by row from the north or the south, each from the west, or there and back.
export function numbered(shapes, { prefix, first, figures }, { fromSouth = false, thereAndBack = false } = {}) {
  const rows = rowsOf(shapes), codes = new Map();
  if (fromSouth) rows.reverse();
  let number = first;
  rows.forEach((row, at) => {
    for (const one of thereAndBack && at % 2 ? [...row].reverse() : row) {
      codes.set(one.key, { code: prefix + String(number).padStart(figures, "0") });
      number += 1;
    }
  });
  return codes;
}
