/** The booking as steps: what was done (from its timeline), what is next, what comes after. */
import type { Booking } from "~/api/bookings";
import type { Step } from "~/components/steps";
import { t } from "~/i18n";
import { dayAndTime, dayName, daysFromToday, instantName } from "./when";
import { timelineText } from "./say";

const FAILED = new Set(["lapse", "decline", "cancel", "withdraw", "abandon", "capture_failed", "not_ready", "claim"]);

export function stepsOf(booking: Booking): Step[] {
  const zone = booking.time_zone;
  const steps: Step[] = booking.timeline.map((entry) => ({
    text: timelineText(entry, booking),
    when: FAILED.has(entry.action) ? "failed" : "done",
    note: entry.reason ? `${instantName(entry.at, zone)} · ${t("booking.timeline_reason", { reason: entry.reason })}` : instantName(entry.at, zone),
    ...(FAILED.has(entry.action) ? { tag: t(entry.action === "claim" ? "booking.tag_claim" : "booking.tag_end") } : {}),
  }));
  const soon = (wall: string) => (Math.abs(daysFromToday(wall, zone)) < 2 ? dayName(wall, zone).replace(/^./, (letter) => letter.toUpperCase()) : t("booking.tag_soon"));
  const start: Step = { text: t("booking.step_start", { when: dayAndTime(booking.from, zone) }), when: "later" };
  const end: Step = { text: t("booking.step_end", { when: dayAndTime(booking.to, zone) }), when: "later" };
  /** Nobody needs to do anything about what the other side has to do. */
  const waiting = booking.next_step.mine ? {} : { tag: t("booking.tag_waiting") };
  const last: Step = { text: t(booking.role === "renter" ? "booking.step_closed" : "booking.step_paid"), when: "later" };
  switch (booking.state) {
    case "pending_payment":
      return [...steps, { text: t("booking.step_pay"), when: "next", ...waiting }, start, end];
    case "requested":
      return [...steps, { text: t("booking.step_answer"), when: "next", ...waiting }, start, end];
    case "confirmed":
      return [...steps, { ...start, when: "next", tag: soon(booking.from) }, end, last];
    case "active":
      return [...steps, { ...end, when: "next", tag: soon(booking.to) }, last];
    case "returned":
      return [...steps, { ...last, when: "next", tag: t("booking.tag_waiting") }];
    case "claimed":
      return [...steps, { text: t("booking.step_settle"), when: "next", ...waiting }];
    default:
      return steps;
  }
}
