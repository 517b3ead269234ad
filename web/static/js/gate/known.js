// What a gate knows of its event, and what speaks against somebody as far as it knows.
import { BOOKING } from "./codes.js";

const OBJECTIONS = {
  checked_in: "twice",
  no_show: "released",
  held: "not_confirmed",
  cancelled: "cancelled",
};

/** Return what is known once a list has come: a whole one replaces, a later one adds. */
export function merged(before, list) {
  const sameEvent = before && before.event.id === list.event.id;
  const keep = sameEvent && !list.is_whole;
  const known = {
    at: list.at,
    event: list.event,
    gate: list.gate,
    key: list.key,
    crowd: list.crowd,
    used: new Set(sameEvent ? before.used : []),
    voided: new Set(keep ? before.voided : []),
    bookings: new Map(keep ? before.bookings : []),
  };
  list.used.forEach((whose) => known.used.add(whose));
  list.void.forEach((whose) => known.voided.add(whose));
  list.freed.forEach((whose) => known.used.delete(whose)); // a seeker's check-in was undone
  list.bookings.forEach((line) => {
    known.bookings.set(line.id, line);
    if (line.state === "confirmed") known.used.delete(subject(line.id)); // its check-in was undone
  });
  return known;
}

/** Return what speaks against a code whose signature holds; null when nothing does. */
export function objection(known, code) {
  if (code.eventId !== known.event.id) return "other_event";
  if (known.voided.has(code.whose)) return "cancelled";
  if (known.used.has(code.whose)) return "twice";
  const booking = known.bookings.get(code.bookingId);
  if (booking && OBJECTIONS[booking.state]) return OBJECTIONS[booking.state];
  return code.expiresAt < Date.now() ? "expired" : null;
}

/** Note that a ticket's holder is in, so that the same code does not let in a second one here. */
export function markTicket(known, whose) {
  known.used.add(whose);
}

/** Note that a ticket's holder has not come in after all: the code lets somebody in again. */
export function freeTicket(known, whose) {
  known.used.delete(whose);
}

/** Note that an enterprise is in. */
export function markBooking(known, bookingId) {
  known.used.add(subject(bookingId));
  const booking = known.bookings.get(bookingId);
  if (booking) booking.state = "checked_in";
}

function subject(bookingId) {
  return `${BOOKING}:${bookingId.toString(16).padStart(32, "0")}`;
}

/** Return the enterprises whose name or booth has the words in it, some of them. */
export function search(known, words, most) {
  const wanted = words.trim().toLowerCase();
  return wanted ? [...known.bookings.values()].filter((line) => fits(line, wanted)).slice(0, most) : [];
}

/** Return all that are awaited, in the order of their booths; with words only those that fit. */
export function awaited(known, words) {
  const wanted = words.trim().toLowerCase(), first = (line) => line.booths[0] || "";
  return [...known.bookings.values()]
    .filter((line) => line.state === "confirmed" && fits(line, wanted))
    .sort((one, other) => first(one).localeCompare(first(other)));
}

function fits(line, wanted) {
  return line.name.toLowerCase().includes(wanted) || line.booths.some((code) => code.toLowerCase().startsWith(wanted));
}
