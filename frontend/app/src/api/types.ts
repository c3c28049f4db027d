/** The API's shapes under the names screens use, from the generated schema. */
import type { components, paths } from "./schema";

type S = components["schemas"];

export interface Money { amount: number; currency: string }
export type Point = S["Point"];
export type Photo = S["Photo"];
export type Rating = S["Rating"];
export type Range = S["RiderHeight"];
export type Me = S["Me"];
export type Person = S["Person"];
export type Place = S["Place"];
export type SearchHit = S["SearchHit"];
export type SearchAnswer = S["SearchAnswer"];
export type MapAnswer = S["MapAnswer"];
export type MapTown = S["MapTown"];
export type Facets = S["Facets"];
export type Alternatives = S["Alternatives"];
export type SavedBike = S["SavedBike"];
export type SavedSearch = S["SavedSearch"];
export type Quote = S["Quote"];
export type QuoteLine = S["Line"];
export type Extra = S["Extra"];
export type Listing = S["Listing"];
export type OpeningHours = Listing["opening_hours"];
export type Availability = S["Availability"];
export type AvailabilityDay = S["Day"];
export type DayState = AvailabilityDay["state"];

/** What may be asked of the search. */
export type SearchQuery = NonNullable<paths["/api/search"]["get"]["parameters"]["query"]>;

export interface Page<T> { results: T[]; next: string | null }

export interface BookingRequest {
  listing: string; from: string; to: string; extras: { id: string; quantity: number }[]; total: Money; message: string;
}
