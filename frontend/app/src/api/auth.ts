/**
 * allauth's headless browser API. 401 is its normal answer ("these flows are open"), so it is data here, not an error.
 * https://docs.allauth.org/en/latest/headless/openapi-specification/
 */
import { jsonRequest, send } from "./client";
import { ApiError } from "./errors";

export interface Flow { id: "login" | "signup" | "verify_email" | "login_by_code" | "mfa_authenticate" | "reauthenticate" | "password_reset_by_code" | string; is_pending?: boolean }

export interface AuthAnswer {
  status: number;
  /** Signed in after this call. */
  signedIn: boolean;
  /** The flow waiting for its next step (a code to type, say), or null. */
  pending: Flow["id"] | null;
  flows: Flow[];
  /** First message per field; "" for the form as a whole. Empty when nothing was refused. */
  errors: Record<string, string>;
  data: Record<string, unknown>;
}

interface Body {
  status: number;
  data?: { flows?: Flow[] } & Record<string, unknown>;
  meta?: { is_authenticated?: boolean };
  errors?: { code: string; message: string; param?: string }[];
}

/** One request to /_allauth/browser/v1/<path>. Throws ApiError only when there is no sensible answer (offline, 5xx). */
export async function auth(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<AuthAnswer> {
  const response = await send(jsonRequest(method, `/_allauth/browser/v1/${path}`, body));
  if (response.status >= 500) throw new ApiError(response.status, {});
  const answer = (response.headers.get("Content-Type")?.includes("json") ? await response.json() : { status: response.status }) as Body;
  const flows = answer.data?.flows ?? [];
  return {
    status: response.status,
    signedIn: answer.meta?.is_authenticated ?? response.status === 200,
    pending: flows.find((flow) => flow.is_pending)?.id ?? null,
    flows,
    errors: Object.fromEntries([...(answer.errors ?? [])].reverse().map((error) => [error.param ?? "", error.message])),
    data: answer.data ?? {},
  };
}

export const signUp = (fields: Record<string, string>) => auth("POST", "auth/signup", fields);
export const verifyEmail = (key: string) => auth("POST", "auth/email/verify", { key });
export const signIn = (email: string, password: string) => auth("POST", "auth/login", { email, password });
export const requestCode = (email: string) => auth("POST", "auth/code/request", { email });
export const confirmCode = (code: string) => auth("POST", "auth/code/confirm", { code });
export const signOut = () => auth("DELETE", "auth/session");
