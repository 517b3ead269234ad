// Draws the model into the page's SVG: an element for each shape, changed only where the shape changed.

const SVG = "http://www.w3.org/2000/svg";
// A booth's letters, in millimetres, and how many pixels high they have to be to be read.
const LETTERS = 900, READABLE = 5;
const PATTERNS = 8, MARGIN = 600, STEP = 1.25, WIDEST = 24000;
const EXITS = { door: "▲ ", fire_exit: "⇥ " }, BY_THE_WALL = 300, INWARD = 700;

export function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export class View {
  constructor(model, root, facts) {
    Object.assign(this, { model, facts, drawn: new Map(), width: 0, zoomed: [] });
    this.svg = root.querySelector("svg.floor-plan");
    this.scroller = root.querySelector(".floor-view");
    this.layer = this.svg.querySelector(".shapes");
    this.over = this.svg.querySelector(".over");
    model.listen(() => this.render());
    this.render();
    this.zoom("all");
  }

  render() {
    const { state, selection } = this.model;
    this.hall(state);
    for (const one of state.shapes) this.mark(this.update(one), selection.has(one.key));
    if (this.drawn.size > state.shapes.length) this.sweep(new Set(state.shapes.map((one) => one.key)));
  }

  sweep(there) {
    for (const [key, { group }] of this.drawn) {
      if (there.has(key)) continue;
      group.remove();
      this.drawn.delete(key);
    }
  }

  hall({ width, depth, outline }) {
    if (this.outline === outline) return;
    this.outline = outline;
    const box = `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${depth + 2 * MARGIN}`;
    if (this.svg.getAttribute("viewBox") !== box) {
      this.svg.setAttribute("viewBox", box);
      if (this.width) this.zoom("all");
    }
    this.svg.querySelector(".hall").setAttribute("points", outline.map((corner) => corner.join(",")).join(" "));
  }

  // What neither the shape nor its zones nor the findings have changed stays as it is: most of a hall, mostly.
  update(one) {
    const { zones } = this.model.state, { faulty } = this.facts, known = this.drawn.get(one.key);
    if (known && known.one === one && known.zones === zones && known.faulty === faulty) return known;
    const zone = zones.findIndex((other) => other.code === one.zone), label = this.facts.label(one, zones);
    if (known && known.one === one && known.label === label && known.zone === zone) return Object.assign(known, { zones, faulty });
    const group = known ? known.group : this.made(one);
    const states = this.facts.states(one), [state] = states[0] || ["plain"];
    group.setAttribute("class", one.isBooth ? `shape booth ${state}` : `shape fixture ${one.kind}`);
    const parts = one.isBooth ? booth(one, zone, states) : fixture(one, this.facts.name(one));
    group.replaceChildren(element("title", {}, label), ...parts);
    const now = { one, label, zone, zones, faulty, group, chosen: known && known.chosen };
    this.drawn.set(one.key, now);
    group.classList.toggle("picked", Boolean(now.chosen));
    return now;
  }

  // Main aisles lie under everything, so that what stands on one can be grasped.
  made(one) {
    const group = element("g", { id: `shape-${one.key}`, role: "option", tabindex: 0, "data-key": one.key });
    if (one.kind === "main_aisle") this.layer.prepend(group);
    else this.layer.append(group);
    return group;
  }

  mark(drawn, chosen) {
    if (drawn.chosen === chosen) return;
    drawn.chosen = chosen;
    const { group } = drawn;
    group.setAttribute("aria-selected", String(chosen));
    group.classList.toggle("picked", chosen);
  }

  // --- what lies over the drawing while something is dragged

  lines(lines) {
    const { width, depth } = this.model.state;
    this.over.replaceChildren(...lines.map(({ x, y }) => element("line", {
      class: "guide",
      ...(x === undefined ? { x1: 0, x2: width, y1: y, y2: y } : { x1: x, x2: x, y1: 0, y2: depth }),
    })));
  }

  band(place) {
    const { x, y, width, depth } = place || {};
    this.over.replaceChildren(...(place ? [element("rect", { class: "band-of", x, y, width, height: depth })] : []));
  }

  // --- places on the screen

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  }

  // The point of the hall in the middle of what can be seen; of the whole hall where the drawing is not shown.
  middle() {
    const box = this.scroller.getBoundingClientRect(), { width, depth } = this.model.state;
    if (!box.width) return [width / 2, depth / 2];
    return this.at({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 });
  }

  // How many millimetres a pixel is.
  get pixel() { return this.svg.viewBox.baseVal.width / Math.max(this.width, 1); }

  zoom(how, x = this.scroller.clientWidth / 2, y = this.scroller.clientHeight / 2) {
    const { width, height } = this.svg.viewBox.baseVal, ratio = height / width;
    const whole = Math.max(Math.min(this.scroller.clientWidth - 2, (this.scroller.clientHeight - 2) / ratio), 100);
    const wanted = { in: this.width * STEP, out: this.width / STEP, all: whole }[how] ?? this.width * how;
    const next = Math.min(Math.max(wanted, whole / 1.2), WIDEST), factor = this.width ? next / this.width : 1;
    const { scrollLeft, scrollTop } = this.scroller;
    this.width = next;
    this.svg.style.width = `${next}px`;
    this.svg.style.height = `${next * ratio}px`;
    this.svg.classList.toggle("far", LETTERS / this.pixel < READABLE);
    this.scroller.scrollTo((scrollLeft + x) * factor - x, (scrollTop + y) * factor - y);
    for (const listener of this.zoomed) listener();
  }

  whenZoomed(listener) { this.zoomed.push(listener); }

  focus(key) {
    const known = this.drawn.get(key);
    if (!known) return;
    known.group.focus({ preventScroll: true });
    known.group.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function fixture(one, name) {
  const { x, y, width, depth, kind } = one;
  const body = element("rect", { class: "body", x, y, width, height: depth });
  if (kind === "pillar" || kind === "wall") return [body];
  const upright = depth > width, exit = EXITS[kind];
  const size = exit ? 520 : Math.max(Math.min(Math.min(width, depth) * 0.5, 900), 420);
  const inward = (at) => (exit ? (at <= BY_THE_WALL ? INWARD : -INWARD) : 0);
  const dx = upright ? inward(x) : 0, dy = upright ? 0 : inward(y);
  const at = `translate(${x + width / 2 + dx} ${y + depth / 2 + dy})${upright ? " rotate(-90)" : ""}`;
  return [body, element("text", { transform: at, "font-size": size, "aria-hidden": "true" }, `${exit || ""}${name}`)];
}

function booth(one, zone, states) {
  const { x, y, width, depth } = one, band = depth / 4;
  const word = (name, at, high, size, text) => element(
    "text", { class: name, x: at, y: high, "font-size": size, "aria-hidden": "true" }, text,
  );
  const drawn = [element("rect", { class: "ground", x, y, width, height: depth })];
  if (zone >= 0) {
    const fill = `url(#zone-${(zone % PATTERNS) + 1})`;
    drawn.push(element("rect", { class: "band", x, y, width, height: band, fill }));
    drawn.push(word("zone", x + band, y + band / 2, band * 0.8, one.zone));
  }
  if (one.accessible) drawn.push(word("zone", x + width - band, y + band / 2, band * 0.8, "♿︎"));
  const letters = Math.min(depth * 0.3, (width * 1.6) / Math.max(one.code.length, 1));
  drawn.push(word("code", x + width / 2, y + depth * 0.5, letters, one.code));
  if (states.length) drawn.push(word("word", x + width / 2, y + depth * 0.82, Math.min(depth / 6, width / 7), states[0][1]));
  return drawn;
}
