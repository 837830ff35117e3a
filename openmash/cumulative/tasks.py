"""What the worker adds up, by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies.models import Area
from openmash.cumulative.actions import ADDING_UP, add_up


@app.periodic(cron="*/5 * * * *")
@app.task(queue="lookout", queueing_lock="adding-up")
def add_up_everywhere(timestamp: int) -> None:
    """Every five minutes, area by area: people are matched and enquiries rated all day, so what adds up changes."""
    for area in Area.objects.order_by("pk"):
        add_up(area, by=ADDING_UP, now=timezone.now())
