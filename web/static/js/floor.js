// Zooms a floor plan by buttons, wheel and two fingers, and walks from booth to booth with the arrow keys.
// Without this script the plan is as large as it must be and scrolls, and every booth is reached with Tab.
"use strict";

(() => {
  const STEP = 1.25, MOST = 12;
  const LEGIBLE = matchMedia("(max-width: 760px)").matches ? 24 : 16;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function zoomable(floor) {
    const view = floor.querySelector(".floor-view"), plan = view.querySelector("svg");
    const natural = plan.width.baseVal.value, ratio = plan.height.baseVal.value / natural;
    let width = natural;

    const whole = () => Math.min(view.clientWidth, (innerHeight * 0.78) / ratio);

    // Keeps what lies under a point (of the view, in pixels) where it is.
    function zoom(to, x = view.clientWidth / 2, y = view.clientHeight / 2) {
      const next = Math.min(Math.max(to, whole() / 1.2), natural * MOST);
      const left = (view.scrollLeft + x) * (next / width) - x, top = (view.scrollTop + y) * (next / width) - y;
      width = next;
      plan.style.width = `${next}px`;
      plan.style.height = `${next * ratio}px`;
      view.scrollTo(left, top);
    }

    floor.querySelector(".floor-tools").hidden = false;
    floor.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) zoom({ in: width * STEP, out: width / STEP, all: whole() }[button.dataset.zoom]);
    });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const at = view.getBoundingClientRect();
      zoom(width * Math.exp(-event.deltaY / 300), event.clientX - at.left, event.clientY - at.top);
    }, { passive: false });
    pinch(view, () => width, zoom);

    const booth = plan.querySelector(".booth .ground");
    const sides = booth ? Math.min(booth.width.baseVal.value, booth.height.baseVal.value) : 3000;
    const legible = (sides / plan.viewBox.baseVal.width) * whole() >= LEGIBLE;
    zoom(legible ? whole() : natural);
    bringIntoView(view, plan.querySelector(".booth[aria-current], .booth.chosen"));
    walkable(plan);
  }

  // Moves the plan within its frame, and not the page.
  function bringIntoView(view, booth) {
    if (!booth) return;
    const there = booth.getBoundingClientRect(), here = view.getBoundingClientRect();
    view.scrollBy(there.x + there.width / 2 - here.x - view.clientWidth / 2, there.y + there.height / 2 - here.y - view.clientHeight / 2);
  }

  function pinch(view, width, zoom) {
    const fingers = new Map();
    let before = null;
    const spread = () => {
      const [one, other] = [...fingers.values()];
      return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    };
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") fingers.set(event.pointerId, event);
      before = fingers.size === 2 ? { spread: spread(), width: width() } : null;
    });
    view.addEventListener("pointermove", (event) => {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, event);
      if (!before) return;
      const at = view.getBoundingClientRect(), [one, other] = [...fingers.values()];
      const x = (one.clientX + other.clientX) / 2 - at.left, y = (one.clientY + other.clientY) / 2 - at.top;
      zoom(before.width * (spread() / before.spread), x, y);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      view.addEventListener(end, (event) => {
        fingers.delete(event.pointerId);
        before = null;
      });
    }
  }

  // One stop for Tab; the arrow keys go to the nearest booth in their direction, Home and End to the ends.
  function walkable(plan) {
    const booths = [...plan.querySelectorAll(".booth")];
    const middles = new Map(booths.map((booth) => {
      const { width, height } = booth.querySelector(".ground");
      const { e, f } = booth.transform.baseVal.consolidate().matrix;
      return [booth, [e + width.baseVal.value / 2, f + height.baseVal.value / 2]];
    }));
    booths.forEach((booth, number) => booth.setAttribute("tabindex", number ? "-1" : "0"));

    function go(to) {
      if (!to) return;
      for (const booth of plan.querySelectorAll('.booth[tabindex="0"]')) booth.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
      to.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    function nearest(from, [dx, dy]) {
      const [x, y] = middles.get(from);
      let found = null, least = Infinity;
      for (const [booth, [bx, by]] of middles) {
        const ahead = (bx - x) * dx + (by - y) * dy, aside = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
        const far = ahead + 3 * aside;
        if (ahead > 0 && far < least) [found, least] = [booth, far];
      }
      return found;
    }

    plan.addEventListener("keydown", (event) => {
      const here = event.target.closest(".booth");
      if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in ARROWS) go(nearest(here, ARROWS[event.key]));
      else if (event.key === "Home") go(booths[0]);
      else if (event.key === "End") go(booths[booths.length - 1]);
      else return;
      event.preventDefault();
    });
  }

  // A booth that leads to its line in the list opens what the line is folded in.
  function reveal() {
    const line = location.hash.startsWith("#booth-") && document.getElementById(location.hash.slice(1));
    for (let fold = line && line.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (line) {
      line.focus({ preventScroll: true });
      line.scrollIntoView({ block: "center" });
    }
  }

  document.querySelectorAll("[data-floor]").forEach(zoomable);
  addEventListener("hashchange", reveal);
  reveal();
})();
