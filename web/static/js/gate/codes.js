// Reads entry codes and verifies their signatures in the browser: ECDSA on P-256, no network needed.
const CODE = /(?:^|\/t\/)([A-Za-z0-9_-]{120})$/;
const FACTS = 26;
const VERSION = 1;
export const TICKET = 1;
export const BOOKING = 2;

function hex(octets) {
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Return what a scanned text says, or null for what is no entry code. */
export function parse(scanned) {
  const found = CODE.exec(scanned.trim());
  if (!found) return null;
  const letters = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
  const octets = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const view = new DataView(octets.buffer);
  if (octets[0] !== VERSION) return null;
  const subject = hex(octets.slice(6, 22));
  return {
    text: found[1],
    kind: octets[1],
    eventId: view.getUint32(2),
    subject,
    whose: `${octets[1]}:${subject}`,
    bookingId: octets[1] === BOOKING ? parseInt(subject, 16) : null,
    expiresAt: view.getUint32(22) * 1000,
    facts: octets.slice(0, FACTS),
    signature: octets.slice(FACTS),
  };
}

/** Tell whether the site has signed the code. */
export async function verify(key, code) {
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  const imported = await crypto.subtle.importKey("jwk", key, kind, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, code.signature, code.facts);
}
