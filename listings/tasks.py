from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.actions import PAUSE_LISTINGS
from listings import actions
from listings.trade import work


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="listings.sweep_photo_files", queueing_lock="listings.sweep_photo_files")
def sweep_photo_files(timestamp: int) -> None:
    """Every night: files that no photo has go."""
    actions.sweep_photo_files()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="listings.refresh_map", queueing_lock="listings.refresh_map")
def refresh_map(timestamp: int) -> None:
    """Every minute: the map's counts follow what was published, paused, moved or priced since."""
    actions.refresh_map()


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="listings.tell_new_matches", queueing_lock="listings.tell_new_matches")
def tell_new_matches(timestamp: int) -> None:
    """Every hour: new bikes for saved searches are told to whoever saved them."""
    actions.tell_new_matches()


# The database was away for a moment; the run goes on where it was.
RETRY = RetryStrategy(max_attempts=5, wait=10, retry_exceptions={InterfaceError, OperationalError})


@jobs.task(name=work.TASK, retry=RETRY)
def work_off_import(import_id: int) -> None:
    """Look through or bring in a file of listings."""
    work.work_off(import_id)


@jobs.task(name=actions.SUSPEND, retry=5)
def suspend_reported(report_id: int) -> None:
    """Listings that show a bike reported stolen at the desk are hidden."""
    actions.suspend_reported(report_id)


@jobs.task(name=PAUSE_LISTINGS, retry=5)
def pause_listings_of(person_id: int) -> None:
    """What somebody offers whose account was closed at the desk is hidden."""
    actions.pause_listings_of(person_id)


@jobs.periodic(cron="37 3 * * *")
@jobs.task(name="listings.sweep_imports", queueing_lock="listings.sweep_imports")
def sweep_imports(timestamp: int) -> None:
    """Every night: reports of a month ago and files that nobody confirmed go."""
    work.sweep_imports()
