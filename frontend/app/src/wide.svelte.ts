/** How wide the window is, for what only one width shows or downloads. The numbers are the styles' own. */
function matches(width: string): { readonly current: boolean } {
  const query = window.matchMedia(`(min-width: ${width})`);
  let current = $state(query.matches);
  query.addEventListener("change", () => (current = query.matches));
  return {
    get current() {
      return current;
    },
  };
}

export const twoMonths = matches("48rem");
export const wide = matches("64rem");
export const widest = matches("76rem");
