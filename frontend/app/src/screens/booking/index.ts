/** One file to load from "Book" to the review. */
export { default as Book } from "~/screens/book/Book.svelte";
export { default as Booking } from "./Booking.svelte";
export { default as Bookings } from "./Bookings.svelte";
