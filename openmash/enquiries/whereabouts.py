"""Words that leave the hub, or that another agency reads, tell nobody where a protected person is (security 3.6, I5).

They are held against what the hub itself holds of where those people are. So the answer says whether a guess was
right: every hit is on the ledger, and the forms of agencies are not answered so at all. What an agency writes stays in
the sealed room, and is searched when it is to leave.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from django import forms
from django.db import models

from openmash.audit.action import Refused, stopped
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry, Party
from openmash.kit.verdict import Verdict
from openmash.people.names import fold
from openmash.people.queries import leads_of, names_of, records_of
from openmash.people.whereabouts import Locator, found_in, locators_of, place_locator, protection

Words = Mapping[str, str]
Told = tuple[tuple[str, str], ...]
"""(the name of a field, what is wrong with what stands in it)"""


def whereabouts_of(enquiry: Enquiry) -> tuple[Locator, ...]:
    """All that tells where a protected person of the enquiry is, or would if it stood in a text."""
    return whereabouts_of_people(
        leads_of(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)).values()
    )


def whereabouts_of_people(leads: Iterable[int]) -> tuple[Locator, ...]:
    """The same for these people: their homes, numbers and addresses, schools and surgeries."""
    guarded = frozenset(leads) & protection().leads
    places = [
        place_locator(lead, kind, name)
        for lead, records in records_of(guarded).items()
        for school, gp in Party.objects.filter(person__in=records).values_list("school", "gp")
        for kind, name in (("a school", school), ("a surgery", gp))
        if fold(name)
    ]
    return (*sorted(locators_of(guarded), key=repr), *dict.fromkeys(places))


def tells_where(words: Words, enquiry: Enquiry, *, by: Actor) -> Told:
    """Each field whose words tell where a protected person of the enquiry is, with the kind of what was found."""
    return _tells_where(words, whereabouts_of(enquiry), enquiry, by, are_named=True)


def tells_where_anybody_is(words: Words, thing: models.Model, *, by: Actor) -> Told:
    """The same where nobody has said who it is about: held against everybody who is protected, and nobody is named."""
    return _tells_where(words, whereabouts_of_people(protection().leads), thing, by, are_named=False)


def _tells_where(words: Words, known: Iterable[Locator], thing: models.Model, by: Actor, *, are_named: bool) -> Told:
    found = [(field, one.kind, one.lead) for field, text in words.items() for one in found_in(text, known)]
    names = names_of({lead for _, _, lead in found}) if are_named else {}
    told = tuple(
        dict.fromkeys((field, _says(kind, names[lead].name if are_named else "")) for field, kind, lead in found)
    )
    if told:
        stopped(by, thing, " ".join(dict.fromkeys(says for _, says in told)), event="whereabouts.kept-in")
    return told


def _says(kind: str, name: str) -> str:
    return f"There is {kind} in this. Nobody may be told where {name or 'a protected person'} lives."


def refuse_if_told(event: str, told: Told) -> None:
    """For the act itself, whatever form the words came by."""
    if told:
        raise Refused(event, Verdict(tuple(dict.fromkeys(says for _, says in told))))


class LeavesTheHub(forms.Form):
    """A form with words that leave the hub: what they tell of a protected person's whereabouts stands beside the field.

    The view says what to hold them against: `form.held_against = partial(tells_where, enquiry=enquiry, by=by)`.
    """

    leaves: ClassVar[tuple[str, ...]] = ()
    held_against: Callable[[Words], Told] | None = None

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        words = {name: said[name] for name in self.leaves if said.get(name)}
        for name, says in self.held_against(words) if self.held_against else ():
            self.add_error(name, says)
        return said
