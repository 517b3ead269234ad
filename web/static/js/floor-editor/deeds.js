// What buttons and keys do, by name: each changes the model, and says what it has done.
import { aligned, spread, turned } from "./arranging.js";
import { fill } from "./facts.js";
import { numbered, parts } from "./numbering.js";

export function deedsOf({ model, view, facts, say, show, open, save }) {
  const { words } = facts;
  const many = (least) => {
    const enough = model.chosen.length >= least;
    if (!enough) say(words[`least_${least}`]);
    return enough;
  };

  function remove() {
    const gone = model.chosen;
    if (!many(1)) return;
    const shapes = model.state.shapes, at = shapes.indexOf(gone[0]);
    const next = shapes.slice(at).find((one) => !gone.includes(one)) || shapes.find((one) => !gone.includes(one));
    const held = gone.flatMap((one) => facts.holders(one).map((holder) => `${one.code} ${holder}`));
    const isThere = view.svg.contains(document.activeElement);
    model.remove();
    if (next && isThere) view.focus(next.key);
    say(fill(words.removed, { n: gone.length }) + (held.length ? fill(words.removedHeld, { held: held.join(words.comma) }) : ""));
  }

  function add(kind) {
    const [made] = model.add(kind, ...view.middle());
    show(made.key);
    say(fill(words.added, { name: facts.name(made), place: facts.place(made) }));
  }

  function duplicate() {
    if (!many(1)) return;
    const made = model.duplicate();
    show(made[0].key);
    say(fill(words.duplicated, { n: made.length }));
  }

  function rotate() {
    if (!many(1)) return;
    const places = turned(model.chosen, model.state);
    if (places) model.put(places, "changed");
    say(places ? words.turned : words.noRoom);
  }

  const align = (side) => many(2) && model.put(aligned(model.chosen, side), "changed") && say(words.aligned);
  const distribute = (axis) => many(3) && model.put(spread(model.chosen, axis), "changed") && say(words.spread);
  const travel = (how) => say(model[how]() ? words[how] : words[`${how}Not`]);
  const all = () => {
    model.select(model.booths.map((one) => one.key));
    say("selected");
  };

  const deeds = { remove, add, duplicate, rotate, align, distribute, open, save, all, zoom: (how) => view.zoom(how),
    undo: () => travel("undo"), redo: () => travel("redo") };
  return (name) => {
    const [deed, argument] = name.split(":");
    deeds[deed](argument);
  };
}

// The code from which a selection is numbered: the first of its own, until somebody has typed another one.
export function proposeStart(model, field) {
  const home = field.closest("details");
  const propose = () => {
    if (field.dataset.typed || !home.open) return;
    const codes = model.chosen.filter((one) => one.isBooth).map((one) => one.code);
    if (codes.length) field.value = codes.reduce((first, code) => (code < first ? code : first));
  };
  field.addEventListener("input", () => { field.dataset.typed = "yes"; });
  home.addEventListener("toggle", propose);
  model.listen(propose);
}

// Numbers the selected booths anew; says which codes others have already, and then changes nothing.
export function number({ model, facts, say }, form) {
  const { words } = facts, start = parts(form.elements.start.value.trim());
  const booths = model.chosen.filter((one) => one.isBooth);
  if (!start || !booths.length) {
    say(start ? words.least_1 : words.badStart);
    return;
  }
  const options = { fromSouth: form.elements.south.checked, thereAndBack: form.elements.back.checked };
  const codes = numbered(booths, start, options), wanted = new Set([...codes.values()].map((one) => one.code));
  const others = model.booths.filter((one) => !codes.has(one.key) && wanted.has(one.code)).map((one) => one.code);
  if (others.length) say(fill(words.taken, { codes: others.slice(0, 6).join(words.comma) }));
  else {
    model.put(codes, "changed");
    const all = [...wanted];
    say(fill(words.numbered, { n: all.length, first: all[0], last: all[all.length - 1] }));
  }
}
