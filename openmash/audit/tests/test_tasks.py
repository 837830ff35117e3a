"""What a worker was at when it was killed does not wait for ever, and holds up nothing."""

from collections.abc import Iterator

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

import conftest
from openmash.agencies.letters import send
from openmash.audit.tasks import take_up_what_was_left
from openmash.post.tasks import send_post
from openmash.settings import DATABASE_URL, WORKER_ROLE, WORKER_URL

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _as_the_worker(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """What becomes of a job is the worker's to write."""
    name = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        conftest.point_at(WORKER_URL, name, role=WORKER_ROLE)
    yield
    with django_db_blocker.unblock():
        conftest.point_at(DATABASE_URL, name)


def begun(task, worker: str, **given) -> ProcrastinateJob:
    """A job that a worker has begun: one that is `gone`, or one that is `there` and only slow."""
    number = task.defer(**given)
    seen = {"gone": "now() - interval '3 minutes'", "there": "now() - interval '1 minute'"}[worker]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({seen}) RETURNING id")
        [who] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [who, number])
    return ProcrastinateJob.objects.get(pk=number)


def status(job: ProcrastinateJob) -> str:
    job.refresh_from_db()
    return job.status


def test_a_letter_that_a_killed_worker_was_sending_is_sent_by_the_next() -> None:
    left, busy = begun(send, "gone", letter=1), begun(send, "there", letter=2)
    async_to_sync(take_up_what_was_left)(timestamp=0)
    assert (status(left), status(busy)) == ("todo", "doing")


def test_what_comes_by_the_clock_makes_way_for_its_next() -> None:
    left = begun(send_post, "gone", timestamp=0)
    following = ProcrastinateJob.objects.get(pk=send_post.defer(timestamp=60))
    async_to_sync(take_up_what_was_left)(timestamp=0)
    assert (status(left), status(following)) == ("failed", "todo")


def test_what_is_asked_for_once_is_tried_again_when_it_breaks():
    """What comes by the clock comes again by itself."""
    by_the_clock = {name for name, _ in app.periodic_registry.periodic_tasks}
    once = [task for name, task in app.tasks.items() if name.startswith("openmash.") and name not in by_the_clock]
    assert send in once and take_up_what_was_left not in once
    assert [task.name for task in once if task.retry_strategy is None] == []


def test_a_slice_of_a_long_file_is_read_when_nothing_else_is_due():
    tasks = app.tasks.values()
    assert {task.name for task in tasks if task.priority < 0} == {task.name for task in tasks if task.queue == "feeds"}
    assert any(task.queue == "feeds" for task in tasks)
