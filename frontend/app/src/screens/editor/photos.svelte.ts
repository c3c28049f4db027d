/** The pictures of a listing: sent one after the other, put in order, taken away with a moment to think again. */
import { asApiError } from "~/api/errors";
import { addPhoto, type ListingPhoto, orderPhotos, removePhoto } from "~/api/listings";
import { t } from "~/i18n";
import { MOST_PHOTOS, PHOTO_BYTES } from "./choices";

const UNDO_MS = 7000;

export interface Upload { key: number; name: string; preview: string; done: number; state: "waiting" | "sending" | "reading" | "refused"; message: string; /** The network failed, not the picture. */ lost: boolean; file: File }
interface Removed { photo: ListingPhoto; at: number; timer: number }

let nextKey = 1;

export class Photos {
  all = $state.raw<ListingPhoto[]>([]);
  uploads = $state<Upload[]>([]);
  removed = $state.raw<Removed | null>(null);
  /** What went wrong with the order or a removal. */
  trouble = $state("");
  /** How many of the pictures chosen together have arrived, for those who hear the page. */
  arrived = $state(0);
  #sending = false;
  #listing: string;
  #changed: (photos: ListingPhoto[]) => void;

  constructor(listing: string, photos: ListingPhoto[], changed: (photos: ListingPhoto[]) => void) {
    this.#listing = listing;
    this.all = photos;
    this.#changed = changed;
  }

  /** How many are still on their way. */
  get waiting(): number {
    return this.uploads.filter((one) => one.state !== "refused").length;
  }

  get busy(): boolean {
    return this.#sending;
  }

  /** The network is back: what it refused goes again. */
  retry(): void {
    for (const upload of this.uploads) if (upload.state === "refused" && upload.lost) this.again(upload);
  }

  get room(): number {
    return MOST_PHOTOS - this.all.length - this.uploads.filter((one) => one.state !== "refused").length;
  }

  add(files: Iterable<File>): void {
    if (!this.#sending) this.arrived = 0;
    let room = this.room;
    for (const file of files) {
      const refusal = room <= 0 ? t("editor.photo_many", { count: MOST_PHOTOS }) : file.size > PHOTO_BYTES ? t("editor.photo_large", { size: PHOTO_BYTES / 1024 ** 2 }) : "";
      if (!refusal) room -= 1;
      this.uploads.push({ key: nextKey++, name: file.name, preview: URL.createObjectURL(file), done: 0, state: refusal ? "refused" : "waiting", message: refusal, lost: false, file });
    }
    void this.#send();
  }

  again(upload: Upload): void {
    upload.state = "waiting";
    upload.message = "";
    void this.#send();
  }

  drop(upload: Upload): void {
    URL.revokeObjectURL(upload.preview);
    this.uploads = this.uploads.filter((one) => one.key !== upload.key);
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await this.#sendOne(next);
    } finally {
      this.#sending = false;
    }
  }

  #next(): Upload | undefined {
    return this.uploads.find((one) => one.state === "waiting");
  }

  async #sendOne(upload: Upload): Promise<void> {
    upload.state = "sending";
    try {
      const photo = await addPhoto(this.#listing, upload.file, (done) => {
        upload.done = done;
        if (done === 1) upload.state = "reading";
      });
      if (!this.all.some((one) => one.id === photo.id)) this.#keep([...this.all, photo]);
      this.drop(upload);
      this.arrived += 1;
    } catch (problem) {
      const error = asApiError(problem);
      upload.state = "refused";
      upload.lost = error.status === 0;
      upload.message = error.fields["file"] ?? error.message;
    }
  }

  /** Moves it in what is shown; `save` writes the order down. */
  move(id: string, to: number): void {
    const photo = this.all.find((one) => one.id === id);
    if (!photo) return;
    const others = this.all.filter((one) => one.id !== id);
    this.all = [...others.slice(0, to), photo, ...others.slice(to)];
  }

  async save(): Promise<void> {
    await this.finish();
    try {
      this.trouble = "";
      this.#keep((await orderPhotos(this.#listing, this.all.map((photo) => photo.id))) as ListingPhoto[]);
    } catch (problem) {
      this.trouble = asApiError(problem).message;
    }
  }

  /** Takes it out of sight; the server hears of it when nobody wanted it back. */
  async remove(photo: ListingPhoto): Promise<void> {
    await this.finish();
    const at = this.all.indexOf(photo);
    this.all = this.all.filter((one) => one.id !== photo.id);
    this.removed = { photo, at, timer: window.setTimeout(() => void this.finish(), UNDO_MS) };
  }

  undo(): void {
    if (!this.removed) return;
    const { photo, at, timer } = this.removed;
    window.clearTimeout(timer);
    this.removed = null;
    this.all = [...this.all.slice(0, at), photo, ...this.all.slice(at)];
  }

  async finish(): Promise<void> {
    if (!this.removed) return;
    const { photo, at, timer } = this.removed;
    window.clearTimeout(timer);
    this.removed = null;
    try {
      this.trouble = "";
      await removePhoto(this.#listing, photo.id);
      this.#keep(this.all);
    } catch (problem) {
      this.trouble = asApiError(problem).message;
      this.all = [...this.all.slice(0, at), photo, ...this.all.slice(at)];
    }
  }

  #keep(photos: ListingPhoto[]): void {
    this.all = photos;
    this.#changed(photos);
  }
}
