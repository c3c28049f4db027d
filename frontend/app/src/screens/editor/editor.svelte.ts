/** One listing being edited: what is typed is kept a moment, sent together, and refused field by field. */
import { type Changes, changeListing, getMine, type MyListing } from "~/api/listings";
import { type ApiError, asApiError } from "~/api/errors";

const PAUSE_MS = 700;
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
  #pending: Changes = {};
  #timer: number | undefined;
  #running: Promise<void> | null = null;

  constructor(bike: MyListing) {
    this.bike = bike;
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
    this.#pending = merged(this.#pending, $state.snapshot(changes) as Changes);
    this.#forgive(changes);
    this.state = "waiting";
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.flush(), pause);
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
    } catch (problem) {
      asApiError(problem); // The next change brings it.
    }
  }

  /** A step was left: what was refused there is gone, its fields show what is stored. */
  forget(): void {
    this.errors = {};
  }

  async #send(): Promise<void> {
    while (Object.keys(this.#pending).length) {
      const sent = this.#pending;
      this.#pending = {};
      this.state = "saving";
      try {
        this.bike = await changeListing(this.bike.id, sent);
        this.#forgive(sent);
        this.trouble = null;
        this.state = "saved";
      } catch (problem) {
        const error = asApiError(problem);
        const wrong = Object.keys(error.fields).filter(Boolean);
        if (!wrong.length || error.status >= 500) {
          this.#pending = merged(sent, this.#pending);
          this.trouble = error;
          this.state = "failed";
          return;
        }
        this.errors = { ...this.errors, ...error.fields };
        this.state = "idle";
        // What was right in the same request is sent again without what was wrong.
        const rest = without(sent, wrong);
        if (JSON.stringify(rest) !== JSON.stringify(sent)) this.#pending = merged(rest, this.#pending);
      }
    }
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
