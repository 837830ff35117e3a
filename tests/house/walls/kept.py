"""The tables that the whole hub shares, but for the enquiries that are kept from somebody."""

from collections.abc import Callable

from django.db.models import Model

from openmash.allocation.models import Handover
from openmash.consultations.models import Consultation, Note
from openmash.cumulative.models import Hit
from openmash.decisions.models import Continuation, Decision, Feedback, LateAnswer
from openmash.disclosure.models import NoRelease, Release
from openmash.domestic_abuse.models import Grade
from openmash.enquiries.models import (
    Cover,
    Enquiry,
    Glass,
    Named,
    Need,
    Party,
    Pause,
    Referrer,
    Restriction,
    Step,
)
from openmash.gathering.models import Answer, Override, RatingAlert, Request
from openmash.lookout.models import Elsewhere, MissingFamily, Sighting
from openmash.notifications.models import Notification
from openmash.records.models import Destruction
from openmash.triage.models import Basis, Rating, Screening
from tests.house.walls.rules import Wall, yes
from tests.house.walls.world import World, fill

MADE_WITH_THE_WORLD = (Cover, Enquiry, Glass, Named, Party, Restriction)
OTHERS = (
    Answer, Basis, Consultation, Continuation, Decision, Destruction, Elsewhere, Feedback, Grade, Handover, Hit,
    LateAnswer, MissingFamily, Need, NoRelease, Note, Notification, Override, Pause, Rating, RatingAlert, Referrer,
    Release, Request, Screening, Sighting, Step,
)  # fmt: skip


def _rows(model: type[Model]) -> Callable[[World], None]:
    def rows(world: World) -> None:
        if model in MADE_WITH_THE_WORLD:
            return
        for key in ("restricted", "restricted-there", "lifted", "known", "known-joined", "there"):
            fill(model, enquiry=world.enquiries[key])
        if model._meta.get_field("enquiry").null:
            fill(model, enquiry=None)

    return rows


def _shared(model: type[Model]) -> Wall:
    about = "id" if model is Enquiry else "enquiry_id"
    return Wall(model, _rows(model), read=yes, add=yes, change=yes, about=(about,))


SHARED = [_shared(model) for model in (*MADE_WITH_THE_WORLD, *OTHERS)]
