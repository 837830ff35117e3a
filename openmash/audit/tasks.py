"""Work that runs by itself. The worker finds it by the name of this file."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from openmash.audit.actions import checkpoint

# What is asked for once, and by nobody again: a database that went away meanwhile must not have been the end of it.
AGAIN = RetryStrategy(max_attempts=20, wait=5, linear_wait=30)
BEHIND = -10  # the priority of long files: a slice is read when nothing else is due
GONE_AFTER = 120  # seconds without a heartbeat: well beyond a machine that is merely busy


@app.periodic(cron="* * * * *")
@app.task(queue="tidying", queueing_lock="take_up_what_was_left")
async def take_up_what_was_left(timestamp: int) -> None:
    """What a worker had begun when it was killed is begun again: every job finds what of it is done already.

    One that comes by the clock is let go instead: its next is waiting, and could not run while this one holds the lock.
    """
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GONE_AFTER):
        if job.queueing_lock:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queue="ledger", queueing_lock="checkpoint")
def sign_checkpoint(timestamp: int) -> None:
    """Where the ledger's chain stands is signed every minute; a thousand lines and more by the thousand."""
    checkpoint()
