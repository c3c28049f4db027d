/** What <Calendar> is told of a date. */
export interface CalendarDay {
  disabled?: boolean;
  /** Struck through: taken, not only out of reach. */
  taken?: boolean;
  /** One of several that are chosen. */
  on?: boolean;
  /** Unlike the others. */
  marked?: boolean;
  /** Under the number: "14 €". */
  note?: string;
  /** Said after the date: "14 euros", "taken". */
  label?: string;
}
