/** What a booking says of itself: the headline, the sentence below it, its tag in lists. No rule lives here. */
import type { Booking, BookingCard } from "~/api/bookings";
import { t, type Key } from "~/i18n";
import { money } from "~/i18n/format";
import { dayAndTime, instantName } from "./when";

/** Placeholders every sentence may use. */
function facts(booking: BookingCard): Record<string, string> {
  const zone = booking.time_zone;
  return {
    name: booking.other.name,
    bike: booking.listing.title,
    start: dayAndTime(booking.from, zone),
    end: dayAndTime(booking.to, zone),
    total: money(booking.quote.total),
    net: booking.quote.owner ? money(booking.quote.owner.net) : "",
    pay_by: booking.pay_by ? instantName(booking.pay_by, zone) : "",
    answer_by: booking.answer_by ? instantName(booking.answer_by, zone) : "",
    claims_until: booking.claims_until ? instantName(booking.claims_until, zone) : "",
  };
}

const side = (booking: BookingCard) => (booking.role === "renter" ? "renter" : "owner");

export const headline = (booking: BookingCard): string => t(`booking.title_${side(booking)}_${booking.state}` as Key, facts(booking));
export const sentence = (booking: BookingCard): string => t(`booking.text_${side(booking)}_${booking.state}` as Key, facts(booking));
export const stateTag = (booking: BookingCard): string => t(`booking.state_${booking.state}` as Key);

export function tagTone(booking: BookingCard): "pine" | "sun" | "soft" | "good" | "warn" | "bad" {
  if (booking.state === "pending_payment" || booking.state === "requested") return "sun";
  if (booking.state === "confirmed" || booking.state === "active") return "pine";
  if (booking.state === "claimed") return "bad";
  return booking.state === "completed" ? "good" : "soft";
}

export const timelineText = (entry: Booking["timeline"][number], booking: Booking): string =>
  t(`booking.done_${entry.action}` as Key, facts(booking));
