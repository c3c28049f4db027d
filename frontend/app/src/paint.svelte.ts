/**
 * The page somebody arrives on is built in several short tasks: first what is seen at once, then the rest. Between them the browser
 * paints and answers taps. Later pages come whole, so that Back finds a page as long as it was.
 */
export const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

/** After the next frame; at once where nobody looks. */
export const nextPaint = () => (document.hidden ? nextTask() : new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

let done = $state(false);
export const paint = {
  /** The first screen's visible part has been painted. */
  get done(): boolean {
    return done;
  },
  finish(): void {
    done = true;
  },
};
