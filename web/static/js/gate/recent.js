// The last seekers that this gate let in, so that one who was let in by mistake can be taken back.
import { note, undoing } from "./door.js";
import { freeTicket } from "./known.js";
import { recall, remember } from "./store.js";
import { clock, made, word } from "./words.js";

const MOST = 8;

async function kept(known) {
  const lines = (await recall("recent")) || [];
  return lines.filter((line) => line.event === known.event.id);
}

/** Keep who was let in just now: the id of the arrival, whose code, and what this gate calls them. */
export async function remembered(known, line) {
  await remember("recent", [{ ...line, event: known.event.id }, ...(await kept(known))].slice(0, MOST));
}

/** Draw the last ones with a button that takes each back; `said` hears who it was. */
export async function drawRecent(key, known, said) {
  const rows = (await kept(known)).map((line) => {
    const row = document.createElement("li");
    const button = made("button", word("undo"));
    button.type = "button";
    button.setAttribute("aria-label", `${word("undo")} ${line.who}`);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await takeBack(key, known, line);
      await drawRecent(key, known, said);
      said(line.who);
    });
    row.append(made("span", line.who, "grow figures"), made("span", clock(line.at), "figures quiet"), button);
    return row;
  });
  document.getElementById("recent").replaceChildren(...(rows.length ? rows : [made("li", word("nobody"), "quiet")]));
}

async function takeBack(key, known, line) {
  await note(key, known, undoing(line.id));
  freeTicket(known, line.whose);
  await remember("known", known);
  await remember("recent", (await kept(known)).filter((one) => one.id !== line.id));
}
