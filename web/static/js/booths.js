// Drags a booking from its booth to another one: what that would do is shown beside the plan, to be confirmed.
// Without this script the same is done by choosing a booking and then a booth.
"use strict";

(() => {
  const LEAST = 8;
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const chosen = new URLSearchParams(location.search).get("booking");
  let from = null, over = null, dragged = false;

  const boothAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-booth]");
  const bookingOf = (booth) => new URL(booth.href.baseVal, location.href).searchParams.get("booking");

  board.addEventListener("pointerdown", (event) => {
    const booth = event.target.closest("[data-booth]");
    const movable = booth?.matches(chosen ? ".chosen" : ".taken, .held") && event.pointerType !== "touch";
    from = movable ? { booth, x: event.clientX, y: event.clientY } : null;
    dragged = false;
  });
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("pointermove", (event) => {
    if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < LEAST) return;
    dragged = true;
    over?.classList.remove("over");
    over = boothAt(event);
    if (over === from.booth) over = null;
    over?.classList.add("over");
  });
  board.addEventListener("pointerup", () => {
    const booking = from && (chosen || bookingOf(from.booth));
    if (dragged && over && booking) {
      const there = new URL(location.pathname, location.href);
      there.searchParams.set("booking", booking);
      there.searchParams.set("to", over.dataset.booth);
      there.hash = "panel";
      location.assign(there);
    }
    from = null;
  });
  board.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  }, true);
  document.querySelector("[data-apply]")?.focus();
})();
