// The mouse and the finger: drag what is selected, draw a band around shapes, turn the wheel to zoom.
import { around } from "./arranging.js";
import { snapped } from "./snapping.js";
import { stretched } from "./stretching.js";

const FEW = 4, REACH = 8;

export function watchPointer({ model, view, handles, grid, open, say }) {
  const { svg } = view;
  let doing = null;

  function begin(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    const group = event.target.closest("[data-key]"), more = event.shiftKey || event.ctrlKey || event.metaKey;
    const from = view.at(event), start = [event.clientX, event.clientY], handle = event.target.closest("[data-side]");
    if (handle) {
      const [one] = model.chosen, others = model.state.shapes.filter((other) => other !== one);
      event.preventDefault();
      view.focus(one.key);
      handles.measure(true);
      doing = { goOn: stretch, end: sized, from, start, one, others, side: handle.dataset.side.split(",").map(Number), step: {} };
    } else if (group) {
      const key = Number(group.dataset.key);
      event.preventDefault();
      view.focus(key);
      if (more) {
        model.toggle(key);
        return;
      }
      if (!model.selection.has(key)) model.select([key]);
      const shapes = model.chosen, others = model.state.shapes.filter((one) => !model.selection.has(one.key));
      doing = { goOn: drag, end: dropped, from, start, shapes, others, box: around(shapes), step: {} };
    } else if (event.pointerType !== "touch") {
      event.preventDefault();
      svg.focus({ preventScroll: true });
      doing = { goOn: band, end: banded, from, start, more, before: more ? [...model.selection] : [] };
    }
    if (doing) svg.setPointerCapture(event.pointerId);
  }

  function goOn(event) {
    if (!doing) return;
    const [x, y] = doing.start;
    if (!doing.moved && Math.hypot(event.clientX - x, event.clientY - y) < FEW) return;
    doing.moved = true;
    doing.goOn(event, view.at(event));
  }

  function drag(event, [x, y]) {
    const { box, from, others, shapes, step } = doing;
    const dx = Math.round(x - from[0]), dy = Math.round(y - from[1]);
    const way = event.altKey ? { dx, dy, lines: [] }
      : snapped(box, others, dx, dy, { grid: grid(), reach: REACH * view.pixel });
    doing.changed = model.moveFrom(shapes, way.dx, way.dy, step) || doing.changed;
    view.lines(way.lines);
  }

  function stretch(event, [x, y]) {
    const { one, from, others, side, step } = doing;
    const pull = event.altKey ? null : { grid: grid(), reach: REACH * view.pixel };
    const { place, lines } = stretched(one, side, x - from[0], y - from[1], others, model.state, pull);
    doing.changed = model.put(new Map([[one.key, place]]), "moved", step) || doing.changed;
    view.lines(lines);
  }

  function sized() {
    view.lines([]);
    if (doing.changed) say("sized");
  }

  function dropped() {
    view.lines([]);
    if (doing.changed) say("moved");
  }

  function band(event, [x, y]) {
    const [left, top] = doing.from;
    doing.place = {
      x: Math.min(x, left), y: Math.min(y, top), width: Math.abs(x - left), depth: Math.abs(y - top),
    };
    view.band(doing.place);
  }

  function banded() {
    view.band(null);
    const found = doing.place ? model.state.shapes.filter((one) => lies(one, doing.place)) : [];
    model.select([...doing.before, ...found.map((one) => one.key)]);
    if (doing.place) say("selected");
  }

  function end(cancelled) {
    if (!doing) return;
    if (cancelled && doing.changed) model.undo();
    if (cancelled) view.lines([]);
    else doing.end();
    handles.measure(false);
    doing = null;
  }

  svg.addEventListener("pointerdown", begin);
  svg.addEventListener("pointermove", goOn);
  svg.addEventListener("pointerup", () => end(false));
  svg.addEventListener("pointercancel", () => end(true));
  svg.addEventListener("dblclick", (event) => { if (event.target.closest("[data-key]")) open(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(true); });
  view.scroller.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = view.scroller.getBoundingClientRect();
    view.zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
}

// A band takes what it touches; a main aisle, which lies under everything, only whole.
function lies(one, band) {
  const right = band.x + band.width, bottom = band.y + band.depth;
  if (one.kind === "main_aisle") {
    return one.x >= band.x && one.y >= band.y && one.x + one.width <= right && one.y + one.depth <= bottom;
  }
  return one.x < right && band.x < one.x + one.width && one.y < bottom && band.y < one.y + one.depth;
}
