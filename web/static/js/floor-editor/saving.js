// Saves by revision, and keeps a copy in this browser until that is done: a lost network loses nothing.
import { fill } from "./facts.js";

const KEEP_MS = 300;

// Sends the drawing to the server; raises an Error with the server's sentence and its status (0: no answer).
export function poster({ model, addresses, token, name, words }) {
  return async (what, fields = {}, options = {}) => {
    const body = new FormData();
    const values = { csrf_token: token, name: name.value, drawing: JSON.stringify(model), ...fields };
    for (const [key, value] of Object.entries(values)) body.set(key, value);
    const request = { method: "POST", body, headers: { Accept: "application/json" }, ...options };
    let answer;
    try {
      answer = await fetch(addresses[what], request);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw Object.assign(new Error(words.offline), { status: 0 });
    }
    if (answer.redirected) throw Object.assign(new Error(words.signedOut), { status: 401 });
    if (!answer.ok) throw Object.assign(new Error((await answer.text()).trim()), { status: answer.status });
    return answer.json();
  };
}

export class Saving {
  constructor({ model, plan, root, name, post, words, say }) {
    Object.assign(this, { model, plan, root, name, post, words, say, revision: plan.revision, wait: 0, tried: false });
    this.key = `floor-${plan.id}`;
    this.state = root.querySelector("[data-saved]");
    this.refusal = root.querySelector("[data-refusal]");
    this.kept = root.querySelector("[data-kept]");
    this.savedName = name.value;
    model.listen((what) => { if (what !== "selected") this.changed(); });
    name.addEventListener("input", () => this.changed());
    addEventListener("pagehide", () => { if (this.isChanged) this.keep(); });
    addEventListener("online", () => { if (this.tried) this.save(); });
    for (const [attribute, deed] of [["new", "saveAsNew"], ["again", "save"], ["restore", "restore"], ["drop", "drop"]]) {
      for (const button of root.querySelectorAll(`[data-${attribute}]`)) button.addEventListener("click", () => this[deed]());
    }
    this.offer();
    this.render();
  }

  get isChanged() { return this.model.isChanged || this.name.value !== this.savedName; }

  changed() {
    this.render();
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.keep(), KEEP_MS);
  }

  render(failed = "") {
    const done = fill(this.words.saved, { revision: this.revision });
    this.state.textContent = failed || (this.isChanged ? `● ${this.words.unsaved}` : `✓ ${done}`);
  }

  // --- the copy in this browser

  keep() {
    clearTimeout(this.wait);
    try {
      if (!this.isChanged) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ revision: this.revision, name: this.name.value, drawing: this.model }));
    } catch {
      this.render(`△ ${this.words.cannotKeep}`);
    }
  }

  copy() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  offer() {
    const copy = this.copy();
    if (!copy) return;
    this.kept.hidden = false;
    this.kept.querySelector("[data-older]").hidden = copy.revision === this.revision;
  }

  restore() {
    const { revision, name, drawing } = this.copy();
    this.revision = revision;
    this.name.value = name;
    this.model.replace(drawing);
    this.kept.hidden = true;
    this.say(this.words.restored);
  }

  drop() {
    localStorage.removeItem(this.key);
    this.kept.hidden = true;
    this.say(this.words.dropped);
  }

  // --- the server

  async save() {
    if (this.busy) return;
    this.busy = true;
    const { state } = this.model, name = this.name.value;
    this.state.textContent = this.words.saving;
    try {
      const { revision } = await this.post("save", { revision: this.revision });
      Object.assign(this, { revision, savedName: name, tried: false });
      this.model.saved = state;
      this.refusal.hidden = true;
      this.kept.hidden = true;
      this.keep();
      this.render();
      this.say(fill(this.words.saved, { revision }));
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  async saveAsNew() {
    try {
      const { address } = await this.post("new");
      localStorage.removeItem(this.key);
      this.savedName = this.name.value;
      this.model.saved = this.model.state;
      location.assign(address);
    } catch (error) {
      this.failed(error);
    }
  }

  failed({ message, status = 500 }) {
    this.keep();
    this.tried = status === 0;
    this.refusal.querySelector("[data-why]").textContent = message;
    this.refusal.querySelector("[data-conflict]").hidden = status !== 409;
    this.refusal.hidden = false;
    this.render(`△ ${this.words.notSaved}`);
    this.refusal.focus();
  }
}
