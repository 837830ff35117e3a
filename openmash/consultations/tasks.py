"""What the worker does for the advice line, by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.consultations.actions import ADVICE_LINE, remind
from openmash.consultations.codes import WAITING
from openmash.consultations.models import Consultation


@app.periodic(cron="*/5 * * * *")
@app.task(queue="letters", queueing_lock="promised-enquiries")
def look_for_promised_enquiries(timestamp: int) -> None:
    """Every five minutes: what was promised by now and has not come."""
    now = timezone.now()
    for row in Consultation.objects.filter(state=WAITING, due_at__lte=now, reminded_at=None).select_related("adviser"):
        remind(row, by=ADVICE_LINE, now=now)
