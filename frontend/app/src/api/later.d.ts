/** What the schema does not have yet. */
import type { BookingRequest } from "./types";

type Answer<R> = { 201: { headers: Record<string, unknown>; content: { "application/json": R } } };

export interface LaterPaths {
  "/api/bookings": {
    post: { parameters: { path?: never }; requestBody: { content: { "application/json": BookingRequest } }; responses: Answer<{ id: string }> };
  };
  "/api/bookings/{id}/checkout": { post: { parameters: { path: { id: string } }; requestBody?: never; responses: Answer<{ url: string }> } };
}
