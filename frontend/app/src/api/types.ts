/** The API's shapes under the names screens use. */
export interface Money { amount: number; currency: string }
export interface Point { lat: number; lon: number }
export interface Photo { id: string; width: number; height: number; sizes: { width: number; url: string }[]; alt: string }
export interface Rating { average: number | null; count: number }
export interface Range { from: number; to: number }

export interface Me {
  id: string; email: string; name: string; photo: Photo | null; languages: string[]; language: "en" | "fr"; zone: string;
  member_since: string; is_owner?: boolean; unread?: number;
}
export interface Person { id: string; name: string; photo: Photo | null; member_since: string; languages: string[] }

export interface Place { id: string; name: string; region: string; country?: string; point: Point }

export interface SearchHit {
  id: string; title: string; category: string; electric: boolean; cover: Photo | null; rating: Rating; point: Point;
  distance_m: number | null; rider_height: Range | null; price_per_day: Money; price_per_hour: Money | null; total: Money | null;
  instant: boolean; owner: { name: string }; town: string; frame_size: string;
}
export interface SearchAnswer {
  results: SearchHit[]; next: string | null; place: { name: string; region: string; point: Point } | null; wide: boolean;
}
export interface SearchQuery {
  near?: string; place?: string; bbox?: string; radius?: number; from?: string; to?: string; category?: string; electric?: boolean;
  height?: number; price_max?: number; extras?: string; instant?: boolean; sort?: string; cursor?: string;
}

export interface QuoteLine {
  kind: "rental" | "discount" | "extra" | "service_fee"; label: string; quantity: number; unit_price: Money | null; amount: Money;
}
export interface Quote {
  from: string; to: string; starts_at: string; ends_at: string; time_zone: string; unit: "hour" | "day"; count: number;
  lines: QuoteLine[]; total: Money; deposit: Money | null; owner: { rental_and_extras: Money; commission: Money; net: Money } | null;
  vat: Money | null; policy: string; instant: boolean; bookable: boolean;
  reasons: { code: string; message: string; earliest: string | null }[];
}

export interface Extra { id: string; kind: string; name: string; price: Money; per: "booking" | "day" }
export type OpeningHours = Record<string, string[][]>;
export interface Listing {
  id: string; title: string; description: string; house_rules: string; languages: string[]; category: string; electric: boolean;
  battery_range_km: number | null; motor: string; brand: string; model: string; year: number | null; frame_size: string;
  frame_size_cm: number | null; rider_height: Range | null; wheel_size: string; gears: number | null; brakes: string;
  weight_kg: number | null; colour: string; included: string[]; extras: Extra[];
  prices: { hour: Money | null; day: Money | null; discount_7: number; discount_28: number }; currency: string; time_zone: string;
  opening_hours: OpeningHours; lead_time_h: number; horizon_days: number; shortest_h: number; longest_days: number; buffer_min: number;
  instant: boolean; policy: string; photos: Photo[]; point: Point | null; town: string; owner: Person; rating: Rating;
  safety: Record<string, unknown>; is_mine: boolean;
}

export type DayState = "free" | "partly" | "closed" | "busy" | "past" | "far";
export interface AvailabilityDay { date: string; state: DayState; price: Money | null; starts: string[] }
export interface Availability {
  month: string; time_zone: string; days: AvailabilityDay[]; ends?: { date: string; times: string[]; total?: Money | null }[] | null;
}

export interface Page<T> { results: T[]; next: string | null }

export interface BookingRequest {
  listing: string; from: string; to: string; extras: { id: string; quantity: number }[]; total: Money; message: string;
}
