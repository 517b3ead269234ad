// The floor editor: puts the model, what shows it and what changes it together.
import { Checking } from "./checking.js";
import { deedsOf, number, proposeStart } from "./deeds.js";
import { Facts, fill } from "./facts.js";
import { Handles } from "./handles.js";
import { watchKeys } from "./keyboard.js";
import { Listing } from "./listing.js";
import { Model } from "./model.js";
import { Panel } from "./panel.js";
import { watchPointer } from "./pointer.js";
import { poster, Saving } from "./saving.js";
import { View } from "./view.js";
import { watchHall, Zones } from "./zones.js";

const root = document.querySelector("[data-floor-editor]"), find = (name) => root.querySelector(`[data-${name}]`);
const { plan, drawing, words, booked } = JSON.parse(root.dataset.floorEditor);
const narrow = matchMedia("(max-width: 760px)");
const model = new Model(drawing), facts = new Facts(words, booked);
const name = find("name"), grid = () => Number(find("grid").value);

function selected() {
  const { chosen } = model, [one] = chosen;
  return !one ? words.none : chosen.length > 1 ? fill(words.many, { n: chosen.length }) : facts.name(one);
}

// Says a sentence to readers: one of the words, or what is selected and where it is now.
function say(what) {
  const { chosen } = model, [one] = chosen, of = selected();
  const sentences = {
    selected: () => of,
    moved: () => fill(words.moved, { what: of, place: facts.place(one) }),
    sized: () => fill(words.sized, { what: of, size: facts.size(one) }),
    fixed: () => fill(words.fixed, { what: of }),
    stays: () => fill(words.stays, { what: of }),
  };
  find("said").textContent = what in sentences ? sentences[what]() : what;
}

const view = new View(model, root, facts);
const show = (key) => (narrow.matches ? listing.focus(key) : view.focus(key));
const back = () => { if (model.chosen.length) show(model.chosen[0].key); };
const panel = new Panel(model, find("properties"), facts, { back });
const open = () => panel.open();
const listing = new Listing(model, find("list"), facts, { open });
const post = poster({ model, addresses: plan.addresses, token: plan.token, name, words });
const saving = new Saving({ model, plan, root, name, post, words, say });
const run = deedsOf({ model, view, facts, say, show, open, save: () => saving.save() });

new Zones(model, find("zoning"), facts, say);
watchHall(model, find("hall"), facts, say);
const handles = new Handles(model, view, facts);
watchPointer({ model, view, handles, grid, open, say });
watchKeys({ model, view, grid, run, say, leave: () => find("tools").querySelector("button").focus() });
new Checking({ model, facts, root: find("checks"), post, show, refresh: () => [view, listing].forEach((one) => one.render()) });

root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) run(button.dataset.do);
});
model.listen(() => { // on a phone the properties are far above the line that was ticked
  find("picked").hidden = !model.chosen.length;
  find("which").textContent = selected();
});
proposeStart(model, find("numbering").elements.start);
find("numbering").addEventListener("submit", (event) => {
  event.preventDefault();
  number({ model, facts, say }, event.target);
});
root.dataset.ready = "yes";
