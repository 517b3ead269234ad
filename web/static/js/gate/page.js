// The gate's page: reads codes, says who may come in, counts, and hands in what it has noted when it can.
import { canSee, look } from "./camera.js";
import { parse, verify } from "./codes.js";
import { arrival, arrive, flush, note, passing } from "./door.js";
import { drawHead } from "./head.js";
import { awaited, markBooking, markTicket, merged, objection, search } from "./known.js";
import { drawRecent, remembered } from "./recent.js";
import { queued, recall, remember } from "./store.js";
import { firstOf, made, word } from "./words.js";
import { Closed, takeList } from "./wire.js";

const EVERY = 10000;
const WHOLE_EVERY = 30;
const MOST_FIRMS = 12;
const CROWD = { room: ["held", "✓"], near: ["warn", "!"], full: ["stop", "×"] };
const MARKS = { good: "✓", bad: "×", wait: "…" };
const NUMBER = /^[0-9A-F]{8}$/i;
const element = (id) => document.getElementById(id);
let key = null;
let known = null;
let rounds = 0;
let stopLooking = null;
let busy = false;

function show(tone, text, more = "") {
  const verdict = element("verdict");
  verdict.className = `verdict ${tone}`;
  verdict.replaceChildren(made("p", `${MARKS[tone] || ""} ${text}`, "verdict-word"), made("p", more, "verdict-more"));
  if (tone === "good" || tone === "bad") navigator.vibrate?.(tone === "good" ? 60 : [90, 60, 90]);
}

function say(answer, who) {
  if (answer.verdict === "accepted") {
    show("good", word(answer.alone ? "alone" : "accepted"), who);
  } else {
    show("bad", word("refused"), [who, word(answer.objection), firstOf(answer.first)].filter(Boolean).join(" · "));
  }
}

/** Take an arrival; a seeker (`whose` is no null, but empty where only the site knows it) can be taken back. */
async function take(entry, mark, who, against = null, whose = null) {
  try {
    const answer = await arrive(key, known, entry, mark, against);
    say(answer, who);
    if (whose !== null && answer.verdict === "accepted") await remembered(known, { id: entry.client_id, whose, who, at: entry.checked_at });
  } catch (error) {
    if (!(error instanceof Closed)) throw error;
    show("bad", word("refused"), word("closed"));
  }
  drawFirms();
  await Promise.all([drawLink(), showRecent()]);
}

const showRecent = () => drawRecent(key, known, (who) => {
  show("wait", word("entry_undone"), who);
  keepUp();
});

// The number under a code that cannot be read: only the site knows whose it is, so no gate lets it in alone.
function numbered(number) {
  const who = `${word("ticket")} ${number}`;
  show("wait", "…");
  return take(arrival("code", { code: number }, who), () => {}, who, "number_alone", "");
}

async function scanned(text) {
  if (NUMBER.test(text.trim())) return numbered(text.trim().toUpperCase());
  const code = parse(text);
  if (!code) return show("bad", word("no_code"));
  show("wait", "…");
  if (!(await verify(known.key, code))) return show("bad", word("refused"), word("forged"));
  const firm = known.bookings.get(code.bookingId);
  const who = code.bookingId ? firm?.name || "" : `${word("ticket")} ${code.subject.slice(0, 8).toUpperCase()}`;
  const mark = () => (code.bookingId ? markBooking(known, code.bookingId) : markTicket(known, code.whose));
  const against = objection(known, code);
  // while the site is reached it is asked all the same: it may know more, and where a code was used before
  if (against && (against === "other_event" || !navigator.onLine)) {
    return say({ verdict: "refused", objection: against }, who);
  }
  const ticket = code.bookingId ? null : code.whose;
  return take(arrival("code", { code: code.text }, who), mark, who, against, ticket);
}

function stateWord(state) {
  return word(state === "cancelled" ? "gone" : state);
}

function drawFirms() {
  const list = element("firms");
  const wanted = element("firm").value;
  const missing = known ? awaited(known, wanted) : [], only = element("awaited").checked;
  const found = only ? missing : known ? search(known, wanted, MOST_FIRMS) : [];
  list.ariaLive = only ? "off" : "polite"; // nobody wants three hundred firms read out
  element("awaited-many").textContent = known && !wanted.trim() ? String(missing.length) : "";
  list.replaceChildren(...found.map((line) => {
    const row = document.createElement("li");
    row.append(made("span", line.name, "grow"));
    if (line.booths.length) row.append(made("span", `${word("booth")} ${line.booths.join(" ")}`, "figures quiet"));
    if (line.state === "confirmed") {
      const button = made("button", word("check_in"), "primary");
      button.type = "button";
      button.setAttribute("aria-label", `${word("check_in")} ${line.name}`);
      button.addEventListener("click", () => {
        button.disabled = true;
        take(arrival("list", { booking_id: line.id }, line.name), () => markBooking(known, line.id), line.name);
      });
      row.append(button);
    } else {
      row.append(made("span", stateWord(line.state), line.state === "checked_in" ? "tag held" : "tag"));
    }
    return row;
  }));
  if ((wanted.trim() || only) && !found.length) list.replaceChildren(made("li", word("no_firm"), "quiet"));
}

async function drawConflicts() {
  const conflicts = (await recall("conflicts")) || [];
  const rows = conflicts.map((one) => {
    const row = document.createElement("li");
    row.append(made("span", one.shown || "", "grow"), made("span", word(one.objection), "tag stop"));
    row.append(made("span", firstOf(one.first), "quiet small"));
    return row;
  });
  element("conflicts").replaceChildren(...(rows.length ? rows : [made("li", word("none"), "quiet")]));
}

