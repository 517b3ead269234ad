// The drawing as a list, kept in step: a line for each shape, to read, to select and to open.

export class Listing {
  constructor(model, root, facts, { open }) {
    Object.assign(this, { model, facts, lines: new Map() });
    this.body = root.querySelector("tbody");
    this.many = root.querySelector("[data-many]");
    model.listen(() => this.render());
    this.body.addEventListener("change", (event) => model.toggle(keyOf(event.target)));
    this.body.addEventListener("click", (event) => {
      if (!event.target.closest("button")) return;
      model.select([keyOf(event.target)]);
      open();
    });
    this.render();
  }

  render() {
    const { state, selection } = this.model, there = new Set();
    const ordered = [...state.shapes].sort((a, b) => Number(b.isBooth) - Number(a.isBooth));
    this.many.textContent = String(this.model.booths.length);
    ordered.forEach((one, at) => {
      there.add(one.key);
      const line = this.update(one);
      if (this.body.children[at] !== line) this.body.insertBefore(line, this.body.children[at] || null);
      line.querySelector("input").checked = selection.has(one.key);
    });
    for (const [key, { line }] of this.lines) {
      if (there.has(key)) continue;
      line.remove();
      this.lines.delete(key);
    }
  }

  update(one) {
    const { zones } = this.model.state, label = this.facts.label(one, zones), known = this.lines.get(one.key);
    if (known && known.label === label) return known.line;
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
    this.lines.set(one.key, { label, line });
    return line;
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
