"""What the worker watches by the clock, and the receipt of the ledger that it sends every morning."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies.models import Area
from openmash.oversight.actions import watch
from openmash.oversight.receipts import send_receipts


@app.periodic(cron="* * * * *")
@app.task(queue="ledger", queueing_lock="watch")
def watch_now(timestamp: int) -> None:
    """Every minute: what cannot wait."""
    for area in Area.objects.order_by("pk"):
        watch(area, timezone.now(), is_urgent=True)


@app.periodic(cron="7 * * * *")
@app.task(queue="ledger", queueing_lock="look-through")
def look_through(timestamp: int) -> None:
    """Every hour: the day so far."""
    for area in Area.objects.order_by("pk"):
        watch(area, timezone.now(), is_urgent=False)


@app.periodic(cron="30 6 * * *")
@app.task(queue="ledger", queueing_lock="receipts")
def send_receipts_of_the_day(timestamp: int) -> None:
    """Every morning: to each agency's information governance lead."""
    send_receipts(timezone.now())
