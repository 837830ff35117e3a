"""`/.well-known/security.txt`: to whom a weakness of this installation is reported (RFC 9116)."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.agencies.doors import open_to_all

LASTS = timedelta(days=30)  # what is served is what the settings say today


@open_to_all
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where nobody is named, or the day that was named has passed, there is no such page: it would promise too much."""
    now = timezone.now()
    until = _until(now)
    if not settings.SECURITY_CONTACT or until <= now:
        raise Http404
    lines = [
        *(f"Contact: {contact.strip()}" for contact in settings.SECURITY_CONTACT.split(",")),
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.ADDRESS}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _until(now: datetime) -> datetime:
    day = date.fromisoformat(settings.SECURITY_EXPIRES) if settings.SECURITY_EXPIRES else (now + LASTS).date()
    return datetime.combine(day, time(), UTC)
