/** The owner's money as the API tells it. */
import { lang } from "~/i18n";
import { api, call } from "./client";
import type { components } from "./schema";

type S = components["schemas"];
export type Earnings = S["Earnings"];
export type EarningState = Earnings["rows"][number]["state"];
export type Payouts = S["Payouts"];

export const getEarnings = (signal: AbortSignal) => call(api.GET("/api/my/earnings", { signal }));
export const getPayouts = (signal: AbortSignal) => call(api.GET("/api/my/payouts", { signal }));
/** The address of the set-up page at Stripe. */
export const payoutsLink = () => call(api.POST("/api/my/payouts/link", { body: { language: lang } }));