async function drawLink(reached = navigator.onLine) {
  const link = element("link");
  link.textContent = `${reached ? "●" : "○"} ${word(reached ? "online" : "offline")}`;
  link.className = reached ? "tag held" : "tag warn";
  const waiting = (await queued()).length;
  element("waiting").hidden = waiting === 0;
  element("waiting").textContent = word("waiting", { n: waiting });
}

async function drawCount() {
  const counted = (await recall("counted")) || {};
  const today = counted[known.event.id] || { in: 0, out: 0 };
  element("counted").textContent = word("counted", today);
}

function drawCrowd(reached = navigator.onLine) {
  const { state, inside, most } = known.crowd || {};
  const line = element("crowd");
  line.hidden = most === null || most === undefined;
  if (line.hidden) return;
  const [tone, mark] = reached ? CROWD[state] : ["", "○"];
  const text = `${mark} ${word(reached ? `crowd-${state}` : "crowd-old", { inside, most })}`;
  if (line.textContent !== text) line.textContent = text;
  line.className = `tag ${tone}`;
}

async function countPeople(people) {
  await note(key, known, passing(people));
  const counted = (await recall("counted")) || {};
  const today = counted[known.event.id] || { in: 0, out: 0 };
  today[people > 0 ? "in" : "out"] += Math.abs(people);
  await remember("counted", { ...counted, [known.event.id]: today });
  await drawCount();
  await drawLink();
}

async function refresh() {
  const whole = !known || rounds % WHOLE_EVERY === 0;
  rounds += 1;
  const list = await takeList(key, whole ? null : known.at);
  known = merged(known, list);
  await remember("known", known);
  const kept = ((await recall("conflicts")) || []).filter((one) => list.unsettled.includes(one.client_id));
  await remember("conflicts", kept);
}

async function keepUp() {
  if (!key || busy) return;
  busy = true;
  let reached = false;
  try {
    if (navigator.onLine) {
      await flush(key, known);
      await refresh();
      reached = true;
    }
  } catch (error) {
    if (error instanceof Closed) show("bad", word("closed"));
  } finally {
    busy = false;
  }
  await drawLink(reached);
  drawCrowd(reached);
  drawFirms();
  await drawConflicts();
}

async function open() {
  element("closed").hidden = true;
  element("open").hidden = false;
  drawHead(known);
  localStorage.setItem("gate", "open");
  element("camera").hidden = !canSee();
  element("no-camera").hidden = canSee();
  element("code").focus();
  drawCrowd();
  await Promise.all([drawLink(), drawCount(), drawConflicts(), showRecent()]);
}

async function openWith(newKey) {
  element("opening-said").hidden = true;
  try {
    known = merged(await recall("known"), await takeList(newKey, null));
    key = newKey;
    await remember("known", known);
    await remember("key", key);
    await open();
    await keepUp();
  } catch (error) {
    refuse(word(error instanceof Closed ? "closed" : "no_network"));
  }
}

function refuse(text) {
  element("closed").hidden = Boolean(key);
  element("opening-said").hidden = false;
  element("opening-said").textContent = text;
  if (key) show("bad", text);
}

async function begin() {
  const [, kind, value] = /^#([kt])=([A-Za-z0-9_-]+)$/.exec(location.hash) || [];
  if (kind) history.replaceState(null, "", location.pathname);
  if (kind === "k") return openWith(value);
  key = await recall("key");
  known = await recall("known");
  if (!key || !known) {
    element("closed").hidden = false;
    return element("link").replaceChildren();
  }
  await open();
  if (kind === "t") await scanned(value);
  return keepUp();
}

element("scanning").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = element("code").value;
  element("code").value = "";
  if (text.trim()) scanned(text);
});
element("opening").addEventListener("submit", (event) => {
  event.preventDefault();
  const [, value] = /#k=([A-Za-z0-9_-]+)$/.exec(element("gate-link").value.trim()) || [];
  if (value) openWith(value);
  else refuse(word("closed"));
});
element("firm").addEventListener("input", drawFirms);
element("awaited").addEventListener("change", drawFirms);
element("firm").addEventListener("keydown", (event) => {
  const text = element("firm").value;
  if (event.key !== "Enter" || !parse(text)) return;
  element("firm").value = "";
  scanned(text);
});
// A hand scanner types wherever the focus is: on a button its Enter would press that again, and count people twice.
document.addEventListener("keydown", (event) => {
  const typed = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (known && typed && !event.target.closest("input:not([type=checkbox]), textarea, select")) element("code").focus();
});
document.querySelector(".counter").addEventListener("click", (event) => {
  const people = Number(event.target.dataset.count);
  if (people) countPeople(people);
});
element("camera").addEventListener("click", async () => {
  const video = element("sight");
  const label = element("camera").querySelector("span");
  if (stopLooking) {
    stopLooking();
    stopLooking = null;
  } else {
    video.hidden = false;
    stopLooking = await look(video, scanned).catch(() => null);
    if (!stopLooking) show("bad", word("camera_refused"));
  }
  video.hidden = !stopLooking;
  label.textContent = word(stopLooking ? "camera_off" : "camera");
});
element("leave").addEventListener("click", async () => {
  if (!confirm(word("leave_sure"))) return;
  localStorage.removeItem("gate");
  await remember("key", null);
  location.reload();
});
addEventListener("hashchange", begin);
addEventListener("online", keepUp);
addEventListener("offline", () => {
  drawLink(false);
  if (known) drawCrowd(false);
});
setInterval(keepUp, EVERY);
navigator.serviceWorker?.register("/gate/worker.js");
begin();
