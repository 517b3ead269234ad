// The handles around the one shape that is selected, and its size in words beside it while it is drawn by them.
import { element } from "./view.js";

const SIZE = 10, LETTERS = 15, GAP = 8;
const SIDES = [[-1, -1], [0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0]];
const CURSORS = { "-1,-1": "nwse", "1,1": "nwse", "1,-1": "nesw", "-1,1": "nesw", "0,-1": "ns", "0,1": "ns" };

export class Handles {
  constructor(model, view, facts) {
    Object.assign(this, { model, view, facts, words: null });
    this.layer = view.svg.querySelector(".handles");
    model.listen(() => this.render());
    view.whenZoomed(() => this.render());
    this.render();
  }

  // They stand outside, so that however small a shape is on the screen its middle can be dragged.
  render() {
    const { chosen } = this.model, one = chosen.length === 1 ? chosen[0] : null, { pixel } = this.view;
    const wanted = one ? SIDES.filter(([x, y]) => (x || one.width > 2 * SIZE * pixel) && (y || one.depth > 2 * SIZE * pixel)) : [];
    this.layer.replaceChildren(...wanted.map((side) => handle(one, side, SIZE * pixel)));
    if (one && this.measured) this.layer.append(this.size(one, pixel));
  }

  // Says the size beside the shape from now on, or no more.
  measure(measured) {
    this.measured = measured;
    this.render();
  }

  size(one, pixel) {
    const below = one.y + one.depth + (SIZE + GAP + LETTERS) * pixel;
    const y = below < this.model.state.depth ? below : one.y - (SIZE + GAP) * pixel;
    return element("text", { class: "measure", x: one.x + one.width / 2, y, "font-size": LETTERS * pixel, "stroke-width": 4 * pixel }, this.facts.size(one));
  }
}

function handle(one, side, size) {
  const [x, y] = side.map((to, axis) => {
    const [at, length] = axis ? [one.y, one.depth] : [one.x, one.width];
    return { [-1]: at - size, 0: at + (length - size) / 2, 1: at + length }[to];
  });
  const cursor = `${CURSORS[side] || "ew"}-resize`;
  return element("rect", { class: "handle", "data-side": side.join(","), x, y, width: size, height: size, cursor, "stroke-width": size / 8 });
}
