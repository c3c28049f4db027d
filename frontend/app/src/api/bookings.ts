/** Bookings as the API tells them to one of their two sides, and what can be done with them. */
import { send, problemOf } from "./client";
import type { Money, Page, Person, Photo, Point, Quote } from "./types";

export type BookingState =
  | "pending_payment" | "requested" | "confirmed" | "active" | "returned" | "claimed" | "completed" | "cancelled" | "declined" | "expired";
export type Action =
  | "abandon" | "accept" | "decline" | "withdraw" | "cancel" | "hand_over" | "say_returned" | "give_back" | "claim" | "settle";

export interface TimelineEntry { action: string; at: string; by: string; to: BookingState }
export interface Claim { kind: string; text: string; amount: Money; by: "renter" | "owner"; mine: boolean; settled_at: string | null }

export interface BookingCard {
  id: string; reference: string; role: "renter" | "owner" | "staff"; state: BookingState; from: string; to: string; starts_at: string; ends_at: string; time_zone: string;
  listing: { id: string; title: string; cover: Photo | null; town: string; category: string; address: string | null; exact_point: Point | null };
  other: { id: string; name: string; photo: string | null };
  quote: Quote; pay_by: string | null; answer_by: string | null; claims_until: string | null; deadline: string | null;
  instant: boolean; policy: string; message: string; allowed_actions: Action[]; created_at: string;
}

export interface Booking extends BookingCard {
  code: string | null;
  timeline: TimelineEntry[];
  claim: Claim | null;
  money: { held: Money | null; refunded: Money | null } | null;
  late: { hours: number; fee: Money } | null;
}

export interface Refund { refund: Money; kept: Money; total: Money; policy: string }
export interface Dashboard {
  requests: BookingCard[]; handovers: BookingCard[]; returns: BookingCard[];
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (init.body) headers["Content-Type"] = "application/json";
  const response = await send(new Request(new URL(path, window.location.origin), { ...init, headers }));
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

const post = <T>(path: string, body: unknown = {}) => ask<T>(path, { method: "POST", body: JSON.stringify(body) });

export const getBooking = (id: string, signal?: AbortSignal) => ask<Booking>(`/api/bookings/${id}`, signal ? { signal } : {});
export const listBookings = (role: "renter" | "owner", group: string, cursor: string | null, signal?: AbortSignal) =>
  ask<Page<BookingCard>>(`/api/bookings?role=${role}&group=${group}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`, signal ? { signal } : {});
export const refundNow = (id: string, signal?: AbortSignal) => ask<Refund>(`/api/bookings/${id}/refund`, signal ? { signal } : {});
export const act = (id: string, action: Action, body: Record<string, unknown> = {}) => post<Booking>(`/api/bookings/${id}/${action}`, body);
export const getDashboard = (signal?: AbortSignal) => ask<Dashboard>("/api/my/dashboard", signal ? { signal } : {});
/** The address of the payment page for an unpaid booking: made anew or the one still open. */
export const checkout = (id: string) => post<{ url: string }>(`/api/bookings/${id}/checkout`);

export type { Person };
