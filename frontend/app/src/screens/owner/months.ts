/** The last months up to now, those without earnings included, oldest first. */
import type { Earnings } from "~/api/money";
import { site } from "~/site";
import { addMonths, monthOf, today } from "~/time/wall";

export function lastMonths(earnings: Earnings, count = 7): Earnings["months"] {
  const now = today(site.zone);
  return Array.from({ length: count }, (_, index) => {
    const month = monthOf(addMonths(now, index - count + 1));
    return earnings.months.find((one) => one.month === month) ?? { month, amount: { amount: 0, currency: earnings.currency } };
  });
}
