from procrastinate.contrib.django import app as jobs

from listings import actions


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
