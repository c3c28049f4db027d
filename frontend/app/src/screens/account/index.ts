/** One file to load for everything about the account. */
export { default as Account } from "./Account.svelte";
export { default as Person } from "./Person.svelte";
export { default as SignIn } from "./SignIn.svelte";
export { default as SignUp } from "./SignUp.svelte";
