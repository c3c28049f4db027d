"""The clock of bookings."""

from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from bookings import clockwork, responses, stolen
from listings import actions as listings


@jobs.periodic(cron="* * * * * */10")
@jobs.task(name="bookings.sweep_deadlines", queueing_lock="bookings.sweep_deadlines", lock="bookings.sweep_deadlines")
def sweep_deadlines(timestamp: int) -> None:
    """Every ten seconds: take the steps whose time has come."""
    now = clock.now()
    clockwork.run_due(now)
    clockwork.mark_overdue(now)


@jobs.periodic(cron="41 3 * * *")
@jobs.task(name="bookings.record_responses", queueing_lock="bookings.record_responses")
def record_responses(timestamp: int) -> None:
    """Every night: how owners answer requests, for the order of search and the listing's page."""
    responses.record_all(clock.now())


@jobs.task(name=listings.CANCEL_BOOKINGS, retry=5)
def cancel_stolen(listing_id: int, person_id: int) -> None:
    """What is booked of a bike that is reported stolen is cancelled."""
    stolen.cancel_stolen(listing_id=listing_id, person_id=person_id)
