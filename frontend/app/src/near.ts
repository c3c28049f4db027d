/** An attachment that says once that its element is about to be seen: a quarter of a window away. */
export const near = (seen: () => void) => (element: HTMLElement) => {
  const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && (watch.disconnect(), seen()), { rootMargin: "25%" });
  watch.observe(element);
  return () => watch.disconnect();
};
