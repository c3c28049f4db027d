/** One thing loaded from the API, with its waiting and its failure. A newer load cancels an older one. */
import { type ApiError, asApiError } from "~/api/errors";

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** True from the first load on until it is answered; `data` may still show the answer before. */
  loading = $state(false);
  #abort: AbortController | null = null;

  constructor(first: T | null = null) {
    this.data = first;
  }

  /** Loads and keeps the answer; `clear` drops the old answer at once (skeletons show). Never throws. */
  async load(ask: (signal: AbortSignal) => Promise<T>, options: { clear?: boolean } = {}): Promise<T | null> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    if (options.clear) this.data = null;
    this.loading = true;
    this.error = null;
    try {
      const data = await ask(abort.signal);
      if (abort.signal.aborted) return null;
      this.data = data;
      return data;
    } catch (error) {
      if (!abort.signal.aborted) this.error = asApiError(error);
      return null;
    } finally {
      if (this.#abort === abort) this.loading = false;
    }
  }
}
