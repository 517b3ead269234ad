// The top of a gate: of which event it is, which gate, until when, and whether its day has come.
import { clock, word } from "./words.js";

const element = (id) => document.getElementById(id);
const isEnglish = () => document.documentElement.lang === "en";

/** Return the day of a moment at the fair. */
function dayOf(moment) {
  const shown = { timeZone: "Asia/Shanghai", month: "long", day: "numeric" };
  return new Date(moment).toLocaleDateString(isEnglish() ? "en-GB" : "zh-CN", shown);
}

export function drawHead({ event, gate }) {
  const until = `${dayOf(gate.expires_at)} ${clock(gate.expires_at)}`;
  element("gate-title").textContent = isEnglish() ? event.en : event.zh;
  element("gate-name").textContent = [gate.name, gate.zone, word("until", { at: until })].filter(Boolean).join(" · ");
  const isAhead = Date.parse(event.starts_at) > Date.now() && dayOf(event.starts_at) !== dayOf(Date.now());
  element("early").hidden = !isAhead;
  element("early").textContent = isAhead ? word("early", { day: dayOf(event.starts_at) }) : "";
}
