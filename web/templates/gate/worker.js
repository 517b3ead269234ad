// Keeps the gate's page and its files for the time without network; what people note is kept by the page itself.
"use strict";

const PAGE = "{{ url_for('gate.page') }}";
const FILES = {{ files | tojson }};
const KEPT = "gate-{{ version }}";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([PAGE, ...FILES])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("gate-") && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === PAGE) {
    event.respondWith(freshIfReached(event.request));
  } else if (FILES.includes(address.pathname + address.search)) {
    event.respondWith(caches.match(event.request).then((found) => found || fetch(event.request)));
  }
});

async function freshIfReached(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return answer;
  } catch {
    // no network: the kept page does
  }
  return (await caches.match(PAGE)) || Response.error();
}
