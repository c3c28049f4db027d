/** What people typed and could not send is kept under names that begin like this, until it is sent or they sign out. */
export const UNSENT = "bikeens-unsent.";

export function forgetUnsent(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(UNSENT)) localStorage.removeItem(key);
}
