// Speaks with the site: takes the list, hands in what was noted. A gate that is closed is told apart from no network.
export class Closed extends Error {}

async function ask(path, key, options = {}) {
  const headers = { Authorization: `Bearer ${key}`, Accept: "application/json", ...options.headers };
  const answer = await fetch(path, { ...options, headers, cache: "no-store", redirect: "error" });
  if (answer.status === 401) throw new Closed();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Return the list: whole, or what is new since the moment of the last one. */
export function takeList(key, since) {
  const query = since ? `?since=${encodeURIComponent(since)}` : "";
  return ask(`/gate/list${query}`, key, { signal: AbortSignal.timeout(15000) });
}

/** Hand in entries; returns what became of each. */
export function handIn(key, entries, patience) {
  const arrivals = entries.filter((entry) => entry.noted === "arrival").map(bare);
  const passings = entries.filter((entry) => entry.noted === "passing").map(bare);
  const undoings = entries.filter((entry) => entry.noted === "undoing").map((entry) => entry.of);
  return ask("/gate/hand-in", key, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ arrivals, passings, undoings }),
    signal: AbortSignal.timeout(patience),
  });
}

function bare({ noted, shown, key, event, ...entry }) {
  return entry;
}
