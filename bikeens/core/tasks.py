"""Jobs that keep the house: other jobs, and what has expired."""

from procrastinate import JobContext
from procrastinate.contrib.django import app as jobs

from bikeens.core import expiry

# A worker beats every 10 seconds; one silent for this long was killed.
SILENT_SECONDS = 60


@jobs.periodic(cron="* * * * *")
@jobs.task(name="core.retry_stalled_jobs", queueing_lock="core.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: jobs whose worker was killed under them start over. Each job can be run twice without harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.retry_job(job)


@jobs.periodic(cron="47 * * * *")
@jobs.task(name="core.forget_expired", queueing_lock="core.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Every hour: cache entries and counts that nobody reads any more go."""
    expiry.forget_expired()
