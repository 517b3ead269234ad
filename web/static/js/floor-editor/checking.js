// Asks the server what is wrong with the drawing, a moment after each change, and leads to the place.
import { fill } from "./facts.js";

const WAIT_MS = 600;

export class Checking {
  constructor({ model, facts, root, post, refresh, show }) {
    Object.assign(this, { model, facts, post, refresh, show, wait: 0, asking: null, errors: null });
    this.list = root.querySelector("ol");
    this.state = root.querySelector("[data-state]");
    model.listen((what) => { if (what !== "selected") this.later(); });
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.go(JSON.parse(button.dataset.booths));
    });
    this.ask();
  }

  later() {
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.ask(), WAIT_MS);
    this.state.textContent = this.facts.words.checking;
  }

  async ask() {
    if (this.asking) this.asking.abort();
    this.asking = new AbortController();
    try {
      const { findings } = await this.post("check", {}, { signal: this.asking.signal });
      this.found(findings);
    } catch (error) {
      if (error.name !== "AbortError") this.state.textContent = `△ ${fill(this.facts.words.unchecked, { why: error.message })}`;
    }
  }

  found(findings) {
    const { words } = this.facts, errors = findings.filter((one) => one.error).length;
    const sentence = findings.length ? fill(words.found, { errors, warnings: findings.length - errors }) : words.clean;
    this.blame(new Set(findings.filter((one) => one.error).flatMap((one) => one.booths)));
    this.list.replaceChildren(...findings.map((one) => this.line(one)));
    this.state.textContent = `${errors ? "×" : "✓"} ${sentence}`;
  }

  // Whoever shows the drawing tells by the set itself whether anything changed.
  blame(codes) {
    const { faulty } = this.facts;
    if (codes.size === faulty.size && [...codes].every((code) => faulty.has(code))) return;
    this.facts.faulty = codes;
    this.refresh();
  }

  line({ text, error, booths }) {
    const line = document.createElement("li");
    line.className = error ? "stop" : "warn";
    line.append(`${error ? "×" : "△"} ${text} `);
    if (booths.length) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.facts.words.go;
      button.setAttribute("aria-label", `${this.facts.words.go} ${booths.slice(0, 6).join(this.facts.words.comma)}`);
      button.dataset.booths = JSON.stringify(booths);
      line.append(button);
    }
    return line;
  }

  go(codes) {
    const wanted = new Set(codes), keys = this.model.booths.filter((one) => wanted.has(one.code)).map((one) => one.key);
    if (!keys.length) return;
    this.model.select(keys);
    this.show(keys[0]);
  }
}
