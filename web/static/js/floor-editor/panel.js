// The properties of what is selected: common values are shown, what differs is left empty, one change is one step.
import { metres, millimetres } from "./facts.js";

const LENGTHS = ["x", "y", "width", "depth"], FLAGS = ["power", "network", "accessible", "usable"];
const SINGLE = ["code", "name", "x", "y"];

export class Panel {
  constructor(model, form, facts, { back }) {
    Object.assign(this, { model, form, facts });
    this.title = form.querySelector("[data-title]");
    this.holders = form.querySelector("[data-holders]");
    model.listen(() => this.render());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.take(event.target));
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && !(event.key === "Enter" && event.target.matches("input"))) return;
      event.preventDefault();
      if (event.key === "Enter") this.take(event.target);
      back();
    });
    form.querySelector("[data-back]").addEventListener("click", back);
    this.render();
  }

  render() {
    const { chosen } = this.model, { words } = this.facts, one = chosen.length === 1 ? chosen[0] : null;
    this.title.textContent = one ? this.facts.name(one)
      : chosen.length ? words.many.replace("{n}", chosen.length) : words.none;
    this.holders.textContent = one ? this.facts.holders(one).join(words.comma) : "";
    this.fillZones();
    for (const field of this.form.elements) {
      if (field.name) this.show(field, chosen, one);
    }
    this.form.querySelector(".acts").hidden = !chosen.length;
  }

  show(field, chosen, one) {
    const { name } = field, has = chosen.length && chosen.every((each) => name in each);
    const fits = Boolean(has && (one || !SINGLE.includes(name)));
    field.closest("div").hidden = !fits;
    if (!fits || field === document.activeElement && !field.validity.valid) return;
    const values = new Set(chosen.map((each) => each[name])), [value] = values;
    field.setCustomValidity("");
    if (FLAGS.includes(name)) {
      field.checked = values.size === 1 && value;
      field.indeterminate = values.size > 1;
    } else {
      field.value = values.size > 1 ? "" : LENGTHS.includes(name) ? metres(value) : value;
    }
  }

  fillZones() {
    const select = this.form.elements.zone, { zones } = this.model.state;
    const named = zones.map((zone) => [zone.code, `${zone.code} ${this.facts.zoneName(zone)}`]);
    const wanted = JSON.stringify(named);
    if (select.dataset.shown === wanted) return;
    select.dataset.shown = wanted;
    const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
    select.replaceChildren(option("", this.facts.words.zoneless), ...named.map((one) => option(...one)));
  }

  take(field) {
    const { name } = field;
    if (!name || field.closest("div").hidden) return;
    const length = LENGTHS.includes(name) ? millimetres(field.value) : null;
    if (LENGTHS.includes(name) && (length === null || (length === 0 && (name === "width" || name === "depth")))) {
      if (field.value === "" && this.model.chosen.length > 1) return;
      field.setCustomValidity(this.facts.words.badLength);
      field.reportValidity();
      return;
    }
    field.setCustomValidity("");
    this.model.set({ [name]: FLAGS.includes(name) ? field.checked : length ?? field.value.trim() });
  }

  open() {
    const first = [...this.form.elements].find((field) => field.name && !field.closest("div").hidden);
    if (!first) return;
    first.focus();
    if (first.select) first.select();
    this.form.scrollIntoView({ block: "nearest" });
  }
}
