/** The owner's money as the API tells it. */
import { send, problemOf } from "./client";
import type { Money } from "./types";

export type EarningState = "held" | "on_the_way" | "paid" | "waiting";
export interface Earnings {
  currency: string; held: Money; on_the_way: Money; paid: Money; waiting_reason: string | null;
  months: { month: string; amount: Money }[];
  rows: { booking: string; reference: string; title: string; rental_and_extras: Money; commission: Money; net: Money; state: EarningState; at: string }[];
}
export interface Payouts { status: "none" | "pending" | "active" | "restricted"; ready: boolean; requirements: string[] }

async function ask<T>(path: string, method: "GET" | "POST", signal?: AbortSignal): Promise<T> {
  const body = method === "POST" ? "{}" : null;
  const headers: Record<string, string> = { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) };
  const response = await send(new Request(new URL(path, window.location.origin), { method, headers, body, ...(signal ? { signal } : {}) }));
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

export const getEarnings = (signal?: AbortSignal) => ask<Earnings>("/api/my/earnings", "GET", signal);
export const getPayouts = (signal?: AbortSignal) => ask<Payouts>("/api/my/payouts", "GET", signal);
/** The address of the set-up page at Stripe. */
export const payoutsLink = () => ask<{ url: string }>("/api/my/payouts/link", "POST");
