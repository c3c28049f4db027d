"""Every kind of notice: what it says and which button it carries. Whoever tells people something new adds a row.

The texts name facts in braces; `notify` refuses a notice that lacks one of them. Facts that booking notices share:
bike, owner, renter, other (the reader's counterpart), from, to. What else is given and has a label below is listed.
"""

from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """Subject of the e-mail, the sentence (in the app and first in the e-mail), and the button's label.

    `reason` says at the foot why the e-mail came, where it is not the reader's own bookings, bikes or payments.
    """

    subject: Text
    sentence: Text
    button: Text
    reason: Text = ""

    @cached_property
    def needs(self) -> frozenset[str]:
        """The facts that the texts name."""
        texts = (str(self.subject), str(self.sentence))
        return frozenset(
            name for text in texts for _before, name, _spec, _conversion in Formatter().parse(text) if name
        )


SEE_BOOKING = _("See the booking")
FIND_ANOTHER = _("Find another bike")
SEE_EARNINGS = _("See my earnings")
ANSWER = _("Answer")
ASKED_FOR = _("You get this e-mail because you saved this search on Bikeens: once a day at most.")

KINDS: dict[str, Kind] = {
    # --- asking and paying ---
    "request_received": Kind(
        _("{renter} asks for {bike}"),
        _("{renter} asks for {bike}, from {from} to {to}. Answer before {answer_by}, or the request lapses."),
        ANSWER,
    ),
    "request_sent": Kind(
        _("Your request for {bike} is with {owner}"),
        _("{owner} has until {answer_by} to answer. Nothing is charged before {owner} agrees."),
        SEE_BOOKING,
    ),
    "request_accepted": Kind(
        _("{owner} says yes: {bike} is booked"),
        _("{owner} says yes: {bike} is yours from {from} to {to}. You will find the address on the booking."),
        SEE_BOOKING,
    ),
    "request_declined": Kind(
        _("{owner} can't lend you {bike} this time"),
        _("{owner} can't lend you {bike} on these dates. You pay nothing: the hold on your card is released."),
        FIND_ANOTHER,
    ),
    "request_lapsed": Kind(
        _("No answer for {bike}"),
        _("{owner} did not answer in time, so your request for {bike} has lapsed. You pay nothing."),
        FIND_ANOTHER,
    ),
    "request_lapsed_owner": Kind(
        _("The request for {bike} has lapsed"),
        _("{renter} waited for your answer about {bike}, and the time ran out. The dates are free again."),
        SEE_BOOKING,
    ),
    "request_withdrawn": Kind(
        _("{renter} no longer needs {bike}"),
        _("{renter} has withdrawn the request for {bike}. The dates are free again, and there is nothing to do."),
        SEE_BOOKING,
    ),
    "payment_lapsed": Kind(
        _("Your dates for {bike} are free again"),
        _("The time to pay for {bike} ran out. Nothing was charged; if the dates still suit you, book again."),
        FIND_ANOTHER,
    ),
    "payment_failed": Kind(
        _("Your payment for {bike} did not go through"),
        _("Your bank refused the payment for {bike}, so the booking is cancelled. You pay nothing."),
        FIND_ANOTHER,
    ),
    "payment_failed_owner": Kind(
        _("The payment for {bike} did not go through"),
        _("The bank of {renter} refused the payment, so the booking of {bike} is cancelled. The dates are free again."),
        SEE_BOOKING,
    ),
    # --- booked ---
    "booking_confirmed": Kind(
        _("{bike} is booked"),
        _("{bike} is booked from {from} to {to}. You will meet {other}; the booking page says where and how."),
        SEE_BOOKING,
    ),
    "handover_code": Kind(
        _("Your code for {bike}"),
        _("Show this code to {other} when you meet: it starts the rental of {bike}."),
        SEE_BOOKING,
    ),
    "return_code": Kind(
        _("Your return code for {bike}"),
        _("Show this code to {other} when {bike} is back: it ends the rental."),
        SEE_BOOKING,
    ),
    # --- cancelled ---
    "cancelled_by_renter": Kind(
        _("The booking of {bike} is cancelled"),
        _("{renter} has cancelled the booking of {bike}, from {from} to {to}."),
        SEE_BOOKING,
    ),
    "cancellation_confirmed": Kind(
        _("Your booking of {bike} is cancelled"),
        _("Your booking of {bike}, from {from} to {to}, is cancelled. What comes back to you goes to your card."),
        SEE_BOOKING,
    ),
    "cancelled_by_owner": Kind(
        _("{owner} had to cancel {bike}"),
        _("{owner} had to cancel your booking of {bike}, from {from} to {to}. All you paid comes back to you."),
        FIND_ANOTHER,
    ),
    "cancelled_by_staff": Kind(
        _("We had to cancel {bike}"),
        _("Bikeens had to cancel your booking of {bike}, from {from} to {to}. All you paid comes back to you."),
        FIND_ANOTHER,
    ),
    "cancelled_by_platform": Kind(
        _("The booking of {bike} is cancelled"),
        _("Bikeens has cancelled the booking of {bike}, from {from} to {to}. The booking page says why."),
        SEE_BOOKING,
    ),
    # --- riding and returning ---
    "handed_over": Kind(
        _("Enjoy the ride on {bike}"),
        _("{bike} is with you until {to}. Ride safely, and tell {other} early if you run late."),
        SEE_BOOKING,
    ),
    "handed_over_owner": Kind(
        _("{bike} is on the road"),
        _("{renter} has {bike} until {to}."),
        SEE_BOOKING,
    ),
    "start_assumed": Kind(
        _("{bike}: we take it the rental has begun"),
        _("Nobody reported a problem, so the rental of {bike} counts as begun. If it is not, tell us now."),
        SEE_BOOKING,
    ),
    "return_to_confirm": Kind(
        _("Is {bike} back?"),
        _("{other} says that {bike} is back. Please confirm it."),
        SEE_BOOKING,
    ),
    "returned": Kind(
        _("{bike} is back"),
        _("{bike} is back. If something is wrong, say so within 24 hours."),
        SEE_BOOKING,
    ),
    "return_assumed": Kind(
        _("{bike}: we take it the rental is over"),
        _("Nobody said otherwise, so {bike} counts as returned. If something is wrong, say so within 24 hours."),
        SEE_BOOKING,
    ),
    # --- claims ---
    "claim_opened": Kind(
        _("{other} reports a problem with {bike}"),
        _("{other} has reported a problem with {bike}. Please look at it and answer within 72 hours."),
        ANSWER,
    ),
    "claim_received": Kind(
        _("Your report about {bike} has arrived"),
        _("We have your report about {bike}. {other} has 72 hours to answer; the money waits until it is settled."),
        SEE_BOOKING,
    ),
    "claim_contested": Kind(
        _("{other} sees it differently"),
        _("{other} does not agree with your report about {bike}. You have three weeks to settle it between you."),
        SEE_BOOKING,
    ),
    "claim_settled": Kind(
        _("The problem with {bike} is settled"),
        _("The problem with {bike} is settled. The booking page shows what was agreed and where the money goes."),
        SEE_BOOKING,
    ),
    # --- finished, and the owner's money ---
    "completed_renter": Kind(
        _("Thank you for riding {bike}"),
        _("Your rental of {bike} is complete. See you soon!"),
        SEE_BOOKING,
    ),
    "completed_owner": Kind(
        _("Your money for {bike} is on the way"),
        _("The rental of {bike} is complete, and your share is on the way to your account."),
        SEE_EARNINGS,
    ),
    "payout_ready": Kind(
        _("You can be paid"),
        _("Your payment details are complete: from now on your earnings go to your bank account by themselves."),
        SEE_EARNINGS,
    ),
    "payout_action_needed": Kind(
        _("One more thing before you can be paid"),
        _("Something is missing before your earnings can be paid to you. It takes a few minutes."),
        _("Complete my details"),
    ),
    "payout_waiting": Kind(
        _("Your earnings are waiting for you"),
        _("Your share for {bike} is ready. Tell us where to send it, and it leaves at once."),
        _("Set up payouts"),
    ),
    "payout_failed": Kind(
        _("Your bank sent a payout back"),
        _("Your bank did not take a payout. Check your bank details; the money is safe with your payment account."),
        _("Check my details"),
    ),
    # --- a listing ---
    "listing_suspended": Kind(
        _("{bike} is hidden for now"),
        _("We have hidden {bike} for this reason: {reason} Bookings that are already made stay."),
        _("See the listing"),
    ),
    "listing_withdrawn": Kind(
        _("{bike} is hidden for now"),
        _("We have hidden {bike} for this reason: {reason} Bookings that have not begun are cancelled."),
        _("See the listing"),
    ),
    "stolen_cancelled": Kind(
        _("{bike}: what was booked is cancelled"),
        _("As {bike} is gone, we have cancelled these bookings: {bookings}. The renters get back all they paid."),
        _("See the listing"),
    ),
    "listing_unsuspended": Kind(
        _("{bike} is yours to show again"),
        _("{bike} is no longer suspended. It stays hidden until you show it again."),
        _("See the listing"),
    ),
    # --- for the staff ---
    "bike_held": Kind(
        _("{bike} waits for you: its numbers"),
        _("{bike} could not be shown: its number is another owner's or reported stolen. Please look at it."),
        _("Open the desk"),
    ),
    "bike_stolen": Kind(
        _("{bike} is reported stolen"),
        _("The owner of {bike} has reported it stolen. It is paused."),
        _("Open the desk"),
    ),
    "stolen_on_the_road": Kind(
        _("{bike} is reported stolen during a rental"),
        _("{bike} is reported stolen while {renter} should have it, until {to}. Nothing was done to this rental."),
        _("Open the desk"),
    ),
    # --- a saved search ---
    "search_match": Kind(
        _("A new bike for “{search}”: {bike}"),
        _("A bike that fits your search “{search}” can be rented now: {bike}."),
        _("See the search"),
        ASKED_FOR,
    ),
    "search_matches": Kind(
        _("{number} new bikes for “{search}”"),
        _("{number} bikes that fit your search “{search}” can be rented now. They were not there before."),
        _("See the search"),
        ASKED_FOR,
    ),
}

# What a letter lists below its sentence, in this order, when the notice carries it.
FACT_LABELS: dict[str, Text] = {
    "bike": _("Bike"),
    "renter": _("Renter"),
    "owner": _("Owner"),
    "from": _("From"),
    "to": _("To"),
    "answer_by": _("Answer before"),
    "pay_by": _("Pay before"),
    "claims_until": _("Report problems before"),
    "total": _("Total"),
    "refund": _("Comes back to you"),
    "net": _("Your share"),
    "amount": _("Amount"),
    "reason": _("Reason"),
    "text": _("Message"),
    "address": _("Where to meet"),
    "reference": _("Booking"),
}
