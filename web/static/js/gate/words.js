// The page's own words, in its language, and the small parts that are made of them.
const words = new Map(
  [...document.querySelectorAll("#words [data-word]")].map((item) => [item.dataset.word, item.textContent]),
);

/** Return a word with what belongs into its braces. */
export function word(name, values = {}) {
  return (words.get(name) || name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** Return an element with text. */
export function made(name, text, className = "") {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
}

/** Say who checked in first, where and when. */
export function firstOf(first) {
  return first ? word("first", { gate: first.gate, at: clock(first.at) }) : "";
}
