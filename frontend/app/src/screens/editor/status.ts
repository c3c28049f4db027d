/** A listing's status as a tag's tone. */
import type { MyListing } from "~/api/listings";

export const tones: Record<MyListing["status"], "good" | "soft" | "warn" | "bad"> = { draft: "soft", published: "good", paused: "warn", suspended: "bad", removed: "soft" };
