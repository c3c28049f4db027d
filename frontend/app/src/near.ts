/** An attachment that says once that its element is about to be seen: a quarter of a window away. */
export const near = (seen: () => void) => (element: HTMLElement) => {
  // Somebody who scrolls at once is told of as away and as near in one call.
  const watch = new IntersectionObserver((told) => told.some((one) => one.isIntersecting) && (watch.disconnect(), seen()), { rootMargin: "25%" });
  watch.observe(element);
  return () => watch.disconnect();
};
