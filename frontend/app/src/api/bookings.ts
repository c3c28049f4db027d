/** Bookings as the API tells them to one of their two sides, and what can be done with them. */
import { lang } from "~/i18n";
import { api, call } from "./client";
import type { components, paths } from "./schema";

type S = components["schemas"];
export type Booking = S["Booking"];
export type BookingCard = S["BookingCard"];
export type BookingState = BookingCard["state"];
export type Claim = NonNullable<Booking["claim"]>;
export type ClaimKind = Claim["kind"];
export type Refund = S["Refund"];
export type Dashboard = S["Dashboard"];

type StepPath<P> = P extends `/api/bookings/{booking}/${infer A}` ? (A extends "refund" | `checkout${string}` ? never : A) : never;
/** What one side can do to a booking. */
export type Action = StepPath<keyof paths>;
export type Step<A extends Action> = NonNullable<paths[`/api/bookings/{booking}/${A}`]["post"]["requestBody"]>["content"]["application/json"];

const at = (booking: string) => ({ params: { path: { booking } } });

export const getBooking = (id: string, signal: AbortSignal) => call(api.GET("/api/bookings/{booking}", { ...at(id), signal }));
export const listBookings = (role: "renter" | "owner", group: "open" | "coming" | "past", cursor: string | null, signal?: AbortSignal) =>
  call(api.GET("/api/bookings", { params: { query: { role, group, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }));
/** All that an owner ever let of one bike, newest first. */
export const bookingsOfListing = (listing: string) => call(api.GET("/api/bookings", { params: { query: { role: "owner", listing } } }));
export const refundNow = (id: string, signal: AbortSignal) => call(api.GET("/api/bookings/{booking}/refund", { ...at(id), signal }));
export const getDashboard = (signal: AbortSignal) => call(api.GET("/api/my/dashboard", { signal }));

/** One step of the booking; the answer is the booking after it. */
export function act<A extends Action>(id: string, action: A, body: Step<A>): Promise<Booking> {
  // Every step has the same path and answer; the body is checked above.
  return call(api.POST(`/api/bookings/{booking}/${action}` as "/api/bookings/{booking}/claim", { ...at(id), body: body as Step<"claim"> }));
}

/** The address of the payment page for an unpaid booking: made anew or the one still open. */
export const checkout = (id: string) => call(api.POST("/api/bookings/{booking}/checkout", { ...at(id), body: { language: lang } }));
/** Lets the server ask how the payment stands, where its news is late. */
export const refreshCheckout = (id: string) => call(api.POST("/api/bookings/{booking}/checkout/refresh", at(id)));
