// Lets people in: asks the site when it can be reached, decides alone when not, and forgets nothing it has noted.
import { dequeue, enqueue, queued, recall, remember } from "./store.js";
import { Closed, handIn } from "./wire.js";

const PATIENCE = 2500;
const PATIENCE_FOR_MANY = 20000;
const MOST_AT_ONCE = 100;

/** Return an entry for an arrival; `shown` is what this gate calls whoever came. */
export function arrival(means, facts, shown) {
  return { noted: "arrival", client_id: crypto.randomUUID(), means, checked_at: moment(), let_in: false, ...facts, shown };
}

/** Return an entry for people who pass without being checked in. */
export function passing(people) {
  return { noted: "passing", client_id: crypto.randomUUID(), people, passed_at: moment() };
}

/** Return an entry that takes an arrival back; it is handed in after that arrival. */
export function undoing(clientId) {
  return { noted: "undoing", client_id: crypto.randomUUID(), of: clientId };
}

/** Keep an entry until the site has it; it belongs to the event of this gate. */
export function note(key, known, entry) {
  return enqueue({ ...entry, key, event: known.event.id });
}

function moment() {
  return new Date().toISOString().replace(/\.\d+Z$/, "+00:00");
}

/** Check somebody in and return what became of it; without an answer in time this gate decides: with `against`
 * it sends them away, else it lets them in. `mark` notes that they are in.
 */
export async function arrive(key, known, entry, mark, against = null) {
  await note(key, known, entry);
  let answer = null;
  try {
    if (navigator.onLine) answer = (await handIn(key, [entry], PATIENCE)).arrivals[0];
  } catch (error) {
    if (error instanceof Closed) {
      await dequeue([entry.client_id]);
      throw error;
    }
  }
  if (answer || against) await dequeue([entry.client_id]);
  if (!answer && against) return { verdict: "refused", objection: against };
  if (!answer) await note(key, known, { ...entry, let_in: true });
  if (!answer || answer.verdict === "accepted") {
    mark();
    await remember("known", known);
  }
  return answer || { verdict: "accepted", objection: null, alone: true };
}

/** Hand in everything that waits; an entry of another event goes under the key that it was noted with. */
export async function flush(key, known) {
  const keys = new Map();
  const waiting = await queued();
  const mistaken = new Set(waiting.map((entry) => entry.of));
  // what is taken back goes first, then what takes it back: the same code may have come in again since
  const turn = (entry) => (mistaken.has(entry.client_id) ? 0 : entry.noted === "undoing" ? 1 : 2);
  for (const entry of waiting.sort((one, other) => turn(one) - turn(other))) {
    const under = entry.event === known.event.id ? key : entry.key;
    keys.set(under, [...(keys.get(under) || []), entry]);
  }
  for (const [under, some] of keys) {
    await handInAll(under, some).catch((error) => {
      if (under === key || !(error instanceof Closed)) throw error;
    });
  }
}

async function handInAll(key, waiting) {
  for (let first = 0; first < waiting.length; first += MOST_AT_ONCE) {
    const some = waiting.slice(first, first + MOST_AT_ONCE);
    const answer = await handIn(key, some, PATIENCE_FOR_MANY);
    const stands = (one) => one.verdict === "conflict" && !answer.undoings.includes(one.client_id);
    const conflicts = answer.arrivals.filter(stands);
    if (conflicts.length) await keep(conflicts, some);
    const undone = some.filter((entry) => answer.undoings.includes(entry.of));
    await dequeue([...answer.arrivals, ...undone].map((one) => one.client_id).concat(answer.passings));
  }
}

async function keep(conflicts, entries) {
  const shown = new Map(entries.map((entry) => [entry.client_id, entry]));
  const kept = (await recall("conflicts")) || [];
  const fresh = conflicts.map((one) => ({ ...one, shown: shown.get(one.client_id).shown }));
  const ids = new Set(fresh.map((one) => one.client_id));
  await remember("conflicts", [...kept.filter((one) => !ids.has(one.client_id)), ...fresh].slice(-50));
}
