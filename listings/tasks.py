from procrastinate.contrib.django import app as jobs

from listings import actions


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="listings.sweep_photo_files", queueing_lock="listings.sweep_photo_files")
def sweep_photo_files(timestamp: int) -> None:
    """Every night: files that no photo has go."""
    actions.sweep_photo_files()
