/** Stands in for the generated schema until `npm run schema` has an API to read; the same form as openapi-typescript's. */
import type * as T from "./types";

type Answer<R> = { 200: { headers: Record<string, unknown>; content: { "application/json": R } } };
type Op<R, Path = never, Query = never, Body = never> = {
  parameters: { path?: Path; query?: Query; header?: never; cookie?: never };
  responses: Answer<R>;
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });
type Id = { id: string };

export interface paths {
  "/api/places": { get: Op<{ results: T.Place[] }, never, { q?: string; near?: string; limit?: number }> };
  "/api/places/{id}": { get: Op<T.Place, Id> };
  "/api/search": { get: Op<T.SearchAnswer, never, T.SearchQuery> };
  "/api/listings/{id}": { get: Op<T.Listing, Id> };
  "/api/listings/{id}/availability": { get: Op<T.Availability, Id, { month: string; from?: string }> };
  "/api/listings/{id}/quote": { get: Op<T.Quote, Id, { from: string; to: string; extras?: string }> };
  "/api/bookings": { post: Op<{ id: string }, never, never, T.BookingRequest> };
  "/api/bookings/{id}/checkout": { post: Op<{ url: string }, Id> };
  "/api/me": { get: Op<T.Me> };
}
