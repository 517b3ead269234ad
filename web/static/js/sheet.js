// Changes a run sheet in place: buttons, dragging and keys send the same forms that work without this script.
"use strict";

(() => {
  let busy = false;
  let drag = null;

  const sheet = () => document.getElementById("sheet");
  const rows = () => [...sheet().querySelectorAll(".run-sheet > li")];

  // Sends a form, shows the page that comes back, and puts the focus where the work goes on.
  async function send(form, fields, focus) {
    if (busy) return;
    busy = true;
    sheet().setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("sheet");
      if (!fresh) {
        location.reload();
        return;
      }
      sheet().replaceWith(fresh);
      complain(page.getElementById("refusal"));
      if (focus) focus();
    } catch { // no network: the sheet stands as it was
      const said = Object.assign(document.createElement("p"), { id: "refusal", className: "notice stop", textContent: `× ${sheet().dataset.offline}` });
      said.setAttribute("role", "alert");
      complain(said);
    } finally {
      busy = false;
      sheet().removeAttribute("aria-busy");
    }
  }

  function complain(refusal) {
    const old = document.getElementById("refusal");
    if (old) old.remove();
    if (refusal) sheet().prepend(refusal);
  }

  function onRow(index, name) {
    return () => {
      const all = rows();
      const row = all[Math.max(0, Math.min(index, all.length - 1))];
      if (!row) return;
      const button = name && row.querySelector(`[data-do="${name}"]:not([disabled])`);
      (button || row).focus();
    };
  }

  // Where the last change can be taken back; the sheet's heading while there is none.
  const onUndo = () => (sheet().querySelector("[data-undo]:not([disabled])") || sheet().querySelector("h2")).focus();

  const movedTo = (name, index) => index + ({ up: -1, down: 1, break: 1, remove: -1 }[name] || 0);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!sheet() || !sheet().contains(form) || (button && button.hasAttribute("data-whole"))) return;
    const index = Number((form.elements.namedItem("index") || { value: 0 }).value);
    const name = button && button.name === "do" ? button.value : "";
    event.preventDefault();
    const fields = name ? { do: name } : {};
    const inRow = form.closest(".run-sheet");
    send(form, fields, inRow ? onRow(movedTo(name, index), name) : onUndo);
  });

  const KEYS = { "+": "longer", "=": "longer", "-": "shorter", "−": "shorter" };

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest(".run-sheet > li");
    const undo = sheet() && sheet().querySelector("[data-undo]:not([disabled])");
    if (undo && (event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input, select")) {
      event.preventDefault();
      undo.click();
      return;
    }
    if (!row || !row.querySelector("form") || event.ctrlKey || event.metaKey) return;
    const arrow = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const name = arrow || (event.target === row && KEYS[event.key]);
    if (!name) return;
    event.preventDefault();
    const index = Number(row.dataset.index);
    send(row.querySelector("form"), { do: name }, onRow(movedTo(name, index)));
  });

  // While the solver works the sheet is asked for every second; a hand at work is not disturbed.
  async function watch() {
    const address = sheet() && sheet().dataset.arranging;
    if (!address || busy || drag) return;
    const answer = await fetch(address).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page && page.getElementById("sheet");
    if (!fresh || fresh.dataset.arranging || busy || drag) return;
    const focused = sheet().contains(document.activeElement);
    sheet().replaceWith(fresh);
    if (focused) onUndo();
  }

  setInterval(watch, 1000);

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    const row = grip.closest("li");
    drag = { row, from: Number(row.dataset.index), to: Number(row.dataset.index) };
    row.classList.add("dragged");
    grip.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const all = rows();
    let to = all.length - 1;
    for (const [index, row] of all.entries()) {
      const box = row.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) {
        to = index > drag.from ? index - 1 : index;
        break;
      }
    }
    for (const row of all) row.classList.remove("aim", "after");
    if (to !== drag.from) {
      all[to].classList.add("aim");
      if (to > drag.from) all[to].classList.add("after");
    }
    drag.to = to;
  });

  function drop(cancelled) {
    if (!drag) return;
    const { row, from, to } = drag;
    drag = null;
    for (const one of rows()) one.classList.remove("dragged", "aim", "after");
    if (!cancelled && to !== from) send(row.querySelector("form"), { do: "place", to }, onRow(to));
  }

  document.addEventListener("pointerup", () => drop(false));
  document.addEventListener("pointercancel", () => drop(true));
})();
