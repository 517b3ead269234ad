// The keys: Tab comes to a shape, arrows move it, and everything else the buttons do.
import { grown } from "./stretching.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const METRE = 1000, PAUSE_MS = 1000;
const WITH_CONTROL = { z: "undo", y: "redo", d: "duplicate", s: "save" };
const ALONE = { Delete: "remove", Backspace: "remove", Enter: "open", "+": "zoom:in", "=": "zoom:in", "-": "zoom:out" };

export function watchKeys({ model, view, grid, run, say, leave }) {
  let step = null, pause = 0;

  // Moves by keys that follow one another are one step of the history.
  function sameStep() {
    clearTimeout(pause);
    pause = setTimeout(() => { step = null; }, PAUSE_MS);
    step ??= {};
    return step;
  }

  function withControl(event) {
    const name = WITH_CONTROL[event.key.toLowerCase()];
    if (!name || (event.target.matches("input, textarea, select") && name !== "save")) return false;
    run(name === "undo" && event.shiftKey ? "redo" : name);
    return true;
  }

  function onShape(event, key) {
    const arrow = ARROWS[event.key];
    if (arrow && event.altKey) view.focus(nearest(model.state.shapes, model.shape(key), arrow));
    else if (arrow) nudge(key, arrow, event.shiftKey ? METRE : grid());
    else if (event.key === " ") model.toggle(key);
    else if (event.key === "Escape") leave();
    else if (event.key in ALONE) {
      if (!model.selection.has(key)) model.select([key]);
      run(ALONE[event.key]);
    } else return false;
    return true;
  }

  function stretch(key, [x, y]) {
    if (!model.selection.has(key)) model.select([key]);
    say(model.put(grown(model.chosen, x * grid(), y * grid(), model.state), "moved", sameStep()) ? "sized" : "fixed");
  }

  function nudge(key, [x, y], far) {
    if (!model.selection.has(key)) model.select([key]);
    say(model.moveFrom(model.chosen, x * far, y * far, sameStep()) ? "moved" : "stays");
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const all = event.key.toLowerCase() === "a" && view.svg.contains(event.target);
      if (all) {
        model.select(model.booths.map((one) => one.key));
        say("selected");
      }
      const shape = event.shiftKey && ARROWS[event.key] && shapeOf(event);
      if (shape) stretch(shape, ARROWS[event.key]);
      if (shape || all || withControl(event)) event.preventDefault();
      return;
    }
    const key = shapeOf(event);
    if (key && onShape(event, key)) event.preventDefault();
  });

  // The key of the shape that has the focus, if any.
  function shapeOf(event) {
    const group = event.target.closest && event.target.closest("[data-key]");
    return group && view.svg.contains(group) ? Number(group.dataset.key) : 0;
  }
}

// The key of the shape that lies next in a direction; its own where there is none.
export function nearest(shapes, from, [dx, dy]) {
  const middle = (one) => [one.x + one.width / 2, one.y + one.depth / 2];
  const [x, y] = middle(from);
  let found = from.key, least = Infinity;
  for (const one of shapes) {
    const [ox, oy] = middle(one);
    const ahead = (ox - x) * dx + (oy - y) * dy, aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (ahead > 0 && ahead + 3 * aside < least) [found, least] = [one.key, ahead + 3 * aside];
  }
  return found;
}
