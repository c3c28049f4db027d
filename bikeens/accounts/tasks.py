from procrastinate.contrib.django import app as jobs

from bikeens.accounts import idempotency, photos


@jobs.periodic(cron="27 3 * * *")
@jobs.task(name="accounts.sweep_photos", queueing_lock="accounts.sweep_photos")
def sweep_photos(timestamp: int) -> None:
    """Every night: files that are nobody's photo go."""
    photos.sweep_photos()


@jobs.periodic(cron="47 * * * *")
@jobs.task(name="accounts.sweep_idempotency_keys", queueing_lock="accounts.sweep_idempotency_keys")
def sweep_idempotency_keys(timestamp: int) -> None:
    """Every hour: keys of a day ago go."""
    idempotency.sweep_keys()
