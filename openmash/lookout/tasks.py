"""Comparing runs by itself, right after an enquiry came in: nobody who sends a form can tell from it who is known."""

from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.tasks import AGAIN
from openmash.enquiries.models import Enquiry
from openmash.lookout import actions

_HISTORY = timedelta(days=1)


def on_receiving(enquiry: Enquiry, now: datetime) -> None:
    """History that is brought in alerts nobody."""
    if now > timezone.now() - _HISTORY and not enquiry.is_held:
        look_out.defer(enquiry=enquiry.pk)


@app.task(queue="lookout", retry=AGAIN)
def look_out(enquiry: int) -> None:
    actions.compare(Enquiry.objects.select_related("area").get(pk=enquiry), by=actions.LOOKING, now=timezone.now())
