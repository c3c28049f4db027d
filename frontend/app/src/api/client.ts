/**
 * The typed client. `await call(api.GET("/api/listings/{listing}", { params: { path: { listing } } }))` gives the answer's data
 * or throws an ApiError. Paths and shapes come from the OpenAPI schema (`npm run schema`), their types from openapi-fetch: of its
 * code the app would need these few lines.
 */
import type { Client } from "openapi-fetch";
import { lang } from "~/i18n";
import { forget } from "~/offline";
import { ApiError, type Problem } from "./errors";
import type { paths } from "./schema";

const PATIENCE_MS = 20_000;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export const cookie = (name: string): string | undefined =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

/** The CSRF token; pages set no cookie, so the first write of a visitor fetches one. */
export async function csrfToken(): Promise<string> {
  if (!cookie("csrftoken")) await fetch("/_allauth/browser/v1/config", { headers: { Accept: "application/json" } });
  return cookie("csrftoken") ?? "";
}

/** fetch with our patience, language and CSRF token; unreachable servers become ApiErrors. */
export async function send(request: Request): Promise<Response> {
  request.headers.set("Accept-Language", lang);
  try {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRFToken", await csrfToken());
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]) });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw ApiError.unreachable(error);
  }
}

/** POSTs not answered yet, by what they ask: a second press, or a retry after a lost answer, goes with the same key. */
const unanswered = new Map<string, string>();
function keyOf(wish: string): string {
  // Only https and this machine have randomUUID.
  const key = unanswered.get(wish) ?? crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  unanswered.set(wish, key);
  return key;
}

async function sendOnce(request: Request): Promise<Response> {
  if (request.method !== "POST") return send(request);
  const wish = request.url + (await request.clone().text());
  request.headers.set("Idempotency-Key", keyOf(wish));
  const response = await send(request);
  if (response.ok) unanswered.delete(wish);
  return response;
}

/** A request with a JSON body, or none. */
export function jsonRequest(method: string, url: string, body?: unknown, init: RequestInit = {}): Request {
  const headers = { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...init.headers };
  return new Request(new URL(url, window.location.origin), { ...init, method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

interface Asked extends Omit<RequestInit, "body"> {
  params?: { path?: Record<string, string>; query?: Record<string, unknown> };
  body?: unknown;
}

/** Empty values are left out; lists are given as "a,b". */
function queryOf(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}` : "";
}

const ask = (method: string) => async (path: string, { params, body, ...init }: Asked = {}) => {
  const filled = path.replace(/\{(\w+)\}/g, (_place, name: string) => encodeURIComponent(params?.path?.[name] ?? ""));
  const response = await sendOnce(jsonRequest(method, filled + queryOf(params?.query), body, init));
  if (response.status === 401) await forget();
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return { data: text ? (JSON.parse(text) as unknown) : undefined, response };
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export const api = Object.fromEntries(METHODS.map((method) => [method, ask(method)])) as unknown as Pick<Client<paths>, (typeof METHODS)[number]>;

export async function problemOf(response: Response): Promise<ApiError> {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const problem = isJson ? ((await response.json()) as Problem) : {};
  return new ApiError(response.status, problem);
}

/** Unwraps an answer. Errors were thrown before. */
export async function call<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  return (await answer).data as T;
}

/** multipart upload with progress (0 to 1), which fetch cannot report. */
export function upload<T>(path: string, method: "POST" | "PUT", form: FormData, onProgress: (done: number) => void): Promise<T> {
  const wish = [path, ...[...form.values()].map((value) => (value instanceof File ? `${value.name} ${value.size} ${value.lastModified}` : value))].join("\n");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.responseType = "json";
    request.timeout = 120_000;
    request.setRequestHeader("Accept-Language", lang);
    request.setRequestHeader("Idempotency-Key", keyOf(wish));
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 300) return reject(new ApiError(request.status, (request.response as Problem | null) ?? {}));
      unanswered.delete(wish);
      resolve(request.response as T);
    };
    request.onerror = () => reject(ApiError.unreachable(null));
    request.ontimeout = () => reject(ApiError.unreachable(new DOMException("", "TimeoutError")));
    void csrfToken().then((token) => {
      request.setRequestHeader("X-CSRFToken", token);
      request.send(form);
    }, (error: unknown) => reject(ApiError.unreachable(error)));
  });
}
