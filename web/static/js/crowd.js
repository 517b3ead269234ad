// Keeps the head count current, and says so aloud and in the page's title when a limit is near or reached.
"use strict";

(() => {
  const EVERY = 5000;
  const live = document.getElementById("live");
  const said = document.getElementById("crowd-said");
  const title = document.title;
  let timer = null;

  function tell(before) {
    const { crowd, said: words, inside } = document.getElementById("crowd").dataset;
    document.title = `${crowd === "room" ? "" : "! "}${inside} · ${title}`;
    if (before === crowd) return;
    said.textContent = words;
    if (crowd === "full") navigator.vibrate?.([200, 100, 200]);
  }

  function lost(text) {
    let note = live.querySelector(".lost");
    if (!text) return note?.remove();
    if (!note) {
      note = document.createElement("p");
      note.className = "lost notice warn";
      note.setAttribute("role", "status");
      live.prepend(note);
    }
    note.textContent = `△ ${text}`;
  }

  async function refresh() {
    clearTimeout(timer);
    try {
      const answer = await fetch(live.dataset.live, { redirect: "error", signal: AbortSignal.timeout(15000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const before = document.getElementById("crowd").dataset.crowd;
      document.getElementById("crowd").replaceWith(page.getElementById("crowd"));
      lost("");
      tell(before);
    } catch {
      lost(live.dataset.lost);
    }
    if (!document.hidden) timer = setTimeout(refresh, EVERY);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  addEventListener("online", refresh);
  tell(document.getElementById("crowd").dataset.crowd);
  timer = setTimeout(refresh, EVERY);
})();
