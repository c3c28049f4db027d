"""The clock of bookings."""

from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from bookings import clockwork, responses


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
