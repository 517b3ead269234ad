// The zones and the outline of the hall, in forms of their own.
import { fill, metres, millimetres } from "./facts.js";

export class Zones {
  constructor(model, root, facts, say) {
    Object.assign(this, { model, facts, say, list: root.querySelector("[data-zones]") });
    this.template = root.querySelector("template");
    model.listen((what) => { if (what !== "selected" && what !== "moved") this.render(); });
    this.list.addEventListener("change", ({ target }) => this.change(target));
    this.list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) this.remove(button.closest("[data-zone]").dataset.zone);
    });
    root.querySelector("[data-add-zone]").addEventListener("click", () => this.add());
    this.render();
  }

  render() {
    const { zones, shapes } = this.model.state;
    const shown = JSON.stringify(zones);
    const booths = (code) => shapes.filter((one) => one.zone === code).length;
    if (shown !== this.shown) this.list.replaceChildren(...zones.map((zone) => this.line(zone)));
    this.shown = shown;
    [...this.list.children].forEach((line, at) => {
      line.querySelector("[data-booths]").textContent = fill(this.facts.words.booths, { n: booths(zones[at].code) });
    });
  }

  line(zone) {
    const line = this.template.content.cloneNode(true).firstElementChild;
    line.dataset.zone = zone.code;
    for (const field of line.querySelectorAll("input")) {
      field.value = zone[field.name];
      field.setAttribute("aria-label", `${field.getAttribute("aria-label")} ${zone.code}`);
    }
    const button = line.querySelector("button");
    button.setAttribute("aria-label", `${button.textContent} ${zone.code}`);
    return line;
  }

  change(field) {
    const code = field.closest("[data-zone]").dataset.zone, value = field.value.trim();
    const others = this.model.state.zones.filter((zone) => zone.code !== code);
    const unfit = field.name === "code" && (!value || others.some((zone) => zone.code === value));
    field.setCustomValidity(unfit ? this.facts.words.badZone : "");
    if (unfit) field.reportValidity();
    else this.model.setZone(code, { [field.name]: value });
  }

  add() {
    const used = new Set(this.model.state.zones.map((zone) => zone.code));
    const code = [..."ABCDEFGHJKLMNPQRSTUVWXYZ"].find((letter) => !used.has(letter)) || `Z${used.size}`;
    this.model.addZone({ code, name_zh: `${code}区`, name_en: `Zone ${code}`, industries: [] });
    this.list.lastElementChild.querySelector("input").focus();
    this.say(fill(this.facts.words.zoneAdded, { code }));
  }

  remove(code) {
    this.model.removeZone(code);
    this.say(fill(this.facts.words.zoneRemoved, { code }));
  }
}

// The corners of the hall, a line each: two lengths in metres.
export function watchHall(model, form, facts, say) {
  const field = form.elements.outline;
  const written = () => model.state.outline.map((corner) => corner.map(metres).join(", ")).join("\n");
  const render = () => { if (field !== document.activeElement) field.value = written(); };
  model.listen((what) => { if (what !== "selected" && what !== "moved") render(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const corners = field.value.trim().split("\n").map((line) => line.split(/[,，]/).map(millimetres));
    const fit = corners.length >= 3 && corners.every((one) => one.length === 2 && !one.includes(null));
    field.setCustomValidity(fit ? "" : facts.words.badOutline);
    if (!fit) field.reportValidity();
    else {
      model.setHall(corners);
      say(facts.words.outlined);
    }
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  render();
}
