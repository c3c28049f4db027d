/** One listing being edited: what is typed is kept a moment, sent together, tried again, and refused field by field. */
import { type Changes, changeListing, getMine, type MyListing } from "~/api/listings";
import { type ApiError, asApiError } from "~/api/errors";
import { Kept } from "./kept";
import { Photos } from "./photos.svelte";

const PAUSE_MS = 700;
const RETRY_MS = [4000, 10_000, 30_000, 60_000];
/** Rules that are judged together: one answer clears or names them all. */
const TOGETHER = ["shortest_h", "longest_days", "lead_time_h", "horizon_days"];
const head = (field: string): string => field.split(".")[0] ?? field;

export class Editor {
  /** As the server has it. Fields keep their own text and are not written over while somebody types. */
  bike: MyListing = $state.raw() as MyListing;
  state = $state<"idle" | "waiting" | "saving" | "saved" | "failed">("idle");
  /** By the API's field name, until that field is changed. */
  errors = $state.raw<Record<string, string>>({});
  /** Why nothing can be saved at all just now. */
  trouble = $state.raw<ApiError | null>(null);
  /** Set once somebody wanted to publish: from then on empty fields say what they lack. */
  asked = $state(false);
  /** Grows when another tab changed the bike: the fields show it anew. */
  version = $state(0);
  readonly photos: Photos;
  #pending: Changes = {};
  #timer: number | undefined;
  #failures = 0;
  #running: Promise<void> | null = null;
  readonly #kept: Kept;
  readonly #tabs = new BroadcastChannel("bikeens-listing");

  constructor(bike: MyListing, person: string) {
    this.#kept = new Kept(person, bike.id);
    this.#pending = this.#kept.read();
    this.bike = shown(bike, this.#pending);
    this.photos = new Photos(bike.id, bike.photos, (photos) => void this.reload({ photos }));
    if (this.unsaved) void this.flush();
    this.#tabs.onmessage = ({ data }) => data === this.bike.id && void this.refresh();
  }

  get unsaved(): boolean {
    return Object.keys(this.#pending).length > 0 || this.#running !== null;
  }

  error(field: string): string | undefined {
    return this.errors[field] ?? (this.asked ? this.bike.missing.find((one) => one.field === field)?.message : undefined);
  }

  /** The first error at or under a field: "extras" finds "extras.0.price". */
  errorUnder(field: string): string | undefined {
    const key = Object.keys(this.errors).find((one) => one === field || one.startsWith(`${field}.`));
    return key ? this.errors[key] : this.error(field);
  }

  change(changes: Changes, pause = PAUSE_MS): void {
    this.#pending = merged(this.#pending, JSON.parse(JSON.stringify(changes)) as Changes);
    this.#kept.write(this.#pending);
    this.#forgive(changes);
    this.state = "waiting";
    this.#later(pause);
  }

  /** Sends what waits; resolves when all of it was answered. */
  flush(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#running ??= this.#send().finally(() => (this.#running = null));
    return this.#running;
  }

  /** What was changed beside the fields (photos) shows at once; what is missing now, the server says. */
  async reload(known: Partial<MyListing>): Promise<void> {
    this.bike = { ...this.bike, ...known };
    await this.flush();
    try {
      this.bike = await getMine(this.bike.id, new AbortController().signal);
      this.state = "saved";
      this.#tabs.postMessage(this.bike.id);
    } catch (problem) {
      asApiError(problem); // The next change brings it.
    }
  }

  /** Somebody comes back to this tab, or another one saved: what is not being typed here follows. */
  async refresh(): Promise<void> {
    if (this.unsaved || this.photos.busy) return;
    const before = this.bike.updated_at;
    try {
      const bike = await getMine(this.bike.id, new AbortController().signal);
      if (this.unsaved) return;
      const changed = bike.updated_at !== before || bike.photos.length !== this.bike.photos.length;
      this.bike = bike;
      if (!changed) return;
      this.photos.all = bike.photos;
      this.version += 1;
    } catch (problem) {
      asApiError(problem); // As it was.
    }
  }

  /** A step was left: what was refused there is gone, its fields show what is stored. */
  forget(): void {
    this.errors = {};
  }

  /** The editor was left: the rest is sent, and kept for the next time where that fails. */
  async close(): Promise<void> {
    void this.photos.finish();
    await this.flush();
    window.clearTimeout(this.#timer);
    // Pictures may still be on their way: the channel stays open for their news.
    this.#tabs.onmessage = null;
  }

  #later(pause: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.flush(), pause);
  }

  async #send(): Promise<void> {
    let saved = false;
    while (Object.keys(this.#pending).length) {
      const sent = this.#pending;
      this.#pending = {};
      this.state = "saving";
      try {
        this.bike = await changeListing(this.bike.id, sent);
        this.#forgive(sent);
        this.trouble = null;
        this.#failures = 0;
        this.state = "saved";
        saved = true;
      } catch (problem) {
        const error = asApiError(problem);
        const wrong = Object.keys(error.fields).filter(Boolean);
        if (!wrong.length || error.status >= 500) {
          this.#pending = merged(sent, this.#pending);
          this.trouble = error;
          this.state = "failed";
          // Signed out or gone: trying again by itself would not help.
          if (error.status === 0 || error.status >= 429) this.#later(RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 0);
          return;
        }
        this.errors = { ...this.errors, ...error.fields };
        this.state = "idle";
        // What was right in the same request is sent again without what was wrong.
        const rest = without(sent, wrong);
        if (JSON.stringify(rest) !== JSON.stringify(sent)) this.#pending = merged(rest, this.#pending);
      }
      this.#kept.write(this.#pending);
    }
    if (saved) this.#tabs.postMessage(this.bike.id);
  }

  #forgive(changes: Changes): void {
    const names = new Set(Object.entries(changes).flatMap(([name, value]) => (name === "prices" || name === "safety" ? Object.keys(value as object).map((key) => `${name}.${key}`) : [name])));
    if (TOGETHER.some((name) => names.has(name))) for (const name of TOGETHER) names.add(name);
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([field]) => !names.has(field) && !names.has(head(field))));
  }
}

function merged(first: Changes, then: Changes): Changes {
  const both: Changes = { ...first, ...then };
  if (first.prices && then.prices) both.prices = { ...first.prices, ...then.prices };
  if (first.safety && then.safety) both.safety = { ...first.safety, ...then.safety };
  return both;
}

/** The bike with what was typed the last time and never arrived: changes have the names under which they are read. */
function shown(bike: MyListing, typed: Changes): MyListing {
  const { extras: _unnumbered, prices, safety, ...plain } = typed;
  return { ...bike, ...plain, prices: { ...bike.prices, ...prices }, safety: { ...bike.safety, ...safety } } as MyListing;
}

function without(changes: Changes, wrong: string[]): Changes {
  const rest = structuredClone(changes) as Record<string, unknown>;
  for (const field of wrong) {
    const [name = "", key = ""] = field.split(".");
    const inner = rest[name];
    if ((name === "prices" || name === "safety") && key && inner) {
      delete (inner as Record<string, unknown>)[key];
      if (!Object.keys(inner).length) delete rest[name];
    } else delete rest[name];
  }
  return rest as Changes;
}
