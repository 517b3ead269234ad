// The drawing as a list, kept in step: a line for each shape, to read, to select and to open.

export class Listing {
  constructor(model, root, facts, { open }) {
    Object.assign(this, { model, facts, lines: new Map(), order: [] });
    this.body = root.querySelector("tbody");
    this.many = root.querySelector("[data-many]");
    model.listen(() => this.render());
    this.body.addEventListener("change", ({ target }) => {
      this.lines.get(keyOf(target)).chosen = target.checked;
      model.toggle(keyOf(target));
    });
    this.body.addEventListener("click", (event) => {
      if (!event.target.closest("button")) return;
      model.select([keyOf(event.target)]);
      open();
    });
    this.render();
  }

  render() {
    const { state, selection } = this.model;
    for (const one of state.shapes) this.tick(this.update(one), selection.has(one.key));
    const keys = state.shapes.map((one) => one.key);
    if (keys.length !== this.order.length || keys.some((key, at) => key !== this.order[at])) this.arrange(keys);
  }

  // Puts the lines in order, booths first, and takes out those of shapes that are gone.
  arrange(keys) {
    this.order = keys;
    const booths = this.model.booths, others = this.model.state.shapes.filter((one) => !one.isBooth);
    this.many.textContent = String(booths.length);
    const lines = new Map([...booths, ...others].map((one) => [one.key, this.lines.get(one.key)]));
    let next = this.body.firstElementChild;
    for (const { line } of lines.values()) {
      if (line === next) next = next.nextElementSibling;
      else this.body.insertBefore(line, next);
    }
    for (const [key, { line }] of this.lines) if (!lines.has(key)) line.remove();
    this.lines = lines;
  }

  tick(known, chosen) {
    if (known.chosen === chosen) return;
    known.chosen = chosen;
    known.box.checked = chosen;
  }

  update(one) {
    const { zones } = this.model.state, { faulty } = this.facts, known = this.lines.get(one.key);
    if (known && known.one === one && known.zones === zones && known.faulty === faulty) return known;
    const label = this.facts.label(one, zones);
    if (known && known.label === label) return Object.assign(known, { one, zones, faulty });
    const line = known ? known.line : this.made(one);
    const states = this.facts.states(one).map(([, text]) => text);
    const holders = this.facts.holders(one);
    const [box, name, zone, place, offers, state] = line.cells;
    box.firstChild.setAttribute("aria-label", `${this.facts.words.select} ${this.facts.name(one)}`);
    name.firstChild.textContent = this.facts.name(one);
    zone.textContent = one.isBooth ? this.facts.zone(one, zones) : this.facts.words.kinds[one.kind];
    place.textContent = `${this.facts.size(one)} · ${this.facts.place(one)}`;
    offers.textContent = this.facts.offers(one).join(" · ");
    state.textContent = [...states, ...holders].join(" · ");
    const now = { one, zones, faulty, label, line, box: box.firstChild, chosen: known && known.chosen };
    this.lines.set(one.key, now);
    return now;
  }

  made(one) {
    const line = document.createElement("tr");
    line.dataset.line = one.key;
    const box = document.createElement("input"), name = document.createElement("button");
    box.type = "checkbox";
    name.type = "button";
    name.className = "plain";
    line.insertCell().append(box);
    const head = document.createElement("th");
    head.scope = "row";
    head.append(name);
    line.append(head);
    for (let cell = 0; cell < 4; cell += 1) line.insertCell();
    return line;
  }

  focus(key) {
    const known = this.lines.get(key);
    if (known) known.line.querySelector("button").focus();
  }
}

const keyOf = (target) => Number(target.closest("tr").dataset.line);
