// Keeps a run's page live: fetches the moving part every second until the run has ended.
"use strict";

(() => {
  const live = document.getElementById("live");
  const every = 1000;

  function isActive() {
    return document.getElementById("progress").dataset.active === "yes";
  }

  function say(text) {
    let note = live.querySelector(".lost");
    if (!note) {
      note = live.appendChild(document.createElement("p"));
      note.className = "lost";
      note.setAttribute("role", "status");
    }
    note.textContent = text;
  }

  async function refresh() {
    try {
      const answer = await fetch(live.dataset.live, { redirect: "error" });
      if (answer.status === 404) return;
      if (!answer.ok) throw new Error(answer.status);
      const typing = live.contains(document.activeElement) && isActive();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      // a button that has the keyboard's focus stays: only the figures and the drawing change
      if (typing && fresh.dataset.active === "yes") {
        for (const part of [".headline", ".chart"]) {
          const shown = live.querySelector(part);
          if (shown) shown.replaceWith(fresh.querySelector(part));
        }
      } else {
        live.replaceChildren(fresh);
      }
    } catch {
      say(live.dataset.lost);
    }
    if (isActive()) setTimeout(refresh, every);
  }

  if (live && isActive()) setTimeout(refresh, every);
})();
