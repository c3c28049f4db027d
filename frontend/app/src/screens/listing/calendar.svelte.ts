/** A bike's free days, month by month, and the rule of choosing: first a start the owner can keep, then an end reached from it. */
import { api, call } from "~/api/client";
import { asApiError } from "~/api/errors";
import type { Availability, AvailabilityDay } from "~/api/types";
import type { CalendarDay } from "~/components/calendar";
import { t } from "~/i18n";
import { money } from "~/i18n/format";
import { addDays, type Day, dayOf, monthOf, timeOf, type Wall } from "~/time/wall";
import { toast } from "~/toasts.svelte";

export class BikeCalendar {
  readonly #id: string;
  readonly #preview: boolean;
  #days = $state.raw<ReadonlyMap<Day, AvailabilityDay>>(new Map());
  #ends = $state.raw<ReadonlyMap<Day, string[]>>(new Map());
  #asked = new Set<string>();
  loading = $state(0);
  startDay = $state<Day | null>(null);
  endDay = $state<Day | null>(null);
  startTime = $state("");
  endTime = $state("");

  constructor(id: string, from: Wall | null, to: Wall | null, preview = false) {
    this.#id = id;
    this.#preview = preview;
    if (!from || !to) return;
    [this.startDay, this.startTime, this.endDay, this.endTime] = [dayOf(from), timeOf(from), dayOf(to), timeOf(to)];
  }

  get from(): Wall | null {
    return this.startDay && this.startTime ? `${this.startDay}T${this.startTime}` : null;
  }
  get to(): Wall | null {
    return this.from && this.endDay && this.endTime ? `${this.endDay}T${this.endTime}` : null;
  }
  get starts(): string[] {
    return (this.startDay && this.#days.get(this.startDay)?.starts) || (this.startTime ? [this.startTime] : []);
  }
  get ends(): string[] {
    const times = this.endDay ? this.#ends.get(this.endDay) : undefined;
    return times ?? (this.endTime ? [this.endTime] : []);
  }

  /** Loads what a month shows: its days, and the ends that the chosen start reaches in it. */
  async show(months: readonly string[]): Promise<void> {
    await Promise.all(months.map((month) => this.#load(month)));
  }

  async #load(month: string): Promise<void> {
    const from = this.from;
    const key = `${month} ${from ?? ""}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.loading += 1;
    try {
      const query = { month, ...(from ? { from } : {}), ...(this.#preview ? { preview: true } : {}) };
      const answer: Availability = await call(api.GET("/api/listings/{listing}/availability", { params: { path: { listing: this.#id }, query } }));
      this.#days = new Map([...this.#days, ...answer.days.map((day) => [day.date, day] as const)]);
      if (from === this.from && answer.ends) this.#ends = new Map([...this.#ends, ...answer.ends.map((end) => [end.date, end.times] as const)]);
    } catch (error) {
      this.#asked.delete(key);
      toast(asApiError(error).message, "bad");
    } finally {
      this.loading -= 1;
    }
  }

  get choosingEnd(): boolean {
    return this.startDay !== null && this.endDay === null;
  }

  #canStart(day: Day): boolean {
    return (this.#days.get(day)?.starts.length ?? 0) > 0;
  }

  look(day: Day): CalendarDay {
    const about = this.#days.get(day);
    if (!about) return { disabled: true };
    const reachable = this.choosingEnd && this.startDay !== null && day >= this.startDay ? this.#ends.has(day) : this.#canStart(day);
    const disabled = !reachable && day !== this.startDay && day !== this.endDay;
    const gone = about.state === "past" || about.state === "far";
    const price = about.price && !gone && about.state !== "busy" ? money({ ...about.price, amount: Math.round(about.price.amount / 100) * 100 }) : undefined;
    const why = ["busy", "closed", "past", "far"].includes(about.state) ? t(`listing.day_${about.state as "busy"}`) : undefined;
    return { disabled, taken: about.state === "busy" || (disabled && gone && about.state === "past"), note: about.state === "closed" ? undefined : price, label: why ?? price };
  }

  async pick(day: Day): Promise<void> {
    if (this.choosingEnd && this.startDay && day >= this.startDay && this.#ends.has(day)) {
      this.endDay = day;
      const times = this.#ends.get(day) ?? [];
      this.endTime = times.filter((time) => time <= "18:00").at(-1) ?? times[0] ?? "";
      return;
    }
    if (!this.#canStart(day)) return;
    const starts = this.#days.get(day)?.starts ?? [];
    this.endDay = null;
    this.endTime = "";
    this.startDay = day;
    await this.startAt(starts.find((time) => time >= "10:00") ?? starts[0] ?? "");
  }

  /** Another start time: other ends are reached from it. */
  async startAt(time: string): Promise<void> {
    this.startTime = time;
    this.#forgetEnds();
    const day = this.startDay;
    if (!day) return;
    await this.show([monthOf(day), monthOf(addDays(day, 20))]);
    if (this.endDay && this.#ends.size && !this.#ends.get(this.endDay)?.includes(this.endTime)) {
      const times = this.#ends.get(this.endDay);
      if (times?.length) this.endTime = times.at(-1) ?? "";
      else [this.endDay, this.endTime] = [null, ""];
    }
  }

  /** The ends of the same start have to be asked for again. */
  #forgetEnds(): void {
    this.#ends = new Map();
    this.#asked.clear();
  }

  clear(): void {
    [this.startDay, this.endDay, this.startTime, this.endTime] = [null, null, "", ""];
    this.#forgetEnds();
  }
}
