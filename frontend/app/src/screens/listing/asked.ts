/** What the address of a listing or its booking page asks for: when, with what, for whom. */
import { readWall, type Wall } from "~/time/wall";

export interface Asked { from: Wall | null; to: Wall | null; extras: Map<string, number>; height: number | null }

export function readAsked(query: URLSearchParams): Asked {
  const [from, to] = [readWall(query.get("from")), readWall(query.get("to"))];
  const extras = new Map<string, number>();
  for (const part of (query.get("extras") ?? "").split(",")) {
    const [id, quantity] = part.split(":");
    if (id && Number(quantity) > 0) extras.set(id, Number(quantity));
  }
  const height = Number(query.get("height"));
  const whole = from !== null && to !== null && from < to;
  return { from: whole ? from : null, to: whole ? to : null, extras, height: height >= 80 && height <= 230 ? height : null };
}

export const writeExtras = (extras: Map<string, number>): string | undefined => [...extras].map(([id, quantity]) => `${id}:${quantity}`).join(",") || undefined;
