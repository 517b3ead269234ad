// What is said of a shape, to eyes and to readers: its name, place, size, what it offers, what is the matter.

export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const CHINESE = /[\u4e00-\u9fff]/;
export const metres = (millimetres) => String(millimetres / 1000);

// A length such as 2.5 in millimetres; null for what is none.
export function millimetres(text) {
  const found = /^(\d{1,3})(?:[.](\d{1,3}))?$/.exec(text.trim());
  return found && Number(found[1]) * 1000 + Number((found[2] || "").padEnd(3, "0"));
}

export class Facts {
  // `booked` says for the codes of booths who has them at events to come.
  constructor(words, booked) {
    Object.assign(this, { words, booked: new Map(Object.entries(booked)), faulty: new Set() });
  }

  name(one) {
    if (one.isBooth) return one.code || this.words.nameless;
    const kind = this.words.kinds[one.kind];
    if (this.words.language !== "en" || !CHINESE.test(one.name)) return one.name || kind;
    return [kind, ...one.name.match(/\d+$/) || []].join(" ");
  }

  size(one) { return fill(this.words.size, { width: metres(one.width), depth: metres(one.depth) }); }
  place(one) { return fill(this.words.place, { x: metres(one.x), y: metres(one.y) }); }

  zone(one, zones) {
    const zone = zones.find((other) => other.code === one.zone);
    return zone ? this.zoneName(zone) : one.zone || "";
  }

  zoneName(zone) { return (this.words.language === "en" && zone.name_en) || zone.name_zh; }

  offers(one) {
    return ["power", "network", "accessible"].filter((name) => one[name]).map((name) => this.words[name]);
  }

  isFaulty(one) { return one.isBooth && this.faulty.has(one.code); }
  holders(one) { return (one.isBooth && this.booked.get(one.code)) || []; }

  // What is the matter, each with a sign: never a colour alone.
  states(one) {
    const { words } = this;
    return [
      this.isFaulty(one) && ["faulty", `△ ${words.faulty}`],
      this.holders(one).length && ["taken", `× ${words.booked}`],
      one.isBooth && !one.usable && ["closed", `⊘ ${words.closed}`],
    ].filter(Boolean);
  }

  label(one, zones) {
    const states = this.states(one).map(([, text]) => text.slice(2));
    const all = [this.name(one), this.zone(one, zones), this.size(one), this.place(one), ...this.offers(one), ...states];
    return all.filter(Boolean).join(this.words.comma);
  }
}
