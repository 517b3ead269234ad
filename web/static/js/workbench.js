// Opens an event beside the list without losing the place in it, and applies a filter when it is chosen.
// Without this script the same links and buttons load the page anew.
"use strict";

(() => {
  const surface = document.getElementById("content");
  const MARKED = "tr[aria-current], .strip[aria-current], .booth[aria-current]";
  const addressOf = (link) => new URL(link.getAttribute("href"), location.href).href; // of a drawing's links too

  async function open(address, link) {
    document.getElementById("panel").setAttribute("aria-busy", "true");
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) {
      location.reload(); // the address is this one already, and one that ends in #panel would load nothing
      return;
    }
    const inside = link && link.closest("#panel");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("panel");
    if (!fresh) { // a page that has no panel while nothing is chosen looks different in other places too
      location.reload();
      return;
    }
    document.getElementById("panel").replaceWith(fresh);
    surface.className = page.getElementById("content").className;
    for (const marked of inside ? [] : surface.querySelectorAll(MARKED)) {
      marked.removeAttribute("aria-current");
    }
    if (!link) return;
    const { hash } = new URL(addressOf(link));
    const aim = hash.length > 1 && hash !== "#panel" && document.querySelector(hash);
    if (aim) {
      aim.focus({ preventScroll: true });
      aim.scrollIntoView({ block: "nearest" });
      return;
    }
    const row = link.matches(".strip, .booth") ? link : link.closest(".work tr");
    if (row) row.setAttribute("aria-current", "true");
    document.querySelector("#panel .close").focus({ preventScroll: true });
    if (matchMedia("(max-width: 760px)").matches) document.getElementById("panel").scrollIntoView();
  }

  let opener = null, alone = location.href;

  // Shows the plan alone again, at the booth whose panel it was.
  function shut() {
    document.getElementById("panel").remove();
    surface.classList.remove("with-panel");
    for (const marked of surface.querySelectorAll(MARKED)) marked.removeAttribute("aria-current");
    opener.focus();
    opener = null;
    history.pushState(null, "", alone);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel], a[data-close]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain) return;
    const ofPlan = link.matches(".booth"); // a large plan is neither asked for nor drawn anew
    if (!document.getElementById("panel")) {
      if (!ofPlan) return; // no panel to change: the page is loaded
      surface.append(Object.assign(document.createElement("aside"), { id: "panel", className: "panel" }));
    }
    event.preventDefault();
    const closing = link.hasAttribute("data-close");
    if (closing && opener && opener.matches(".booth")) {
      shut();
      return;
    }
    if (ofPlan && !(opener && opener.matches(".booth"))) alone = location.href;
    history.pushState(null, "", addressOf(link));
    open(ofPlan ? link.dataset.panel : addressOf(link), closing ? null : link).then(() => {
      if (closing && opener) opener.focus();
      opener = closing ? null : link;
    });
  });

  document.addEventListener("keydown", (event) => {
    const close = document.querySelector("#panel [data-close]");
    if (event.key === "Escape" && close) close.click();
  });

  addEventListener("popstate", () => location.reload());

  // A keyboard walks through a list's choices one by one: only a pointer's choice is meant at once.
  let pointed = false;
  addEventListener("pointerdown", () => { pointed = true; }, true);
  addEventListener("keydown", () => { pointed = false; }, true);
  for (const form of document.querySelectorAll("form[data-auto]")) {
    form.addEventListener("change", (event) => {
      if (pointed && event.target.matches("select, [type=checkbox]")) form.requestSubmit();
    });
  }
})();
