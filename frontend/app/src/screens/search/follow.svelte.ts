/** "Search as I move the map": on until it is switched off, for as long as the page lives. */
export const follow = $state({ on: true });
