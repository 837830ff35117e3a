"""The exceptions: a work queue of what must be empty at the end of the day (M12)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import actions as agencies
from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.audit.action import Stale
from openmash.design.page import page
from openmash.desk.left_over import Kind, given_up, left_over
from openmash.enquiries import actions as enquiries
from openmash.enquiries.queries import load
from openmash.kit.number import number_in

HERE = "/exceptions/"


@dataclass(frozen=True)
class ExceptionsPage:
    kinds: tuple[Kind, ...]

    @property
    def is_empty(self) -> bool:
        return not any(kind.lines for kind in self.kinds)


@holding(Permission.CHASE)
def exceptions(request: HttpRequest) -> HttpResponse:
    """What is left over of each kind, what has waited longest first, with who has to act."""
    return page(request, "desk/exceptions.html", ExceptionsPage(left_over(request.user, now=timezone.now())))


@require_POST
@holding(Permission.CHASE)
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Whoever presses has it."""
    return _press(request, reference, enquiries.take, f"You have taken {reference}")


@require_POST
@holding(Permission.CHASE)
def let_in(request: HttpRequest, reference: str) -> HttpResponse:
    """It is no spam."""
    return _press(request, reference, enquiries.let_in, f"{reference} is let in and waits to be screened")


@require_POST
@holding(Permission.CHASE)
def try_again(request: HttpRequest, number: int) -> HttpResponse:
    """The e-mail goes out again."""
    letter = given_up(request.user.areas_where(Permission.CHASE)).filter(pk=number).first()
    if letter is None:
        raise Http404
    agencies.retry_letter(letter, by=request.user)
    messages.success(request, "The e-mail is being sent again. It comes back here if it fails for a day")
    return redirect(HERE)


def _press(request: HttpRequest, reference: str, act: Callable[..., object], done: str) -> HttpResponse:
    """One press on one enquiry; when somebody was quicker, say so and show what is left."""
    enquiry = load(reference, by=request.user)
    try:
        act(enquiry, by=request.user, seen=number_in(request.POST.get("version", "")) or None)
    except Stale:
        messages.error(request, f"Somebody changed {reference} just now. Look at it before you press again")
    else:
        messages.success(request, done)
    return redirect(HERE)
