// A drawing, what is selected of it, and its history. Knows nothing of the page: whoever shows it listens.
import { around } from "./arranging.js";
import { codesAfter } from "./numbering.js";

const MOST_STEPS = 200;
const SIZES = {
  booth: [3000, 3000], door: [3000, 200], fire_exit: [2400, 200], main_aisle: [3600, 9000],
  pillar: [600, 600], wall: [3000, 200], stage: [8000, 4000], desk: [3000, 800],
};

let lastKey = 0;

function shaped(part, isBooth) {
  lastKey += 1;
  return Object.freeze({ ...part, key: lastKey, isBooth });
}

export class Model {
  constructor(drawing) {
    this.selection = new Set();
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.step = null;
    this.state = stateOf(drawing);
    this.saved = this.state;
  }

  // --- looking

  get booths() { return this.state.shapes.filter((one) => one.isBooth); }
  get chosen() { return this.state.shapes.filter((one) => this.selection.has(one.key)); }
  get isChanged() { return this.state !== this.saved; }
  shape(key) { return this.state.shapes.find((one) => one.key === key); }

  toJSON() {
    const { shapes, ...hall } = this.state;
    const bare = ({ key, isBooth, ...part }) => part;
    const of = (isBooth) => shapes.filter((one) => one.isBooth === isBooth).map(bare);
    return { ...hall, fixtures: of(false), booths: of(true) };
  }

  // --- history

  listen(listener) { this.listeners.push(listener); }
  tell(what, detail) { for (const listener of this.listeners) listener(what, detail); }

  // Makes the drawing another one. Changes with the same `step`, one after another, are undone together.
  become(state, what, { step = null, detail } = {}) {
    if (step === null || step !== this.step) this.past = [...this.past.slice(1 - MOST_STEPS), this.state];
    this.step = step;
    this.future = [];
    this.show(state, what, detail);
  }

  show(state, what, detail) {
    this.state = state;
    const there = new Set(state.shapes.map((one) => one.key));
    this.selection = new Set([...this.selection].filter((key) => there.has(key)));
    this.tell(what, detail);
  }

  undo() { return this.travel(this.past, this.future, "undone"); }
  redo() { return this.travel(this.future, this.past, "redone"); }

  travel(from, to, what) {
    if (!from.length) return false;
    this.step = null;
    to.push(this.state);
    this.show(from.pop(), what);
    return true;
  }

  // Puts a whole drawing in the place of this one, as a step that can be undone.
  replace(drawing) { this.become(stateOf(drawing), "replaced"); }

  // --- choosing

  select(keys, { more = false } = {}) {
    this.selection = new Set(more ? [...this.selection, ...keys] : keys);
    this.step = null;
    this.tell("selected");
  }

  toggle(key) {
    const keys = new Set(this.selection);
    if (!keys.delete(key)) keys.add(key);
    this.select([...keys]);
  }

  // --- changing

  // Gives shapes new values: a map from keys to what changes of each.
  put(values, what, step = null) {
    let any = false;
    const shapes = this.state.shapes.map((one) => {
      const next = values.get(one.key);
      if (!next || Object.entries(next).every(([name, value]) => one[name] === value)) return one;
      any = true;
      return Object.freeze({ ...one, ...next });
    });
    if (any) this.become({ ...this.state, shapes }, what, { step });
    return any;
  }

  // Sets what is the same for all that are selected and have it.
  set(values) {
    const fitting = (one) => Object.fromEntries(Object.entries(values).filter(([name]) => name in one));
    return this.put(new Map(this.chosen.map((one) => [one.key, fitting(one)])), "changed");
  }

  // Moves shapes from where they were, together, as far as the hall goes.
  moveFrom(shapes, dx, dy, step = null) {
    const all = around(shapes), { width, depth } = this.state;
    const x = Math.max(-all.x, Math.min(dx, Math.max(0, width - all.right)));
    const y = Math.max(-all.y, Math.min(dy, Math.max(0, depth - all.bottom)));
    return this.put(new Map(shapes.map((one) => [one.key, { x: one.x + x, y: one.y + y }])), "moved", step);
  }

  // Adds a shape with its middle at a point, inside the hall, and selects it.
  add(kind, x, y) {
    const { width, depth } = this.state, [wide, deep] = SIZES[kind];
    const place = { width: Math.min(wide, width), depth: Math.min(deep, depth) };
    place.x = Math.max(0, Math.min(Math.round(x - place.width / 2), width - place.width));
    place.y = Math.max(0, Math.min(Math.round(y - place.depth / 2), depth - place.depth));
    const made = kind === "booth" ? shaped({ ...this.nextBooth(), ...place }, true)
      : shaped({ kind, name: "", ...place }, false);
    return this.join([made]);
  }

  // A booth like the one that is selected, or the last one, with the code that follows.
  nextBooth() {
    const like = this.chosen.find((one) => one.isBooth) || this.booths[this.booths.length - 1]
      || { code: "A00", zone: "", power: true, network: true };
    const [code] = codesAfter(like.code, this.booths.map((one) => one.code), 1);
    return { code, zone: like.zone, power: like.power, network: like.network, accessible: false, usable: true };
  }

  join(made) {
    this.become({ ...this.state, shapes: [...this.state.shapes, ...made] }, "added", { detail: made });
    this.select(made.map((one) => one.key));
    return made;
  }

  // Sets copies of the selection beside it, wall to wall where there is room, with the codes that follow.
  duplicate() {
    const { chosen } = this;
    if (!chosen.length) return [];
    const all = around(chosen), { width, depth } = this.state;
    const right = all.right + all.width <= width, down = all.bottom + all.depth <= depth;
    const dx = right ? all.width : 0, dy = !right && down ? all.depth : 0;
    const codes = this.booths.map((one) => one.code);
    return this.join(chosen.map(({ key, isBooth, ...part }) => {
      const place = { x: part.x + dx, y: part.y + dy };
      if (!isBooth) return shaped({ ...part, ...place }, false);
      const [code] = codesAfter(part.code, codes, 1);
      codes.push(code);
      return shaped({ ...part, ...place, code }, true);
    }));
  }

  remove() {
    const gone = this.chosen;
    if (!gone.length) return gone;
    const shapes = this.state.shapes.filter((one) => !this.selection.has(one.key));
    this.become({ ...this.state, shapes }, "removed", { detail: gone });
    return gone;
  }

  setHall(outline) {
    const width = Math.max(...outline.map(([x]) => x)), depth = Math.max(...outline.map(([, y]) => y));
    this.become({ ...this.state, outline, width, depth }, "changed");
  }

  // --- zones: booths follow the code of theirs

  setZone(code, values) {
    const zones = this.state.zones.map((zone) => (zone.code === code ? { ...zone, ...values } : zone));
    this.become({ ...this.state, zones, shapes: this.rezoned(code, values.code ?? code) }, "zones");
  }

  addZone(zone) { this.become({ ...this.state, zones: [...this.state.zones, zone] }, "zones"); }

  removeZone(code) {
    const zones = this.state.zones.filter((zone) => zone.code !== code);
    this.become({ ...this.state, zones, shapes: this.rezoned(code, "") }, "zones");
  }

  rezoned(code, next) {
    return this.state.shapes.map((one) => (one.zone === code ? Object.freeze({ ...one, zone: next }) : one));
  }
}

function stateOf({ fixtures, booths, ...hall }) {
  const shapes = [...fixtures.map((one) => shaped(one, false)), ...booths.map((one) => shaped(one, true))];
  return { ...hall, shapes };
}
