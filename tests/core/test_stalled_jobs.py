"""Jobs of a worker that was killed start over."""

from datetime import timedelta

from django.db import connection
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob


def left_behind(heartbeat: timedelta) -> int:
    """A job in the hands of a worker that was last heard of so long ago."""
    job_id = jobs.configure_task("payments.send_waiting").defer(owner_id=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id", [heartbeat]
        )
        [worker] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job_id])
    return job_id


def test_a_job_whose_worker_is_silent_runs_again(run_jobs):
    silent, alive = left_behind(timedelta(minutes=5)), left_behind(timedelta(seconds=5))
    jobs.configure_task("core.retry_stalled_jobs").defer(timestamp=0)
    run_jobs()
    run_jobs()
    states = dict(ProcrastinateJob.objects.filter(pk__in=[silent, alive]).values_list("pk", "status"))
    assert states == {silent: "succeeded", alive: "doing"}
